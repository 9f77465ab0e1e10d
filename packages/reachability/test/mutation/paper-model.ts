import { Port } from '@ashlar/core';
import type { DeclaredEnd, DeclaredFlow } from '../../src/declaration';
import type { Segment } from '../../src/segment';
import { addressesOf } from '../../src/space/address-text';
import { type PaperGateway, type PaperRule, type PaperSet, UPLINK } from './paper-gateway';

/** Numbers from a seed, the same on every machine. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface PaperModel {
  readonly gateway: PaperGateway;
  readonly segments: readonly Segment[];
  readonly flows: readonly DeclaredFlow[];
}

type Protocol = 'tcp' | 'udp' | 'icmp';

/** A random site: segments, flows between parts of them, and a gateway that lets through just these. */
export function paperModel(seed: number): PaperModel {
  const pick = random(seed);
  const count = 3 + pick(2);
  const inner = Array.from({ length: count }, (_, i) => ({ name: `z${i}`, interface: `eth1.${10 + i}`, cidr: `10.${10 + i}.0.0/24` }));
  const trusting = pick(2) === 0;
  const zones = [
    { name: UPLINK, interfaces: { eth0: '203.0.113.0/24' }, intra: 'accept' as const },
    ...inner.map(({ name, interface: port, cidr }, i) => ({
      name,
      // The first zone may have two segments, which then trust each other.
      interfaces: { [port]: cidr, ...(i === 0 && trusting && { 'eth1.99': '10.99.0.0/24' }) },
      intra: 'accept' as const,
    })),
  ];
  const sets = new Map<string, PaperSet>();
  const flows: DeclaredFlow[] = [];
  const add = (from: string, to: string, rules: readonly PaperRule[]) => {
    const set = sets.get(`${from} ${to}`) ?? { from, to, rules: [], otherwise: 'drop' as const, bound: true };
    sets.set(`${from} ${to}`, { ...set, rules: [...set.rules, ...rules] });
  };
  const declare = (from: DeclaredEnd, to: DeclaredEnd, protocol: Protocol, ports?: readonly [number, number]) => {
    flows.push({ from, to, port: protocol === 'icmp' ? Port.icmp() : Port.range(protocol, ...(ports as [number, number])) });
  };
  for (let n = 0; n < 4 + pick(5); n++) {
    const from = inner[pick(count)] as (typeof inner)[number];
    const to = inner[pick(count)] as (typeof inner)[number];
    if (from === to) continue;
    const protocol = (['tcp', 'udp', 'icmp'] as const)[pick(3)] as Protocol;
    const first = 20 + 40 * n + pick(20);
    const ports = protocol === 'icmp' ? undefined : ([first, first + pick(3)] as const);
    const source = partOf(from.cidr, pick);
    const destination = partOf(to.cidr, pick);
    const rule = { protocol, ...(ports && { ports: [ports] }), destination: { prefixes: destination } };
    const whole = source.length === 1 && source[0]?.endsWith('/25');
    if (whole && pick(2) === 0) {
      // Half of the segment, said by a rule that drops the other half and one that accepts all.
      const other = source[0]?.includes('.128/') ? from.cidr.replace('/24', '/25') : from.cidr.replace('.0/24', '.128/25');
      add(from.name, to.name, [
        { ...rule, action: 'drop', source: { prefixes: [other] } },
        { ...rule, action: 'accept', source: { prefixes: [from.cidr] } },
      ]);
    } else add(from.name, to.name, [{ ...rule, action: 'accept', source: { prefixes: source } }]);
    declare(endOf(from.name, source), endOf(to.name, destination), protocol, ports);
  }
  const client = inner[0] as (typeof inner)[number];
  const outside = { prefixes: [...zones.flatMap(zone => Object.values(zone.interfaces))], negated: true };
  add(client.name, UPLINK, [
    { action: 'accept', protocol: 'tcp', ports: [[443, 443]], source: { prefixes: [client.cidr] }, destination: outside },
  ]);
  declare(endOf(client.name, [client.cidr]), INTERNET, 'tcp', [443, 443]);
  const server = (inner[count - 1] as (typeof inner)[number]).cidr.replace('0/24', '80');
  add(UPLINK, `z${count - 1}`, [
    { action: 'accept', protocol: 'tcp', ports: [[8443, 8443]], destination: { prefixes: [`${server}/32`] }, source: outside },
  ]);
  declare(INTERNET, endOf('server', [`${server}/32`]), 'tcp', [8443, 8443]);
  const segments = zones.flatMap(zone =>
    Object.values(zone.interfaces).map((cidr): Segment => {
      const gateway = zone.name === UPLINK ? '203.0.113.1' : cidr.replace('0/24', '1');
      const zoned = Object.keys(zone.interfaces).length > 1 && { zone: zone.name };
      return { name: cidr, path: `lab/${cidr}`, addresses: { 4: addressesOf([cidr], 4), 6: [] }, gateways: [gateway], ...zoned };
    }),
  );
  const forwards = [{ port: 443, target: server, targetPort: 8443 }];
  return {
    gateway: { zones, sets: [...sets.values()], forwards, masqueraded: [client.cidr], stateful: true, online: true },
    segments,
    flows,
  };
}

const INTERNET: DeclaredEnd = { path: 'lab/internet', internet: true, addresses: { 4: addressesOf(['0.0.0.0/0'], 4), 6: [] } };

function endOf(path: string, prefixes: readonly string[]): DeclaredEnd {
  return { path: `lab/${path}`, internet: false, addresses: { 4: addressesOf(prefixes, 4), 6: [] } };
}

/** The whole segment, a half, a host, or three of them. */
function partOf(cidr: string, pick: (below: number) => number): string[] {
  const host = (offset: number) => `${cidr.replace('0/24', String(10 + offset + pick(20)))}/32`;
  switch (pick(5)) {
    case 0:
      return [cidr];
    case 1:
      return [pick(2) === 0 ? cidr.replace('/24', '/25') : cidr.replace('.0/24', '.128/25')];
    case 2:
      return [host(0), host(50), host(100)];
    default:
      return [host(0)];
  }
}
