import { Check } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { familyOf } from '../segments/subnet';

/** Where a device listens for its peers. */
export interface WireGuardEndpoint {
  /** An address, or a DNS name. WireGuard resolves a name once; a timer that is written too asks again when the peer falls silent. */
  readonly host: string;
  /** UDP port (1–65535). @default 51820 */
  readonly port?: number;
}

export const DEFAULT_PORT = 51_820;

/** @throws PROP_FORMAT, PROP_RANGE */
export function checkedEndpoint(scope: IConstruct, { host, port = DEFAULT_PORT, ...rest }: WireGuardEndpoint): Required<WireGuardEndpoint> {
  const check = new Check(scope);
  check.known({ host, port, ...rest }, ['host', 'port']);
  if (familyOf(host) === undefined) {
    const name = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
    check.text('endpoint.host', host, name, 'an address or a complete DNS name', 'vpn.example.net');
  }
  return { host, port: check.integer('endpoint.port', port, 1, 65_535) };
}

/** Whether it is a name, whose address may change. */
export function isNamed({ host }: WireGuardEndpoint): boolean {
  return familyOf(host) === undefined;
}

/** `198.51.100.1:51820`, `[2001:db8::1]:51820` */
export function endpointText({ host, port = DEFAULT_PORT }: WireGuardEndpoint): string {
  return `${familyOf(host) === 6 ? `[${host}]` : host}:${port}`;
}
