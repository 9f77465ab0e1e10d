import { Site } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { Passage } from '../gateway/gateway-plan';
import type { AddressGroup, Side } from '../gateway/side';
import { Vlan } from '../segments/vlan';
import { aliasName } from './alias-name';
import type { PfSense } from './pfsense';
import type { PfSenseInterface } from './pfsense-interfaces';

/** Addresses under one name, all of one family. */
export interface PfSenseAlias {
  readonly name: string;
  /** What it stands for; two of one name are an error. */
  readonly group: string;
  readonly type: 'host' | 'network';
  readonly entries: Entries;
}

type Entries = readonly { readonly address: string; readonly detail: string }[];

/** Where packets of a rule come from, or go to. */
export type RuleEnd =
  | { readonly kind: 'any' }
  /** Every address of the gateway, also those that it is given. */
  | { readonly kind: 'self' }
  /** The network of an interface, or its own address. */
  | { readonly kind: 'interface'; readonly interface: PfSenseInterface; readonly own?: true }
  /** An address, a prefix or an alias; or everything but that. */
  | { readonly kind: 'address'; readonly address: string; readonly not?: true };

/** The prefixes of the site: what is not among them is the Internet. */
const SITE = 'all of the site';
/** The gateway's own addresses. */
const GATEWAY = 'this gateway';

/** How the rules of a gateway name addresses. */
export class PfSenseAliases {
  private readonly used = new Map<string, PfSenseAlias>();

  constructor(private readonly gateway: PfSense) {}

  /** Those that rules name, by name. */
  public get all(): readonly PfSenseAlias[] {
    return [...this.used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, alias]) => alias);
  }

  public source({ family, arrives, from }: Passage): RuleEnd {
    return from ? this.group(from, family, arrives) : this.internet(family);
  }

  public destination({ family, arrives, leaves, to }: Passage): RuleEnd {
    if (to) return this.group(to, family, leaves);
    if (leaves.kind !== 'local') return this.internet(family);
    const unknown = arrives.kind === 'uplink' && DynamicUplink.is(this.gateway.wan);
    return unknown ? { kind: 'interface', interface: this.gateway.interfaces.wan, own: true } : this.gatewayItself(family);
  }

  /** All that lies behind a side. */
  public side(side: Side, family: 4 | 6): RuleEnd {
    return this.group({ name: side.name, prefixes: side.prefixes.filter(prefix => isOf(family, prefix)) }, family, side);
  }

  private group({ name, prefixes }: AddressGroup, family: 4 | 6, side: Side): RuleEnd {
    const [only = '', ...others] = prefixes;
    if (others.length > 0) return this.alias(name, family, () => this.entries(prefixes));
    const on = this.gateway.interfaces.ofSide(side);
    const subnet = family === 4 ? side.vlan?.ipv4 : side.vlan?.ipv6;
    return on && subnet?.cidr === only ? { kind: 'interface', interface: on } : { kind: 'address', address: bare(only) };
  }

  private internet(family: 4 | 6): RuleEnd {
    const site = this.alias(SITE, family, () => {
      const vlans = Site.of(this.gateway).findAll().filter(Vlan.isVlan);
      const entries = vlans.sort((a, b) => a.tag - b.tag).flatMap(vlan => vlan.cidrs.map(address => ({ address, detail: vlan.name })));
      return entries.filter(({ address }) => isOf(family, address));
    });
    return site.kind === 'any' ? site : { ...site, not: true };
  }

  private gatewayItself(family: 4 | 6): RuleEnd {
    const own = () => this.gateway.connections.endpoint.addresses().filter(address => isOf(family, address));
    return this.alias(GATEWAY, family, () => this.entries(own()));
  }

  /** Reads the entries once, when a rule names them first. Of none there is no alias: pf takes no empty table for "nobody". */
  private alias(group: string, family: 4 | 6, read: () => Entries): Extract<RuleEnd, { kind: 'any' | 'address' }> {
    const name = aliasName(group, family);
    const key = `${name} ${group}`;
    if (!this.used.has(key)) {
      const entries = read();
      if (entries.length === 0) return { kind: 'any' };
      const hosts = entries.every(({ address }) => bare(address) !== address);
      const listed = hosts ? entries.map(entry => ({ ...entry, address: bare(entry.address) })) : entries;
      this.used.set(key, { name, group, type: hosts ? 'host' : 'network', entries: listed });
    }
    return { kind: 'address', address: name };
  }

  /** With the segment that each lies in, for people. */
  private entries(prefixes: readonly string[]): Entries {
    const vlans = this.gateway.interfaces.all.flatMap(({ vlan }) => vlan ?? []);
    const whose = (address: string) => vlans.find(({ subnets }) => subnets.some(subnet => subnet.contains(address)))?.name ?? '';
    return prefixes.map(address => ({ address, detail: whose(address) }));
  }
}

function isOf(family: 4 | 6, prefix: string): boolean {
  return prefix.includes(':') === (family === 6);
}

/** A prefix of one address is written as that address. */
function bare(prefix: string): string {
  return prefix.replace(/(?<=\.\d+)\/32$|(?<=:.*)\/128$/, '');
}
