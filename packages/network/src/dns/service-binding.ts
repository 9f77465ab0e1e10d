import { familyOf } from '../segments/subnet';

/** Data of an HTTPS or SVCB record. */
export interface ServiceBinding {
  /** 0 makes the name an alias of the target. */
  readonly priority: number;
  /** Complete name without the final dot, or `.` for the name of the record itself. */
  readonly target: string;
  /** Value by key, empty when the key has none. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Forms of the values by key. @see https://www.iana.org/assignments/dns-svcb */
const VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  mandatory: value => /^[a-z0-9-]+(,[a-z0-9-]+)*$/.test(value),
  alpn: value => /^[\w./-]{1,255}(,[\w./-]{1,255})*$/.test(value),
  'no-default-alpn': value => value === '',
  port: value => /^(0|[1-9]\d{0,4})$/.test(value) && Number(value) <= 65_535,
  ipv4hint: value => value.split(',').every(ip => familyOf(ip) === 4),
  ech: value => /^([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
  ipv6hint: value => value.split(',').every(ip => familyOf(ip) === 6),
  dohpath: value => /^\/[\w/.-]*\{\?dns\}$/.test(value),
};

/** Reads what follows the type, or gives undefined when servers would refuse it. @see RFC 9460 section 2.2 */
export function parseServiceBinding(data: string): ServiceBinding | undefined {
  const [priority = '', target = '', ...words] = data.split(' ');
  if (!/^(0|[1-9]\d{0,4})$/.test(priority) || Number(priority) > 65_535) return undefined;
  const parameters = new Map<string, string>();
  for (const word of words) {
    const [, key = '', value = ''] = /^([a-z0-9-]+)(?:=("[^" ;\\]+"|[^" ;\\]+))?$/.exec(word) ?? [];
    const text = value.replaceAll('"', '');
    if (!VALUES[key]?.(text) || parameters.has(key)) return undefined;
    parameters.set(key, text);
  }
  const needed = parameters.get('mandatory')?.split(',') ?? [];
  const absent = needed.some((key, i) => key === 'mandatory' || !parameters.has(key) || needed.indexOf(key) < i);
  if (absent || (parameters.has('no-default-alpn') && !parameters.has('alpn'))) return undefined;
  return Number(priority) === 0 && parameters.size > 0 ? undefined : { priority: Number(priority), target, parameters };
}
