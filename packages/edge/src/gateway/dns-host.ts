import type { Check } from '@ashlar/core';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?=.{1,253}$)(\\*\\.)?(${LABEL}\\.)+${LABEL}$`);

/**
 * A DNS name that clients ask for: `shop.example.net`, or `*.example.net` for every name one or more labels below.
 * @throws PROP_MISSING, PROP_TYPE, PROP_FORMAT
 */
export function dnsHost(check: Check, name: string, value: string): string {
  return check.text(name, value, HOST, 'a lower-case DNS name, whose first label may be *', 'shop.example.net');
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/**
 * Whether a listener for `pattern` serves `host`. As in the Gateway API, `*.example.net` also stands for `a.b.example.net`.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#hostname
 */
export function serves(pattern: string, host: string): boolean {
  return pattern === host || (isWildcard(pattern) && host.endsWith(pattern.slice(1)));
}

/**
 * Whether a certificate for `pattern` is one for `host`. In certificates the * stands for exactly one label.
 * @see RFC 6125 section 6.4.3
 */
export function certifies(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return isWildcard(pattern) && !isWildcard(host) && host.slice(host.indexOf('.')) === pattern.slice(1);
}
