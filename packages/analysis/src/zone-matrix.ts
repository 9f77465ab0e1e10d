import { type Flow, type IConnectable, isConnectable, isRouting, isTrustZone, type Port, pathOf, type Site } from '@ashlar/core';
import type { AddressBook } from './address-book';
import { byName } from './by-name';
import { ipNumber } from './ip-number';

/** A row and a column of the matrix: a segment, a router, what is announced to it or lies behind a tunnel, or the Internet. */
export interface MatrixEnd {
  readonly name: string;
  /** What it is, e.g. `VLAN 10`. */
  readonly kind: string;
  /** Position among the segments, from which the colour follows; undefined for what is no segment. */
  readonly network?: number;
}

/** What may be opened from one end to another; `everything` inside a zone. */
export interface MatrixCell {
  readonly ports: readonly string[];
  readonly everything: boolean;
}

/** Who may open connections to whom, as it is declared. */
export class ZoneMatrix {
  /** Segments by tag, then routers and others by name, then the Internet. */
  public readonly ends: readonly MatrixEnd[];
  private readonly ports = new Map<string, Map<string, Port>>();
  private readonly trusted = new Set<string>();
  private readonly others = new Map<string, MatrixEnd>();
  private readonly prefixes: readonly { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint; readonly name: string }[];

  constructor(site: Site, book: AddressBook) {
    this.prefixes = book.vlans.flatMap(vlan => vlan.cidrs.map(cidr => ({ ...rangeOf(cidr), name: vlan.name })));
    const all = site.findAll();
    for (const flow of all.filter(isConnectable).flatMap(to => to.connections.ingress)) this.enter(flow);
    for (const zone of all.filter(isTrustZone)) {
      for (const a of zone.vlans) for (const b of zone.vlans) if (a !== b) this.trusted.add(key(a.name, b.name));
    }
    const segments = book.vlans.map((vlan, network): MatrixEnd => ({ name: vlan.name, kind: `VLAN ${vlan.tag}`, network }));
    const others = [...this.others.values()].sort((a, b) => byName(a.name, b.name));
    this.ends = [...segments, ...others, { name: INTERNET, kind: 'everybody else' }];
  }

  public cell(from: MatrixEnd, to: MatrixEnd): MatrixCell {
    const ports = [...(this.ports.get(key(from.name, to.name))?.values() ?? [])];
    ports.sort((a, b) => (a.protocol === b.protocol ? a.from - b.from || a.to - b.to : a.protocol < b.protocol ? -1 : 1));
    return { ports: ports.map(String), everything: this.trusted.has(key(from.name, to.name)) };
  }

  private enter({ from, to, port }: Flow): void {
    const [sources, targets] = [this.homesOf(from), this.homesOf(to)];
    for (const a of sources) {
      for (const b of targets.filter(name => name !== a)) {
        const ports = this.ports.get(key(a, b)) ?? new Map<string, Port>();
        this.ports.set(key(a, b), ports.set(String(port), port));
      }
    }
  }

  /** Names of the ends that it is, or is in. Pods have no addresses of their own. */
  private homesOf(end: IConnectable): string[] {
    if (isRouting(end)) return [this.other(end, end.routing.device)];
    const homes = end.connections.endpoint.addresses().map(prefix => {
      if (prefix.endsWith('/0')) return INTERNET;
      const { family, first, last } = rangeOf(prefix);
      const segment = this.prefixes.find(p => p.family === family && p.first <= first && last <= p.last);
      return segment?.name ?? this.other(end, prefix);
    });
    return [...new Set(homes)];
  }

  private other(end: IConnectable, kind: string): string {
    const name = pathOf(end).split('/').slice(1).join('/');
    if (!this.others.has(name)) this.others.set(name, { name, kind });
    return name;
  }
}

const INTERNET = 'Internet';

function key(from: string, to: string): string {
  return `${from}\0${to}`;
}

function rangeOf(prefix: string): { family: 4 | 6; first: bigint; last: bigint } {
  const [ip = '', length] = prefix.split('/');
  const family = ip.includes(':') ? 6 : 4;
  const bits = family === 4 ? 32 : 128;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const first = (ipNumber(ip) / size) * size;
  return { family, first, last: first + size - 1n };
}
