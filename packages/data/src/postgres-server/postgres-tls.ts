import { Check, Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Where the server's certificate is kept. It names the guest's `fqdn`. */
export interface PostgresTlsProps {
  /** In PEM, with the chain of its authority. */
  readonly certificate: Secret;
  /** In PEM. */
  readonly key: Secret;
  /** Certificate of the authority in PEM, by which clients and replicas verify the server. */
  readonly authority: Secret;
}

/** A certificate and its key, as secrets by their names on the server. @throws PROP_* */
export function certificateOf(scope: IConstruct, tls: Pick<PostgresTlsProps, 'certificate' | 'key'>): Record<string, Secret> {
  const check = new Check(scope);
  const given = check.present('tls', tls, "{ certificate: Secret.fromOpenBao('kv/postgres/orders', 'crt'), key: … }");
  return Object.fromEntries(
    (['certificate', 'key'] as const).map(name => [
      `tls-${name}`,
      check.instance(`tls.${name}`, given[name], Secret, `Secret.fromOpenBao('kv/postgres/orders', '${name}')`),
    ]),
  );
}
