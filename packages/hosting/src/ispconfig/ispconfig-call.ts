import { ConfigError, type Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** What stands for the value of a secret: whoever sends the call reads it from there. */
export interface SecretReference {
  readonly $secret: string;
}

/** What stands for the id that an earlier call has answered. */
export interface IdReference {
  readonly $id: string;
}

export type IspConfigValue = string | number | SecretReference | IdReference;

/** One call of the remote API: the body of `POST /remote/json.php?<function>`, to which the sender adds its `session_id`. */
export interface IspConfigCall {
  /** What it creates, the same at every synthesis. The sender looks it up first, and calls only when it is not there yet. */
  readonly key: string;
  readonly function: string;
  /** The reseller or client for whom it is; 0 is the administrator. */
  readonly client: { readonly name: 'client_id' | 'reseller_id'; readonly value: 0 | IdReference };
  readonly params: Readonly<Record<string, IspConfigValue>>;
}

/** Something of which ISPConfig is told. */
export interface IIspConfigObject extends IConstruct {
  calls(): readonly IspConfigCall[];
}

export function isIspConfigObject(x: unknown): x is IIspConfigObject {
  return typeof x === 'object' && x !== null && 'calls' in x && OBJECT in x;
}

/** Marks a construct as one of which ISPConfig is told. */
export const OBJECT = Symbol.for('@ashlar/hosting.IspConfigObject');

export function reference(secret: Secret): SecretReference {
  return { $secret: secret.describe() };
}

/**
 * The calls as JSON, in the order in which they must be sent: what others refer to comes first.
 * @throws ISPCONFIG_KEY when two objects are one in ISPConfig
 */
export function renderCalls(server: IConstruct, calls: readonly IspConfigCall[]): string {
  const sorted = [...calls].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const twice = sorted.find((call, i) => call.key === sorted[i - 1]?.key);
  if (twice) {
    throw new ConfigError(server, 'ISPCONFIG_KEY', `two objects are ${twice.key} in ISPConfig`, { fix: 'keep one of them' });
  }
  const list = sorted.map(({ key, function: name, client, params }) => ({
    key,
    function: name,
    params: { [client.name]: client.value, params },
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

const ORDER: readonly string[] = ['client_add', 'dns_zone_add', 'mail_domain_add', 'sites_web_domain_add', 'mail_user_add'];

/** Records come last: they refer to zones only. */
function rank({ function: name }: IspConfigCall): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}
