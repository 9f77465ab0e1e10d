import { familyOf, isPrefix, numberOf, within } from './addresses';
import { ENDPOINTS, type Field, MODELS } from './models';

export interface Request {
  readonly method: string;
  readonly endpoint: string;
  readonly body: unknown;
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * Takes requests in their order as the package does, whose models it has as data, and keeps what later ones may name. It begins as a
 * pfSense of the factory, with the interfaces WAN and LAN.
 */
export class RestApi {
  /** What it refused. */
  public readonly faults: string[] = [];
  /** Objects that it took or refused. */
  public objects = 0;
  private readonly interfaces = new Map<string, Entry>([
    ['wan', { descr: 'WAN' }],
    ['lan', { descr: 'LAN' }],
  ]);
  private readonly vlans = new Set<string>();
  private readonly gateways = new Map<string, Entry>();
  private readonly virtualIps = new Set<string>();
  private aliases = new Map<string, Entry>();

  public send({ method, endpoint, body }: Request): void {
    const [model, ...methods] = ENDPOINTS[endpoint] ?? [];
    if (model === undefined || !methods.includes(method)) {
      this.refuse(`${method} ${endpoint}`, 'there is no such endpoint or method');
      return;
    }
    if ((method === 'PUT') !== Array.isArray(body)) this.refuse(`${method} ${endpoint}`, 'PUT takes a list, the others one object');
    if (model === 'FirewallAlias') this.aliases = new Map((body as Entry[]).map(alias => [String(alias.name), alias]));
    const entries = Array.isArray(body) ? (body as Entry[]) : [body as Entry];
    for (const entry of entries) {
      this.objects++;
      this.take(model, method === 'PATCH', entry, `${method} ${endpoint}`);
    }
    const keys = KEYS[model];
    const seen = entries.map(entry => keys?.map(key => entry[key]).join(' '));
    const twice = keys && seen.find((key, i) => seen.indexOf(key) < i);
    if (twice !== undefined) this.refuse(endpoint, `${twice} is there twice`);
  }

  private take(model: string, partial: boolean, entry: Entry, at: string): void {
    const { id, ...rest } = entry;
    if (id !== undefined && !(partial && this.interfaces.has(String(id)))) this.refuse(at, `there is no object ${id}`);
    const whole = partial && model === 'NetworkInterface' ? { ...this.interfaces.get(String(id)), ...rest } : rest;
    this.check(model, partial, whole, at);
    this.keep(model, whole, String(id), at);
  }

  private check(model: string, partial: boolean, entry: Entry, at: string): void {
    const fields = MODELS[model] ?? {};
    for (const key of Object.keys(entry)) if (!(key in fields)) this.refuse(at, `${model} has no field ${key}`);
    for (const [key, field] of Object.entries(fields)) {
      const value = entry[key];
      const applies = field.when === undefined || field.when[1].includes(entry[field.when[0]]);
      if (value === undefined) {
        if (field.required && applies && !partial) this.refuse(at, `${model} needs ${key}`);
        continue;
      }
      if (!applies) this.refuse(at, `${key} means nothing while ${field.when?.[0]} is ${entry[field.when?.[0] ?? '']}`);
      const values = field.many ? (Array.isArray(value) ? value : [undefined]) : [value];
      if (values.length > (field.atMost ?? Number.POSITIVE_INFINITY)) this.refuse(at, `${key} has more than ${field.atMost} entries`);
      for (const one of values) {
        if (field.model) this.check(field.model, false, one, at);
        else if (!this.fits(field, one)) this.refuse(at, `${key} cannot be ${JSON.stringify(one)}`);
      }
    }
  }

  private fits(field: Field, value: unknown): boolean {
    if (field.choices) return field.choices.includes(value as string | null);
    if (field.words?.includes(value as string)) return true;
    switch (field.type) {
      case 'boolean':
        return typeof value === 'boolean';
      case 'integer':
        return Number.isInteger(value) && Number(value) >= (field.min ?? 0) && Number(value) <= (field.max ?? Number.POSITIVE_INFINITY);
      default: {
        if (typeof value !== 'string' || value.length > (field.longest ?? Number.POSITIVE_INFINITY)) return false;
        return (field.form?.test(value) ?? true) && this.names(field, value);
      }
    }
  }

