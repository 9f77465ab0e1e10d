import { Port } from '@ashlar/core';
import { Network } from '../../../packages/reachability/src/network';
import { Reachability } from '../../../packages/reachability/src/reachability';
import { readVyos } from '../../../packages/reachability/src/vyos/read-vyos';
import { boundsOf, configText, type PaperGateway } from '../../../packages/reachability/test/mutation/paper-gateway';
import { type PaperModel, paperModel, random } from '../../../packages/reachability/test/mutation/paper-model';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { nftText } from './nft-text';
import { Namespace, type Probe, refusal } from './wires';

const SEEDS = [1, 2, 3, 4, 5, 6];
const PROBES = 120;
const FAR = '198.51.100.7';

describeWith(['nft'], 'the Linux kernel as a router', () => {
  const refused = refusal();
  if (refused !== undefined) {
    // The only skip that CI allows too: whether the kernel has namespaces is not for us to install.
    test.skip(`SKIPPED: the kernel refuses network namespaces: ${refused}`, () => undefined);
    return;
  }
  const verdict = new Verdict('Linux netfilter, packets through namespaces');
  const alive: Namespace[] = [];
  afterEach(() => {
    for (const namespace of alive.splice(0)) namespace.end();
  });
  const wired = (gateway: PaperGateway, hosts: readonly string[]) => {
    const lab = wires(gateway, hosts, () => {
      const namespace = new Namespace();
      alive.push(namespace);
      return namespace;
    });
    lab.router.rules(nftText(gateway));
    return lab;
  };

  test.each(SEEDS)('site %d: whom the evaluator says somebody reaches, the kernel lets through, and nobody else', seed => {
    const model = paperModel(seed);
    const probes = sampled(model, seed);
    const lab = wired(model.gateway, hostsOf(model));
    const said = probes.map(probe => asked(model, probe));
    const seen = lab.probe(probes);
    const faults = probes.filter((_, i) => said[i] !== seen[i]).map((probe, i) => ({ ...probe, said: said[i] }));
    verdict.took(probes.length, faults.length);
    expect(faults).toEqual([]);
    expect(new Set(seen).size).toBe(2);
  });

  test('a port forward leads to the port of the host that it names', () => {
    const model = paperModel(1);
    const [{ port, target, targetPort } = { port: 0, target: '', targetPort: 0 }] = model.gateway.forwards;
    const lab = wired(model.gateway, hostsOf(model));
    expect(asked(model, { source: FAR, destination: target, protocol: 'tcp', port: targetPort })).toBe(true);
    expect(lab.probe([{ source: FAR, destination: '203.0.113.2', protocol: 'tcp', port }])).toEqual([true]);
    verdict.took(1);
  });

  test('a range of ports that leads to another one leads to its first port', () => {
    const model = paperModel(1);
    const target = model.gateway.forwards[0]?.target as string;
    const lab = wired(model.gateway, hostsOf(model));
    lab.router.rules(`table ip paper {
      chain forward {\ntype filter hook forward priority 0; policy drop;\nct state established,related accept\ntcp dport 7000 accept\n}
      chain prerouting {\ntype nat hook prerouting priority -100;\niifname "eth0" tcp dport 27000-27010 dnat to ${target}:7000-7010\n}
    }`);
    // 7005 would be dropped.
    expect(lab.probe([{ source: FAR, destination: '203.0.113.2', protocol: 'tcp', port: 27_005 }])).toEqual([true]);
    verdict.took(1);
  });

  test.each([
    [
      'a default that accepts',
      (gateway: PaperGateway) => ({ ...gateway, sets: gateway.sets.map(set => ({ ...set, otherwise: 'accept' as const })) }),
    ],
    ['no state', (gateway: PaperGateway) => ({ ...gateway, stateful: false })],
    ['sets that no zone names', (gateway: PaperGateway) => ({ ...gateway, sets: gateway.sets.map(set => ({ ...set, bound: false })) })],
    ['no translation', (gateway: PaperGateway) => ({ ...gateway, masqueraded: [] })],
  ])('broken: a kernel with %s is told from the one that was evaluated', (_, spoil) => {
    const model = paperModel(2);
    const probes = sampled(model, 2);
    const lab = wired(spoil(model.gateway), hostsOf(model));
    const seen = lab.probe(probes);
    const told = probes.some((probe, i) => asked(model, probe) !== seen[i]);
    verdict.sawBroken(told);
    expect(told).toBe(true);
  });
});

