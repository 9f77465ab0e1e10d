import { Connections, type IConnectable, Site } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { claimedPrefixes } from './prefix-claims';

/** Everybody out there. Flows from it are open to the world, flows to it go out through the gateway. */
export class Internet extends Construct implements IConnectable {
  /** The Internet as the site of `scope` sees it. */
  public static of(scope: IConstruct): Internet {
    const site = Site.of(scope);
    return site.node.children.find(Internet.isInternet) ?? new Internet(site);
  }

  public static isInternet(x: unknown): x is Internet {
    return typeof x === 'object' && x !== null && INTERNET in x;
  }

  /** Every address there is. */
  public readonly cidrs: readonly string[] = ['0.0.0.0/0', '::/0'];
  public readonly connections: Connections;

  private constructor(site: Site) {
    super(site, 'internet');
    Object.defineProperty(this, INTERNET, { value: true });
    this.connections = new Connections(this, { addresses: () => this.cidrs });
  }

  /** Prefixes that are ours: {@link cidrs} have them in them, and they are not out there. */
  public get inside(): readonly string[] {
    return claimedPrefixes(this);
  }
}

const INTERNET = Symbol.for('@ashlar/network.Internet');
