import { type FirstBoot, Secret, toYaml } from '@ashlar/core';
import { secretVariable } from '@ashlar/terraform';
import { Fn } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type CloudConfigData, cloudConfig } from '../../guest/cloud-config';
import { literal } from '../firewall-rules';

/**
 * The user data of cloud-init, as text of Terraform: what looks like a template in files and commands is not one, and the
 * value of a secret is put in by Terraform, in Base64.
 */
export function cloudInit(scope: IConstruct, data: CloudConfigData): string {
  const secrets = new Map<string, string>();
  const config = cloudConfig(data, secret => {
    const mark = `@@secret-${secrets.size}@@`; // YAML quotes what begins so
    secrets.set(mark, Fn.base64encode(secretVariable(scope, secret)));
    return mark;
  });
  const text = literal(`#cloud-config\n${toYaml(config)}`);
  return [...secrets].reduce((all, [mark, token]) => all.replace(mark, () => token), text);
}

/** Declares the variables of the secrets: once a stack is rendered, it is too late. */
export function declareSecrets(scope: IConstruct, { files }: FirstBoot): void {
  for (const { content } of files) if (Secret.is(content)) secretVariable(scope, content);
}
