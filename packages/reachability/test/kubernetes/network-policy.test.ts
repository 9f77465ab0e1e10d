import type { ClusterNetwork } from '../../src/kubernetes/read-kubernetes';
import { decision, type Packet } from '../chains/packet';
import { deployment, group, namespace, networkPolicy, read } from './manifests';

const WEB = group('shop', { app: 'web' });
const DB = group('shop', { app: 'db' });
const OTHER = group('other', { app: 'web' });
const PACKET: Packet = { source: '192.0.2.1', destination: '192.0.2.2', protocol: 'tcp', port: 80 };

type Objects = Parameters<typeof read>[0];

const between = (objects: Objects, from = WEB, to = DB, packet: Partial<Packet> = {}, network?: ClusterNetwork) =>
  decision(read(objects, network).between(from, to), { ...PACKET, ...packet }) === 'accept';
const leaving = (objects: Objects, destination: string, packet: Partial<Packet> = {}, from = WEB) =>
  decision(read(objects).leaving(from), { ...PACKET, source: destination, destination, ...packet }) === 'accept';
const entering = (objects: Objects, source: string, packet: Partial<Packet> = {}, to = WEB) =>
  decision(read(objects).entering(to), { ...PACKET, source, destination: source, ...packet }) === 'accept';

describe('isolation', () => {
  test('a pod that no policy selects is open in both directions', () => {
    expect([between([]), leaving([], '192.0.2.9'), entering([], '192.0.2.9')]).toEqual([true, true, true]);
    expect(between([networkPolicy({}, 'other')])).toBe(true);
    expect(between([networkPolicy({ podSelector: { matchLabels: { app: 'else' } } })])).toBe(true);
  });

  test('a policy without rules closes what it selects', () => {
    const deny = networkPolicy({});
    expect([between([deny]), entering([deny], '192.0.2.9'), leaving([deny], '192.0.2.9')]).toEqual([false, false, true]);
  });

  test('without policyTypes it is about ingress, and about egress when it has a rule for it', () => {
    const open = { to: [{ podSelector: {} }] };
    expect(leaving([networkPolicy({ egress: [open] })], '192.0.2.9')).toBe(false);
    expect(leaving([networkPolicy({ egress: [] })], '192.0.2.9')).toBe(true);
    expect(entering([networkPolicy({ egress: [open] })], '192.0.2.9')).toBe(false);
  });

  test('with policyTypes it is about those, whatever rules it has', () => {
    expect(leaving([networkPolicy({ policyTypes: ['Egress'] })], '192.0.2.9')).toBe(false);
    expect(entering([networkPolicy({ policyTypes: ['Egress'] })], '192.0.2.9')).toBe(true);
    expect(entering([networkPolicy({ policyTypes: ['Egress'], ingress: [] })], '192.0.2.9')).toBe(true);
  });

  test('both ends must let a connection through', () => {
    const out = networkPolicy({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 80 }, { port: 81 }] }],
    });
    const into = networkPolicy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: [{ port: 81 }, { port: 82 }] }] });
    expect([80, 81, 82].map(port => between([out, into], WEB, DB, { port }))).toEqual([false, true, false]);
  });

  test('policies add up', () => {
    const some = (port: number) => networkPolicy({ ingress: [{ ports: [{ port }] }] });
    expect([80, 81, 82].map(port => between([networkPolicy({}), some(80), some(81)], WEB, DB, { port }))).toEqual([true, true, false]);
  });
});