function asked({ gateway, segments }: PaperModel, { source, destination, protocol, port }: Probe): boolean {
  const network = new Network(segments, [readVyos('devices/vyos/gw/config.boot', configText(gateway))]);
  return Reachability.of(network).ask({ from: source, to: destination, port: Port[protocol](port) }).reachable;
}

/** Hosts on either side of every bound that a rule has, as far as they are addresses of hosts. */
function hostsOf({ gateway }: PaperModel): string[] {
  const prefixes = gateway.sets.flatMap(set =>
    set.rules.flatMap(rule => [...(rule.source?.prefixes ?? []), ...(rule.destination?.prefixes ?? [])]),
  );
  const cidrs = gateway.zones.flatMap(zone => Object.values(zone.interfaces)).filter(cidr => cidr.startsWith('10.'));
  const near = [
    ...prefixes.map(boundsOf).flatMap(([first, last]) => [first - 1, first, last, last + 1]),
    ...cidrs.map(cidr => boundsOf(cidr)[0] + 9),
  ];
  const usable = near.filter(address => address % 256 > 1 && address % 256 < 255 && cidrs.some(cidr => isIn(cidr, address)));
  return [...new Set(usable)].sort((a, b) => a - b).map(textOf);
}

function sampled(model: PaperModel, seed: number): Probe[] {
  const pick = random(seed);
  const hosts = [...hostsOf(model), FAR];
  const rules = model.gateway.sets.flatMap(set => set.rules);
  const ports = [...new Set([9, ...rules.flatMap(rule => (rule.ports ?? []).flatMap(([from, to]) => [from - 1, from, to, to + 1]))])];
  const segmentOf = (host: string) => model.segments.find(s => isIn(s.name, boundsOf(host)[0]))?.name;
  const probes = new Map<string, Probe>();
  // Half of them are about what some rule says, since of any packets hardly one passes.
  for (let tries = 0; probes.size < PROBES && tries < 100 * PROBES; tries++) {
    const rule = tries % 2 === 0 ? rules[pick(rules.length)] : undefined;
    const among = (prefixes: readonly string[] | undefined) => {
      const own = prefixes ? hosts.filter(host => prefixes.some(prefix => isIn(prefix, boundsOf(host)[0]))) : hosts;
      return own[pick(own.length)];
    };
    const source = among(rule?.source?.negated ? [`${FAR}/32`] : rule?.source?.prefixes);
    const destination = among(rule?.destination?.negated ? [`${FAR}/32`] : rule?.destination?.prefixes);
    if (!source || !destination || segmentOf(source) === segmentOf(destination) || source === FAR) continue;
    const protocol = rule?.protocol === 'udp' || (rule === undefined && pick(2) === 0) ? 'udp' : 'tcp';
    const probe: Probe = { source, destination, protocol, port: rule?.ports?.[0]?.[0] ?? (ports[pick(ports.length)] as number) };
    probes.set(JSON.stringify(probe), probe);
  }
  return [...probes.values()];
}

/** A router with a host on each of its interfaces, which has all the addresses of its segment. */
function wires(gateway: PaperGateway, hosts: readonly string[], create: () => Namespace) {
  const router = create();
  const places = gateway.zones
    .flatMap(zone => Object.entries(zone.interfaces))
    .map(([name, cidr]) => {
      const host = create();
      router.wire(name, host);
      const isUplink = name === 'eth0';
      router.run(`ip addr add ${isUplink ? '203.0.113.2/24' : cidr.replace('0/24', '1/24')} dev ${name}`);
      const own = isUplink ? ['203.0.113.1', FAR] : hosts.filter(address => isIn(cidr, boundsOf(address)[0]));
      for (const address of own) host.run(`ip addr add ${address}/${address === FAR ? 32 : 24} dev eth0`);
      // The Internet has no route to private addresses.
      if (!isUplink) host.run(`ip route add default via ${cidr.replace('0/24', '1')}`);
      return { host, own };
    });
  router.run('ip route add default via 203.0.113.1');
  const probe = (probes: readonly Probe[]): boolean[] => {
    const answers = new Map<Probe, boolean>();
    for (const { host, own } of places) {
      const mine = probes.filter(one => own.includes(one.source));
      if (mine.length > 0) for (const [i, answered] of host.probe(mine).entries()) answers.set(mine[i] as Probe, answered);
    }
    return probes.map(one => answers.get(one) ?? false);
  };
  return { router, probe };
}

function isIn(prefix: string, address: number): boolean {
  const [first, last] = boundsOf(prefix);
  return first <= address && address <= last;
}

function textOf(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map(unit => Math.floor(address / unit) % 256).join('.');
}
