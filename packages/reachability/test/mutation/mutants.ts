import type { PaperAddresses, PaperGateway, PaperRule, PaperSet } from './paper-gateway';

export interface Mutant {
  readonly what: string;
  readonly gateway: PaperGateway;
}

/** Every gateway that differs in one thing from this one. */
export function mutantsOf(gateway: PaperGateway): Mutant[] {
  const { sets, zones } = gateway;
  const withSet = (i: number, set: PaperSet): PaperGateway => ({ ...gateway, sets: sets.map((s, at) => (at === i ? set : s)) });
  const ofSets = sets.flatMap((set, i): Mutant[] => {
    const name = `${set.from}-${set.to}`;
    const withRules = (what: string, rules: readonly PaperRule[]): Mutant => ({
      what: `${name}: ${what}`,
      gateway: withSet(i, { ...set, rules }),
    });
    const ofRules = set.rules.flatMap((rule, at) => [
      withRules(
        `rule ${at} deleted`,
        set.rules.filter((_, n) => n !== at),
      ),
      withRules(`rule ${at} twice`, [...set.rules, rule]),
      ...(at > 0 ? [withRules(`rules ${at - 1} and ${at} swapped`, swapped(set.rules, at))] : []),
      ...changed(rule).map(({ what, rule: other }) =>
        withRules(
          `rule ${at}: ${what}`,
          set.rules.map((r, n) => (n === at ? other : r)),
        ),
      ),
    ]);
    return [
      ...ofRules,
      { what: `${name}: default accept`, gateway: withSet(i, { ...set, otherwise: 'accept' }) },
      { what: `${name}: from removed`, gateway: withSet(i, { ...set, bound: false }) },
    ];
  });
  const ofZones = zones.flatMap((zone, i): Mutant[] => [
    { what: `${zone.name}: filtered inside`, gateway: { ...gateway, zones: zones.map((z, n) => (n === i ? { ...z, intra: 'drop' } : z)) } },
  ]);
  const [first, second] = zones.slice(1);
  const moved = first &&
    second && {
      what: `segments of ${second.name} moved to ${first.name}`,
      gateway: {
        ...gateway,
        zones: zones.map(z =>
          z === first ? { ...z, interfaces: { ...z.interfaces, ...second.interfaces } } : z === second ? { ...z, interfaces: {} } : z,
        ),
      },
    };
  return [
    ...ofSets,
    ...ofZones,
    ...(moved ? [moved] : []),
    { what: 'no masquerade', gateway: { ...gateway, masqueraded: [] } },
    { what: 'masquerade for all', gateway: { ...gateway, masqueraded: ['10.0.0.0/8'] } },
    { what: 'no answers', gateway: { ...gateway, stateful: false } },
    { what: 'no default route', gateway: { ...gateway, online: false } },
    { what: 'no forward', gateway: { ...gateway, forwards: [] } },
    {
      what: 'forward to another port',
      gateway: { ...gateway, forwards: gateway.forwards.map(f => ({ ...f, targetPort: f.targetPort + 1 })) },
    },
    {
      what: 'forward to another host',
      gateway: { ...gateway, forwards: gateway.forwards.map(f => ({ ...f, target: f.target.replace(/80$/, '81') })) },
    },
  ];
}

function changed(rule: PaperRule): { what: string; rule: PaperRule }[] {
  const { source, destination, ports, protocol } = rule;
  const others = (['tcp', 'udp', 'tcp_udp'] as const).filter(p => p !== protocol);
  return [
    { what: 'other action', rule: { ...rule, action: rule.action === 'accept' ? 'drop' : 'accept' } },
    { what: 'disabled', rule: { ...rule, disabled: true } },
    ...(['source', 'destination'] as const).flatMap(side => {
      return addresses(rule[side]).map(({ what, set }) => ({ what: `${side} ${what}`, rule: { ...rule, [side]: set } }));
    }),
    ...(ports ? others.map(p => ({ what: `protocol ${p}`, rule: { ...rule, protocol: p } })) : []),
    ...(ports ? portsOf(ports).map(({ what, set }) => ({ what, rule: { ...rule, ports: set } })) : []),
    ...(ports ? [{ what: 'no port', rule: { action: rule.action, protocol, source, destination } as PaperRule }] : []),
    ...(ports ? [] : [{ what: 'every protocol', rule: { ...rule, protocol: 'all' as const } }]),
  ];
}

function addresses(set: PaperAddresses | undefined): { what: string; set: PaperAddresses | undefined }[] {
  if (!set) return [];
  const [first = '', ...rest] = set.prefixes;
  const [ip, length] = first.split('/') as [string, string];
  const wider = Number(length) - 1;
  return [
    { what: 'removed', set: undefined },
    { what: 'negated', set: { ...set, negated: !set.negated } },
    { what: 'wider', set: { ...set, prefixes: [`${masked(ip, wider)}/${wider}`, ...rest] } },
    ...(length !== '32' ? [{ what: 'narrower', set: { ...set, prefixes: [`${ip}/${Number(length) + 1}`, ...rest] } }] : []),
    ...(rest.length > 0 ? [{ what: 'without one', set: { ...set, prefixes: rest } }] : []),
  ];
}

function masked(ip: string, length: number): string {
  const number = ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);
  const size = 2 ** (32 - length);
  const first = Math.floor(number / size) * size;
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map(unit => Math.floor(first / unit) % 256).join('.');
}

function portsOf(ports: readonly (readonly [number, number])[]): { what: string; set: [number, number][] }[] {
  const [[from, to] = [1, 1], ...rest] = ports.map(([a, b]): [number, number] => [a, b]);
  return [
    { what: 'port wider', set: [[from, to + 1], ...rest] },
    { what: 'port lower', set: [[from - 1, to], ...rest] },
    { what: 'other port', set: [[from + 500, to + 500], ...rest] },
  ];
}

function swapped<T>(items: readonly T[], at: number): T[] {
  const copy = [...items];
  [copy[at - 1], copy[at]] = [copy[at] as T, copy[at - 1] as T];
  return copy;
}
