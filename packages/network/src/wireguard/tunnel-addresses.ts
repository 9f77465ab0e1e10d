import { ConfigError, hostPrefix, Ledger, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { claimPrefix } from '../segments/prefix-claims';
import { Ranges } from '../segments/ranges';
import { Subnet } from '../segments/subnet';

interface Holder {
  readonly holder: IConstruct;
  readonly cidr: string;
}

/** The transfer network of a WireGuard interface: its own addresses, the prefixes around them, and which peers have which part. */
export class TunnelAddresses {
  /** As given, e.g. `10.255.0.1/24`. */
  public readonly own: readonly string[];
  public readonly subnets: readonly Subnet[];
  private readonly taken = { 4: new Ranges<Holder>(), 6: new Ranges<Holder>() };

  /** @throws WIREGUARD_ADDRESS, SUBNET_OVERLAP */
  constructor(
    private readonly tunnel: IConstruct,
    addresses: readonly string[],
  ) {
    this.own = [...addresses];
    this.subnets = addresses.map(address => this.subnetOf(address));
    const twice = this.subnets.find((subnet, i) => this.subnets.findIndex(other => other.family === subnet.family) !== i);
    if (twice) throw this.wrong(`addresses holds two of IPv${twice.family}`, addresses, 'write one for each family');
    for (const subnet of this.subnets) claimPrefix(tunnel, subnet);
  }

  /** Whether a prefix is a part of it. */
  public holds(cidr: string): boolean {
    return this.subnets.some(subnet => subnet.contains(cidr));
  }

  /** Gives a part of it to a peer. @throws WIREGUARD_ALLOWED_IPS */
  public claim(peer: IConstruct, { cidr, family, network, end }: Subnet): void {
    const other = this.taken[family].overlapping(network, end);
    if (other) {
      const same = other.cidr === cidr ? 'is' : `overlaps ${other.cidr}, which is`;
      throw new ConfigError(peer, 'WIREGUARD_ALLOWED_IPS', `${cidr} ${same} already behind ${pathOf(other.holder)}`, {
        fix: 'choose another address',
      });
    }
    if (this.own.some(address => cidr === hostPrefix(address.split('/')[0] as string))) {
      throw new ConfigError(peer, 'WIREGUARD_ALLOWED_IPS', `${cidr} is the address of ${pathOf(this.tunnel)} itself`, {
        fix: 'write the address that the peer has in the tunnel',
      });
    }
    this.taken[family].add(network, end, { holder: peer, cidr });
  }

  /** An address of each family for a roaming peer: the number that the site's ledger has for the name, or the lowest free one. */
  public allocate(name: string): string[] {
    const first = Math.max(...this.subnets.map(subnet => subnet.firstHost));
    const last = Math.min(...this.subnets.map(subnet => subnet.lastHost));
    const used = (n: number) => this.subnets.some(subnet => this.isUsed(subnet, n));
    const number = Ledger.of(this.tunnel).allocate(this.tunnel, `roaming ${this.tunnel.node.path}`, name, first, last, used);
    return this.subnets.map(subnet => hostPrefix(subnet.address(number)));
  }

  private isUsed(subnet: Subnet, number: number): boolean {
    const at = subnet.network + BigInt(number);
    const isOwn = this.own.some(address => subnet.hostNumber(address.split('/')[0] as string) === number);
    return isOwn || this.taken[subnet.family].overlapping(at, at) !== undefined;
  }

  private subnetOf(address: string): Subnet {
    const [ip = '', length = '', ...rest] = typeof address === 'string' ? address.split('/') : [];
    const subnet = /^\d{1,3}$/.test(length) && rest.length === 0 ? Subnet.containing(ip, Number(length)) : undefined;
    const number = subnet?.hostNumber(ip);
    if (subnet === undefined || number === undefined)
      throw this.wrong('addresses take an address with the length of its prefix', address, 'write it like 10.255.0.1/24');
    if (number < subnet.firstHost || number > subnet.lastHost) {
      const special = number < subnet.firstHost ? 'network' : 'broadcast';
      throw this.wrong(
        `${ip} is the ${special} address of ${subnet.cidr}`,
        address,
        `write it like ${subnet.address(subnet.firstHost)}/${length}`,
      );
    }
    return subnet;
  }

  private wrong(problem: string, got: unknown, fix: string): ConfigError {
    return new ConfigError(this.tunnel, 'WIREGUARD_ADDRESS', problem, { got, fix });
  }
}
