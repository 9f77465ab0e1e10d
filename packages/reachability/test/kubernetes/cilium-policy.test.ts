import type { ClusterNetwork } from '../../src/kubernetes/read-kubernetes';
import { deciding, decision, type Packet } from '../chains/packet';
import { ciliumPolicy, clusterwidePolicy, deployment, group, namespace, networkPolicy, read } from './manifests';

const WEB = group('shop', { app: 'web' });
const DB = group('shop', { app: 'db' });
const OTHER = group('other', { app: 'web' });
const PACKET: Packet = { source: '192.0.2.1', destination: '192.0.2.2', protocol: 'tcp', port: 80 };
const MACHINES = { machines: ['10.20.0.4', '10.20.0.6'] };

type Objects = Parameters<typeof read>[0];

const between = (objects: Objects, from = WEB, to = DB, packet: Partial<Packet> = {}) =>
  decision(read(objects).between(from, to), { ...PACKET, ...packet }) === 'accept';
const leaving = (objects: Objects, destination: string, packet: Partial<Packet> = {}, network?: ClusterNetwork) =>
  decision(read(objects, network).leaving(WEB), { ...PACKET, source: destination, destination, ...packet }) === 'accept';
const entering = (objects: Objects, source: string, packet: Partial<Packet> = {}, network?: ClusterNetwork) =>
  decision(read(objects, network).entering(WEB), { ...PACKET, source, destination: source, ...packet }) === 'accept';

describe('isolation', () => {
  test('a section that has a rule closes its direction; an empty one or none does not', () => {
    expect([between([ciliumPolicy({ ingress: [{}] })]), between([ciliumPolicy({ ingress: [] })]), between([ciliumPolicy({})])]).toEqual([
      false,
      true,
      true,
    ]);
    expect([leaving([ciliumPolicy({ ingress: [{}] })], '192.0.2.9'), leaving([ciliumPolicy({ egress: [{}] })], '192.0.2.9')]).toEqual([
      true,
      false,
    ]);
  });

  test('unless it says that it does not', () => {
    expect(between([ciliumPolicy({ ingress: [{}], enableDefaultDeny: { ingress: false } })])).toBe(true);
    expect(between([ciliumPolicy({ enableDefaultDeny: { ingress: true } })])).toBe(false);
  });

  test('a denial goes before whatever is allowed, by whichever kind of policy', () => {
    const denied = ciliumPolicy({
      ingressDeny: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }],
      enableDefaultDeny: { ingress: false },
    });
    const all = ciliumPolicy({ ingress: [{ fromEndpoints: [{}] }] });
    expect([between([denied]), between([denied], WEB, DB, { port: 81 })]).toEqual([false, true]);
    expect([between([all, denied]), between([all, denied], WEB, DB, { port: 81 })]).toEqual([false, true]);
    expect(between([networkPolicy({ ingress: [{}] }), denied])).toBe(false);
  });

  test('what one kind of policy allows the other does not take away', () => {
    expect([between([networkPolicy({})]), between([networkPolicy({}), ciliumPolicy({ ingress: [{ fromEndpoints: [{}] }] })])]).toEqual([
      false,
      true,
    ]);
  });

  test('several specs stand in one policy', () => {
    const { spec, ...policy } = ciliumPolicy({}) as { spec: object };
    const specs = [
      { ...spec, ingress: [{}] },
      { ...spec, ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }] }] },
    ];
    expect([between([{ ...policy, specs }]), between([{ ...policy, specs }], DB, DB)]).toEqual([true, false]);
  });
});