  private names({ type, family }: Field, value: string): boolean {
    switch (type) {
      case 'port':
        return isPort(value);
      case 'range': {
        const [from = '', to = from, ...more] = value.split(':');
        return more.length === 0 && isPort(from) && isPort(to) && Number(from) <= Number(to);
      }
      case 'interface':
        return this.isInterface(value);
      case 'address':
        return family === undefined ? familyOf(value) !== undefined : familyOf(value) === family;
      case 'gateway':
        return this.gateways.get(value)?.ipprotocol === (family === 4 ? 'inet' : 'inet6');
      case 'prefix':
        return isPrefix(value) || this.aliases.has(value) || this.isInterface(value);
      case 'target':
        return familyOf(value) !== undefined || this.aliases.has(value) || (value.endsWith(':ip') && this.isInterface(value.slice(0, -3)));
      case 'end': {
        const plain = value.replace(/^!/, '');
        if (plain === 'any' || plain === '(self)') return plain === value;
        const known = familyOf(plain) !== undefined || isPrefix(plain) || this.aliases.has(plain);
        return known || this.isInterface(plain.replace(/:ip$/, ''));
      }
      default:
        return true;
    }
  }

  private keep(model: string, entry: Entry, id: string, at: string): void {
    switch (model) {
      case 'InterfaceVLAN': {
        const name = `${entry.if}.${entry.tag}`;
        if (this.vlans.has(name)) this.refuse(at, `${name} is there twice`);
        this.vlans.add(name);
        break;
      }
      case 'NetworkInterface':
        this.keepInterface(entry, id, at);
        break;
      case 'RoutingGateway':
        this.gateways.set(String(entry.name), entry);
        break;
      case 'VirtualIP':
        if (this.virtualIps.has(String(entry.subnet))) this.refuse(at, `${entry.subnet} is there twice`);
        this.virtualIps.add(String(entry.subnet));
        break;
      case 'FirewallAlias':
        this.checkAlias(entry, at);
        break;
      case 'DHCPServer':
        this.checkDhcp(entry, at);
        break;
      default:
    }
  }

  private keepInterface(entry: Entry, id: string, at: string): void {
    const device = String(entry.if);
    if (device.includes('.') && !this.vlans.has(device)) this.refuse(at, `there is no network port ${device}`);
    for (const [other, { if: taken, descr }] of this.interfaces) {
      if (other === id) continue;
      if (taken === device) this.refuse(at, `${device} is already ${descr}`);
      if (String(descr).toLowerCase() === String(entry.descr).toLowerCase()) this.refuse(at, `there is already an interface ${descr}`);
    }
    const next = id === 'undefined' ? `opt${this.interfaces.size - 1}` : id;
    this.interfaces.set(next, entry);
  }

  private checkAlias({ name, type, address, detail }: Entry, at: string): void {
    const [entries, details] = [address as string[], detail as string[]];
    if (details.length > entries.length) this.refuse(at, `${name} has more details than addresses`);
    const fits = (text: string) => (type === 'host' ? familyOf(text) !== undefined : isPrefix(text)) || this.aliases.has(text);
    for (const text of entries) if (!fits(text)) this.refuse(at, `${text} is not for an alias of type ${type}`);
    if (this.isInterface(String(name))) this.refuse(at, `${name} is the name of an interface`);
  }

  private checkDhcp({ interface: on, range_from, range_to, gateway, pool, staticmap }: Entry, at: string): void {
    const found = [...this.interfaces.values()].find(({ descr }) => descr === on);
    if (found?.typev4 !== 'static') {
      this.refuse(at, `${on} has no static address`);
      return;
    }
    const ranges = [{ range_from, range_to }, ...((pool ?? []) as Entry[])];
    const mapped = ((staticmap ?? []) as Entry[]).map(({ ipaddr }) => ipaddr);
    for (const text of [...ranges.flatMap(range => [range.range_from, range.range_to]), gateway, ...mapped]) {
      if (familyOf(String(text)) !== 4 || !within(String(text), String(found.ipaddr), Number(found.subnet)))
        this.refuse(at, `${text} is not on ${on}`);
    }
    for (const { range_from: from, range_to: to } of ranges) {
      if (numberOf(String(from)) > numberOf(String(to))) this.refuse(at, `${from} is after ${to}`);
      const inside = mapped.find(ip => numberOf(String(ip)) >= numberOf(String(from)) && numberOf(String(ip)) <= numberOf(String(to)));
      if (inside !== undefined) this.refuse(at, `${inside} is in the range of ${on}`);
    }
  }

  private isInterface(name: string): boolean {
    return [...this.interfaces.values()].some(({ descr }) => descr === name);
  }

  private refuse(at: string, why: string): void {
    this.faults.push(`${at}: ${why}`);
  }
}

/** Fields that together are unique in a list. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  FirewallAlias: ['name'],
  DNSResolverHostOverride: ['host', 'domain'],
  DHCPServer: ['interface'],
};

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
