/** Whatever has a name in DNS: a host, a record set. */
export interface Named {
  readonly fqdn: string;
}

export function isNamed(x: unknown): x is Named {
  return typeof x === 'object' && x !== null && 'fqdn' in x && typeof x.fqdn === 'string';
}