describe('peers', () => {
  const from = (...peers: readonly object[]) => [networkPolicy({ ingress: [{ from: peers }] }), namespace('other', { team: 'b' })];

  test('without peers everybody is meant', () => {
    expect([between(from()), between(from(), OTHER), entering(from(), '192.0.2.9')]).toEqual([true, true, true]);
  });

  test('a selector of pods means those of the own namespace', () => {
    expect([
      between(from({ podSelector: {} })),
      between(from({ podSelector: {} }), OTHER),
      entering(from({ podSelector: {} }), '192.0.2.9'),
    ]).toEqual([true, false, false]);
    expect(between(from({ podSelector: { matchLabels: { app: 'db' } } }))).toBe(false);
  });

  test('a selector of namespaces means all their pods; its name is a label of each', () => {
    const team = { namespaceSelector: { matchLabels: { team: 'b' } } };
    expect([between(from(team)), between(from(team), OTHER)]).toEqual([false, true]);
    const named = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
    expect(between(from(named), group('kube-system', { app: 'x' }))).toBe(true);
  });

  test('both in one entry mean both, in two entries either', () => {
    const [namespaceSelector, podSelector] = [{ matchLabels: { team: 'b' } }, { matchLabels: { app: 'web' } }];
    expect([between(from({ namespaceSelector, podSelector })), between(from({ namespaceSelector, podSelector }), OTHER)]).toEqual([
      false,
      true,
    ]);
    expect([between(from({ namespaceSelector }, { podSelector })), between(from({ namespaceSelector }, { podSelector }), OTHER)]).toEqual([
      true,
      true,
    ]);
  });

  test('expressions ask for values, or that a label is there', () => {
    const by = (expression: object) => between(from({ podSelector: { matchExpressions: [{ key: 'app', ...expression }] } }));
    expect([by({ operator: 'In', values: ['web', 'x'] }), by({ operator: 'In', values: ['x'] })]).toEqual([true, false]);
    expect([by({ operator: 'NotIn', values: ['web'] }), by({ operator: 'NotIn', values: ['x'] })]).toEqual([false, true]);
    expect([by({ operator: 'Exists' }), by({ operator: 'DoesNotExist' })]).toEqual([true, false]);
    expect(by({ key: 'tier', operator: 'NotIn', values: ['web'] })).toBe(true);
  });

  test('a block of addresses is about the world outside, without its exceptions', () => {
    const block = from({ ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.64/26'] } });
    expect([
      entering(block, '192.0.2.9'),
      entering(block, '192.0.2.70'),
      entering(block, '198.51.100.1'),
      entering(block, '2001:db8::1'),
    ]).toEqual([true, false, false, false]);
    expect(between(block)).toBe(false);
  });

  test('a block that meets the network of the pods may mean any of them', () => {
    const all = from({ ipBlock: { cidr: '0.0.0.0/0' } });
    const pods = ['10.42.0.0/16', '2001:db8:42::/56'];
    expect([between(all), between(all, WEB, DB, {}, { pods })]).toEqual([false, true]);
    expect(between(from({ ipBlock: { cidr: '10.43.0.0/16' } }), WEB, DB, {}, { pods })).toBe(false);
  });

  test('labels of the template count, not only those that the pods are named by', () => {
    const objects = [
      deployment({ app: 'web', tier: 'front' }),
      networkPolicy({ ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'front' } } }] }] }),
    ];
    expect([between(objects), between(objects.slice(1))]).toEqual([true, false]);
  });
});

describe('ports', () => {
  const on = (port: object, packet: Partial<Packet>, more: Objects = []) =>
    between([networkPolicy({ ingress: [{ ports: [port] }] }), ...more], WEB, DB, packet);

  test('a port is of TCP unless it says otherwise, and of every number without one', () => {
    expect([on({ port: 80 }, {}), on({ port: 80 }, { protocol: 'udp' }), on({ port: 80, protocol: 'UDP' }, { protocol: 'udp' })]).toEqual([
      true,
      false,
      true,
    ]);
    expect([on({ protocol: 'SCTP' }, { protocol: 'sctp', port: 9 }), on({ protocol: 'SCTP' }, {})]).toEqual([true, false]);
  });

  test('a range ends with endPort', () => {
    expect([79, 80, 90, 91].map(port => on({ port: 80, endPort: 90 }, { port }))).toEqual([false, true, true, false]);
  });

  test('without ports every protocol passes', () => {
    expect(between([networkPolicy({ ingress: [{}] })], WEB, DB, { protocol: 'icmp', port: 8 })).toBe(true);
  });

  test('a name is the port that the containers of the destination give it', () => {
    const pods = [deployment({ app: 'db' }, [{ name: 'sql', containerPort: 5432 }])];
    expect([
      on({ port: 'sql' }, { port: 5432 }, pods),
      on({ port: 'sql' }, { port: 80 }, pods),
      on({ port: 'web' }, { port: 5432 }, pods),
    ]).toEqual([true, false, false]);
    expect(on({ port: 'sql', protocol: 'UDP' }, { port: 5432, protocol: 'udp' }, pods)).toBe(false);
    const out = networkPolicy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'sql' }] }] });
    expect([5432, 80].map(port => between([out, ...pods], WEB, DB, { port }))).toEqual([true, false]);
  });
});

describe('addresses outside', () => {
  test('egress names destinations, ingress sources', () => {
    const both = networkPolicy({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
      egress: [{ to: [{ ipBlock: { cidr: '2001:db8::/32' } }], ports: [{ port: 443 }] }],
    });
    expect([entering([both], '192.0.2.1'), leaving([both], '192.0.2.1')]).toEqual([true, false]);
    expect([leaving([both], '2001:db8::1', { port: 443 }), leaving([both], '2001:db8::1')]).toEqual([true, false]);
  });
});