describe('endpoints', () => {
  const from = (...fromEndpoints: readonly object[]) => [ciliumPolicy({ ingress: [{ fromEndpoints }] }), namespace('other', { team: 'b' })];

  test('labels may say where they come from', () => {
    for (const key of ['app', 'any:app', 'k8s:app']) {
      expect([between(from({ matchLabels: { [key]: 'web' } })), between(from({ matchLabels: { [key]: 'x' } }))]).toEqual([true, false]);
    }
  });

  test('without a namespace the own one is meant', () => {
    expect([between(from({})), between(from({}), OTHER), entering(from({}), '192.0.2.9')]).toEqual([true, false, false]);
    expect([
      between(from({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } }), OTHER),
      between(from({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } })),
    ]).toEqual([true, false]);
    const any = { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] };
    expect([between(from(any)), between(from(any), OTHER)]).toEqual([true, true]);
    expect(between(from({ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'b' } }), OTHER)).toBe(true);
  });

  test('a list without a selector means nobody', () => {
    expect(between([ciliumPolicy({ ingress: [{ fromEndpoints: [], toPorts: [{ ports: [{ port: '80' }] }] }] })])).toBe(false);
  });

  test('a policy of the whole cluster is about every namespace', () => {
    const deny = clusterwidePolicy({ ingress: [{}] });
    const open = clusterwidePolicy({ ingress: [{ fromEndpoints: [{}] }] });
    expect([between([deny]), between([deny], WEB, OTHER), between([open], WEB, OTHER), between([open], OTHER, WEB)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('entities', () => {
  const from = (...fromEntities: readonly string[]) => [ciliumPolicy({ ingress: [{ fromEntities }] })];

  test('all is everybody, world is outside, cluster is inside', () => {
    expect([
      between(from('all')),
      between(from('world')),
      entering(from('all'), '192.0.2.9'),
      entering(from('world'), '192.0.2.9'),
    ]).toEqual([true, false, true, true]);
    const inside = read(from('cluster'), MACHINES);
    expect([decision(inside.between(WEB, DB), PACKET), decision(inside.entering(WEB), PACKET)]).toEqual(['accept', 'drop']);
  });

  test('world may be of one family', () => {
    expect([
      entering(from('world-ipv4'), '192.0.2.9'),
      entering(from('world-ipv4'), '2001:db8::1'),
      entering(from('world-ipv6'), '2001:db8::1'),
    ]).toEqual([true, false, true]);
  });

  test('machines are those that were named, and not the world', () => {
    const api = [ciliumPolicy({ egress: [{ toEntities: ['kube-apiserver'] }] })];
    expect([leaving(api, '10.20.0.4', {}, MACHINES), leaving(api, '10.20.0.5', {}, MACHINES)]).toEqual([true, false]);
    const world = [ciliumPolicy({ egress: [{ toEntities: ['world'] }] })];
    expect([leaving(world, '10.20.0.4', {}, MACHINES), leaving(world, '10.20.0.5', {}, MACHINES)]).toEqual([false, true]);
    expect(leaving([ciliumPolicy({ egress: [{ toCIDR: ['10.20.0.0/24'] }] })], '10.20.0.4', {}, MACHINES)).toBe(false);
  });

  test('nobody is meant by none', () => {
    expect([between(from('none')), entering(from('none'), '192.0.2.9')]).toEqual([false, false]);
  });
});

describe('addresses and names', () => {
  test('prefixes are about the world outside, without their exceptions', () => {
    const plain = [ciliumPolicy({ egress: [{ toCIDR: ['192.0.2.0/24', '2001:db8::/32'] }] })];
    expect([leaving(plain, '192.0.2.9'), leaving(plain, '198.51.100.1'), leaving(plain, '2001:db8::1'), between(plain)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const set = [ciliumPolicy({ egress: [{ toCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.64/26'] }] }] })];
    expect([leaving(set, '192.0.2.9'), leaving(set, '192.0.2.70')]).toEqual([true, false]);
  });

  test('a group of prefixes is named', () => {
    const cidrs = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumCIDRGroup',
      metadata: { name: 'partners' },
      spec: { externalCIDRs: ['192.0.2.0/24'] },
    };
    const objects = [cidrs, ciliumPolicy({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'partners', except: ['192.0.2.9/32'] }] }] })];
    expect([leaving(objects, '192.0.2.1'), leaving(objects, '192.0.2.9')]).toEqual([true, false]);
  });

  test('names of DNS may be any address outside, and the rule says so', () => {
    const objects = [
      ciliumPolicy({ egress: [{ toFQDNs: [{ matchName: 'api.example.net' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] }] }),
    ];
    expect([leaving(objects, '192.0.2.1', { port: 443 }), leaving(objects, '192.0.2.1'), between(objects, WEB, DB, { port: 443 })]).toEqual(
      [true, false, false],
    );
    const rule = deciding(read(objects).leaving(WEB), { ...PACKET, port: 443 });
    expect(rule?.name).toBe('kubernetes/prod/0.yaml: CiliumNetworkPolicy shop/policy spec egress 1 (to addresses that DNS tells)');
  });
});

describe('ports', () => {
  const on = (port: object, packet: Partial<Packet>, more: Objects = []) =>
    between([ciliumPolicy({ ingress: [{ toPorts: [{ ports: [port] }] }] }), ...more], WEB, DB, packet);

  test('a port without a protocol is of TCP, UDP and SCTP, and 0 is every port', () => {
    expect((['tcp', 'udp', 'sctp', 'icmp'] as const).map(protocol => on({ port: '80' }, { protocol }))).toEqual([true, true, true, false]);
    expect([on({ port: '0', protocol: 'UDP' }, { protocol: 'udp', port: 9 }), on({ port: '0', protocol: 'UDP' }, {})]).toEqual([
      true,
      false,
    ]);
    expect([79, 80, 90, 91].map(port => on({ port: '80', endPort: 90, protocol: 'TCP' }, { port }))).toEqual([false, true, true, false]);
  });

  test('a name is the port of the destination', () => {
    const pods = [deployment({ app: 'db' }, [{ name: 'sql', containerPort: 5432 }])];
    expect([on({ port: 'sql' }, { port: 5432 }, pods), on({ port: 'sql' }, { port: 5432, protocol: 'udp' }, pods)]).toEqual([true, false]);
  });

  test('rules of layer 7 let through, and the rule says that they restrict', () => {
    const objects = [
      ciliumPolicy({ ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] }] }),
    ];
    expect(deciding(read(objects).entering(WEB), PACKET)).toMatchObject({
      action: 'accept',
      name: 'kubernetes/prod/0.yaml: CiliumNetworkPolicy shop/policy spec ingress 1 (restricted by rules of layer 7)',
    });
  });

  test('types of ICMP are of a family', () => {
    const fields = [{ type: 8 }, { family: 'IPv6', type: 'EchoRequest' }];
    const objects = [ciliumPolicy({ ingress: [{ icmps: [{ fields }] }] })];
    const ping = (source: string, port: number) => entering(objects, source, { protocol: 'icmp', port });
    expect([ping('192.0.2.9', 8), ping('192.0.2.9', 128), ping('2001:db8::1', 128), ping('2001:db8::1', 8)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
