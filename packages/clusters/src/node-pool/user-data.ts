import { gzipSync } from 'node:zlib';
import { type BootFile, cloudConfig, type Secret, toYaml } from '@ashlar/core';
import { secretVariable } from '@ashlar/terraform';
import type { PoolMember } from './pool-member';

/**
 * The user data of a member, as an expression of Terraform: compressed, because clouds take little of it, and in Base64, which
 * cloud-init undoes. The value of a secret is put in by Terraform.
 * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 */
export function userData(member: PoolMember, files: readonly BootFile[] = []): string {
  const { text, secrets } = cloudConfigText(member, files);
  const template = JSON.stringify(text.replaceAll(/[$%]\{/g, opening => opening[0] + opening));
  const filled = [...secrets].reduce((all, [mark, variable]) => all.replaceAll(mark, () => `\${base64encode(var.${variable})}`), template);
  return `\${base64gzip(${filled})}`;
}

/** Declares the variables of its secrets: once a stack is rendered, it is too late. */
export function declareSecrets(member: PoolMember): void {
  cloudConfigText(member, [], secret => void secretVariable(member, secret));
}

/** About how many bytes a cloud gets: values of secrets are not known here. */
export function userDataBytes(member: PoolMember, files: readonly BootFile[] = []): number {
  return gzipSync(cloudConfigText(member, files).text).length;
}

/** The text, with marks for secrets, and the variable that each stands for. */
function cloudConfigText(
  member: PoolMember,
  files: readonly BootFile[],
  seen: (secret: Secret) => void = () => undefined,
): { readonly text: string; readonly secrets: ReadonlyMap<string, string> } {
  const { hostName, fqdn, firstBoot, pool } = member;
  const secrets = new Map<string, string>();
  const config = cloudConfig({ hostName, fqdn, admin: pool.cloud.admin, firstBoot, files }, secret => {
    seen(secret);
    const mark = `@@secret-${secrets.size}@@`;
    secrets.set(mark, secret.source.kind === 'terraform' ? secret.source.variable : '');
    return mark;
  });
  return { text: `#cloud-config\n${toYaml(config)}`, secrets };
}
