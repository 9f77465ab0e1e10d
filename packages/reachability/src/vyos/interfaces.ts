import type { Route, RouterInterface } from '../router';
import type { Interval, IntervalSet } from '../rule-chain';
import { addressesOf, FAMILIES, type Family, parseAddress, parseRange } from '../space/address-text';
import { setOf, unite } from '../space/interval-set';
import type { Statement } from './statement';

/** One interface of `interfaces`, or a VLAN of one. */
export interface VyosInterface {
  readonly statement: Statement;
  readonly router: RouterInterface;
  /** The way that its provider gives. */
  readonly routes: readonly Route[];
  /** UDP port of a tunnel that ends there. */
  readonly listens?: number;
}

/** Leaves of an interface that change neither where packets go nor which. */
const IDLE = [
  'description',
  'hw-id',
  'mtu',
  'mac',
  'duplex',
  'speed',
  'offload',
  'ring-buffer',
  'ip',
  'dhcp-options',
  'dhcpv6-options',
  'eapol',
  'disable-flow-control',
  'disable-link-detect',
  'private-key',
  'persistent-keepalive',
  'fwmark',
  'per-client-thread',
  'authentication',
  'source-interface',
  'service-name',
  'access-concentrator',
  'host-uniq',
  'holdoff',
  'mru',
  'no-peer-dns',
  'local-address',
  'remote-address',
  'default-route-distance',
  'ipv6',
  'hash-policy',
  'lacp-rate',
  'member',
  'min-links',
  'mode',
  'primary',
  'max-age',
  'aging',
  'forwarding-delay',
  'hello-time',
  'priority',
  'stp',
  'egress-qos',
  'ingress-qos',
] as const;

const KINDS = ['ethernet', 'bonding', 'bridge', 'dummy', 'loopback', 'pppoe', 'wireguard'] as const;

/** Whatever has an address, or leads somewhere. @throws REACH_UNJUDGED for kinds of interfaces that carry other networks */
export function interfacesOf(root: Statement): VyosInterface[] {
  const found: VyosInterface[] = [];
  for (const block of root.all('interfaces')) {
    block.knows(KINDS);
    for (const statement of block.children) {
      const name = statement.value ?? statement.refuse('name the interface');
      add(found, statement, name);
      for (const vif of statement.all('vif')) if (!statement.has('disable')) add(found, vif, `${name}.${vif.value}`);
    }
  }
  const prefixes = addressesOfGroups(root);
  return found.map(({ router, ...rest }) => ({
    ...rest,
    router: { ...router, addresses: [...router.addresses, ...(prefixes.get(router.name) ?? [])] },
  }));
}

function add(found: VyosInterface[], statement: Statement, name: string): void {
  statement.knows(['address', 'vif', 'disable', 'peer', 'port', 'no-default-route'], IDLE);
  if (statement.has('disable')) return;
  const texts = statement.texts('address');
  const dynamic = texts.filter(text => text === 'dhcp' || text === 'dhcpv6');
  const addresses = statement
    .all('address')
    .filter(leaf => leaf.value !== 'dhcp' && leaf.value !== 'dhcpv6')
    .map(leaf => addressIn(leaf));
  const peers = statement.name === 'wireguard' ? peersOf(statement) : undefined;
  const routes = defaultRoutes(statement, name, dynamic);
  if (addresses.length === 0 && routes.length === 0 && !peers) return;
  const port = statement.name === 'wireguard' ? statement.text('port') : undefined;
  found.push({
    statement,
    router: { name, addresses, ...(peers && { peers }) },
    routes,
    ...(port !== undefined && { listens: Number(port) }),
  });
}

function addressIn(leaf: Statement): RouterInterface['addresses'][number] {
  const range = parseRange(leaf.value ?? '');
  const own = parseAddress((leaf.value ?? '').split('/')[0] as string);
  if (!range || !own || !leaf.value?.includes('/')) return leaf.refuse('write it with its prefix, like 10.20.0.1/24');
  return { family: own.family, address: own.address, prefix: range.interval };
}

/** WireGuard takes from each peer, and sends to it, only what is in its `allowed-ips`. */
function peersOf(statement: Statement): Record<Family, IntervalSet> {
  const allowed: Record<Family, IntervalSet> = { 4: [], 6: [] };
  for (const peer of statement.all('peer')) {
    peer.knows(
      ['allowed-ips', 'disable'],
      ['address', 'port', 'public-key', 'preshared-key', 'persistent-keepalive', 'description', 'host-name'],
    );
    if (peer.has('disable')) continue;
    for (const leaf of peer.all('allowed-ips')) {
      const range = parseRange(leaf.value ?? '') ?? leaf.refuse('write a prefix');
      allowed[range.family] = unite(allowed[range.family], setOf([range.interval]));
    }
  }
  return allowed;
}

const EVERYWHERE: Readonly<Record<Family, Interval>> = {
  4: addressesOf(['0.0.0.0/0'], 4)[0] as Interval,
  6: addressesOf(['::/0'], 6)[0] as Interval,
};

function defaultRoutes(statement: Statement, name: string, dynamic: readonly string[]): Route[] {
  const pppoe = statement.name === 'pppoe' && !statement.has('no-default-route');
  const autoconf = statement.below('ipv6', 'address').some(address => address.has('autoconf'));
  const given: Record<Family, boolean> = { 4: pppoe || dynamic.includes('dhcp'), 6: autoconf || dynamic.includes('dhcpv6') };
  return FAMILIES.filter(family => given[family]).map(family => ({ family, destination: EVERYWHERE[family], interface: name }));
}

/** Virtual addresses of VRRP, by interface. */
function addressesOfGroups(root: Statement): Map<string, RouterInterface['addresses'][number][]> {
  const found = new Map<string, RouterInterface['addresses'][number][]>();
  for (const group of root.below('high-availability', 'vrrp', 'group')) {
    const name = group.text('interface') ?? group.refuse('name its interface');
    for (const leaf of group.all('address')) {
      const on = leaf.text('interface') ?? name;
      found.set(on, [...(found.get(on) ?? []), addressIn(leaf)]);
    }
  }
  return found;
}
