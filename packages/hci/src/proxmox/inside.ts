import { type IConnectable, isConnectable, Site } from '@ashlar/core';
import { Internet } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/** What firewalls need to know of the site around them: who else answers under an address, and which prefixes are ours. */
export class Inside {
  /** As it is now; made once for each rendering. */
  public static of(scope: IConstruct): Inside {
    const site = Site.find(scope);
    if (!site) return new Inside(undefined);
    const known = KNOWN.get(site) ?? new Inside(site);
    if (!KNOWN.has(site)) KNOWN.set(site, known);
    return known;
  }

  /** Forgets it when the site is rendered again. */
  public static renew(scope: IConstruct): void {
    const site = Site.find(scope);
    site?.onPrepare(() => void KNOWN.delete(site));
  }

  /** Prefixes of the site. */
  public readonly prefixes: readonly string[];
  private readonly under = new Map<string, IConnectable[]>();

  private constructor(site: Site | undefined) {
    this.prefixes = site ? Internet.of(site).inside : [];
    for (const construct of site?.findAll() ?? []) {
      if (!isConnectable(construct) || construct.connections.endpoint.pods) continue;
      const [first, ...others] = construct.connections.endpoint.addresses();
      if (first === undefined || ![first, ...others].every(isHost)) continue;
      this.under.set(first, [...(this.under.get(first) ?? []), construct]);
    }
  }

  /** Who answers under these addresses and no others, as a proxy does under those of the machine that it runs on. */
  public connectablesAt(addresses: readonly string[]): readonly IConnectable[] {
    const own = new Set(addresses);
    return addresses
      .flatMap(address => this.under.get(address) ?? [])
      .filter(c => c.connections.endpoint.addresses().every(a => own.has(a)));
  }
}

const KNOWN = new WeakMap<Site, Inside>();

function isHost(prefix: string): boolean {
  return prefix.endsWith(prefix.includes(':') ? '/128' : '/32');
}
