import { type BootFile, type FirstBoot, Secret, toYaml } from '@ashlar/core';
import { secretVariable } from '@ashlar/terraform';
import { Fn } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AdminAccess } from '../admin-access';
import { literal } from '../firewall-rules';

/** What cloud-init is told besides what Proxmox VE tells it about the network. */
export interface UserData {
  readonly hostName: string;
  readonly fqdn: string;
  readonly admin: AdminAccess;
  readonly firstBoot: FirstBoot;
}

/**
 * The user data of cloud-init, as text of Terraform: what looks like a template in files and commands is not one, and the
 * value of a secret is put in by Terraform, in Base64, so that no character of it can break the YAML.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudInit(scope: IConstruct, { hostName, fqdn, admin, firstBoot }: UserData): string {
  const secrets = new Map<string, string>();
  const content = (file: BootFile): { content: string; encoding?: 'b64' } => {
    if (!Secret.is(file.content)) return { content: file.content };
    const mark = `@@secret-${secrets.size}@@`; // YAML quotes what begins so
    secrets.set(mark, Fn.base64encode(secretVariable(scope, file.content)));
    return { content: mark, encoding: 'b64' };
  };
  const data = {
    hostname: hostName,
    fqdn,
    manage_etc_hosts: true,
    ssh_pwauth: false,
    disable_root: true,
    users:
      admin.keys.length === 0
        ? []
        : [
            {
              name: admin.user,
              groups: ['sudo'],
              shell: '/bin/bash',
              lock_passwd: true,
              sudo: 'ALL=(ALL) NOPASSWD:ALL',
              ssh_authorized_keys: [...admin.keys],
            },
          ],
    package_update: true,
    packages: [...new Set([AGENT, ...firstBoot.packages])].sort(),
    write_files: firstBoot.files.map(file => ({ path: file.path, owner: 'root:root', permissions: file.mode, ...content(file) })),
    runcmd: [`systemctl enable --now ${AGENT}`, ...firstBoot.commands],
  };
  const text = literal(`#cloud-config\n${toYaml(data)}`);
  return [...secrets].reduce((all, [mark, token]) => all.replace(mark, () => token), text);
}

/** Declares the variables of the secrets: once a stack is rendered, it is too late. */
export function declareSecrets(scope: IConstruct, { files }: FirstBoot): void {
  for (const { content } of files) if (Secret.is(content)) secretVariable(scope, content);
}

const AGENT = 'qemu-guest-agent';
