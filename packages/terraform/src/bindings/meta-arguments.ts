import { ConfigError } from '@ashlar/core';
import type { TerraformMetaArguments } from 'cdktf';
import type { IConstruct } from 'constructs';
import { errorCode } from './provider-facts';
import type { BoundSchema } from './schema';

/** What a data source takes besides its own keys: it makes nothing that could be provisioned. */
export type DataMetaArguments = Omit<TerraformMetaArguments, 'provisioners' | 'connection'>;

export const DATA_META_KEYS: ReadonlySet<string> = new Set<keyof DataMetaArguments>([
  'dependsOn',
  'count',
  'provider',
  'lifecycle',
  'forEach',
]);

/** What every resource takes besides its own keys. @see https://developer.hashicorp.com/terraform/cdktf/concepts/resources */
export const META_KEYS: ReadonlySet<string> = new Set<keyof TerraformMetaArguments>([
  ...(DATA_META_KEYS as ReadonlySet<keyof DataMetaArguments>),
  'provisioners',
  'connection',
]);

/** The part of the props that cdktf reads. A caller without types may have forgotten them, which is reported later, with the path. */
export function metaArguments(props: TerraformMetaArguments | undefined): TerraformMetaArguments {
  const { dependsOn, count, provider, lifecycle, forEach, provisioners, connection } = props ?? {};
  return { dependsOn, count, provider, lifecycle, forEach, provisioners, connection };
}

/** cdktf drops what is no list, without a word. @throws …_WRONG_TYPE */
export function checkDependsOn(scope: IConstruct, schema: BoundSchema, props: TerraformMetaArguments | undefined): void {
  const given = props?.dependsOn;
  if (given === undefined || Array.isArray(given)) return;
  throw new ConfigError(scope, errorCode(schema.provider, 'WRONG_TYPE'), 'dependsOn must be a list of constructs', {
    got: given,
    fix: 'put it into a list',
  });
}
