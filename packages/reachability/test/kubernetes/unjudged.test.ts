import { readKubernetes } from '../../src/kubernetes/read-kubernetes';
import type { PodPolicies } from '../../src/router';
import { ciliumPolicy, clusterwidePolicy, deployment, FOLDER, group, networkPolicy, read } from './manifests';

const WEB = group('shop', { app: 'web' });

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  return 'judged';
}

const NP = 'NetworkPolicy shop/policy spec';
const CNP = 'CiliumNetworkPolicy shop/policy spec';
const ports = [{ ports: [{ port: '80' }] }];

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['an unknown field', networkPolicy({ magic: 1 }), `${NP} magic 1 cannot be judged; write the rule without it`],
  ['no selector', networkPolicy({ podSelector: null }), `${NP} podSelector cannot be judged; write podSelector: {} for all pods`],
  ['an unknown type', networkPolicy({ policyTypes: ['Both'] }), `${NP} policyTypes cannot be judged; write Ingress or Egress`],
  [
    'an unknown protocol',
    networkPolicy({ ingress: [{ ports: [{ protocol: 'ICMP' }] }] }),
    `${NP} ingress 1 ports 1 protocol "ICMP" cannot be judged; write TCP, UDP or SCTP`,
  ],
  [
    'a range that ends before it begins',
    networkPolicy({ ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }),
    `${NP} ingress 1 ports 1 endPort 80 cannot be judged; write ports from 1 to 65535, the lower one first`,
  ],
  [
    'a range from a name',
    networkPolicy({ ingress: [{ ports: [{ port: 'web', endPort: 80 }] }] }),
    `${NP} ingress 1 ports 1 endPort 80 cannot be judged; write a number as port`,
  ],
  [
    'an empty peer',
    networkPolicy({ ingress: [{ from: [{}] }] }),
    `${NP} ingress 1 from 1 cannot be judged; write podSelector: {} for all pods of the namespace`,
  ],
  [
    'a block beside a selector',
    networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] }),
    `${NP} ingress 1 from 1 ipBlock cannot be judged; write it in an entry of its own`,
  ],
  [
    'a block that is none',
    networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: 'lan' } }] }] }),
    `${NP} ingress 1 from 1 ipBlock cidr "lan" cannot be judged; write a prefix`,
  ],
  [
    'an exception of another family',
    networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['2001:db8::/32'] } }] }] }),
    `${NP} ingress 1 from 1 ipBlock except cannot be judged; write prefixes of IPv4`,
  ],
  [
    'an unknown operator',
    networkPolicy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'Gt' }] } }),
    `${NP} podSelector matchExpressions 1 operator "Gt" cannot be judged; write In, NotIn, Exists or DoesNotExist`,
  ],
  [
    'another version',
    { ...networkPolicy({}), apiVersion: 'extensions/v1beta1' },
    'NetworkPolicy shop/policy apiVersion "extensions/v1beta1" cannot be judged; write networking.k8s.io/v1',
  ],
  [
    'a policy of another plugin',
    { ...networkPolicy({}), apiVersion: 'crd.projectcalico.org/v1', kind: 'GlobalNetworkPolicy' },
    'GlobalNetworkPolicy shop/policy cannot be judged; use NetworkPolicy',
  ],
  [
    'a policy of administrators',
    { ...networkPolicy({}), apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy' },
    'AdminNetworkPolicy shop/policy cannot be judged; use NetworkPolicy',
  ],
  [
    'a policy of machines',
    clusterwidePolicy({ endpointSelector: null, nodeSelector: {} }),
    'CiliumClusterwideNetworkPolicy policy spec nodeSelector cannot be judged; write the rule without it',
  ],
  [
    'two kinds of peers',
    ciliumPolicy({ ingress: [{ fromEndpoints: [{}], fromEntities: ['world'] }] }),
    `${CNP} ingress 1 fromEntities cannot be judged; write a rule of its own for it, apart from fromEndpoints`,
  ],
  ['services', ciliumPolicy({ egress: [{ toServices: [{}] }] }), `${CNP} egress 1 toServices cannot be judged; write the rule without it`],
  [
    'an unknown entity',
    ciliumPolicy({ ingress: [{ fromEntities: ['moon'] }] }),
    `${CNP} ingress 1 fromEntities moon cannot be judged; name all, world, cluster or kube-apiserver, or select pods`,
  ],
  [
    'machines that nobody named',
    ciliumPolicy({ ingress: [{ fromEntities: ['cluster'] }] }),
    `${CNP} ingress 1 fromEntities cluster cannot be judged; say which addresses the machines have, or write their addresses`,
  ],
  [
    'a denial that machines may be in',
    ciliumPolicy({ egressDeny: [{ toCIDR: ['10.0.0.0/8'] }] }),
    `${CNP} egressDeny 1 toCIDR cannot be judged; say which addresses the machines have`,
  ],
  [
    'a denial of names',
    ciliumPolicy({ egressDeny: [{ toFQDNs: [{ matchName: 'a.example.net' }] }] }),
    `${CNP} egressDeny 1 toFQDNs cannot be judged; name addresses`,
  ],
  [
    'a denial of some requests',
    ciliumPolicy({ ingressDeny: [{ toPorts: [{ ...ports[0], rules: { http: [] } }] }] }),
    `${CNP} ingressDeny 1 toPorts cannot be judged; deny whole ports`,
  ],
  [
    'a label of an identity',
    ciliumPolicy({ ingress: [{ fromEndpoints: [{ matchLabels: { 'reserved:host': '' } }] }] }),
    `${CNP} ingress 1 fromEndpoints 1 label reserved:host cannot be judged; name labels of pods, or an entity`,
  ],
  [
    'a label of the plugin',
    ciliumPolicy({ endpointSelector: { matchLabels: { 'io.cilium.k8s.policy.cluster': 'x' } } }),
    `${CNP} endpointSelector label io.cilium.k8s.policy.cluster cannot be judged; name labels of pods and namespaces`,
  ],
  [
    'ports and ICMP',
    ciliumPolicy({ ingress: [{ toPorts: ports, icmps: [{ fields: [{ type: 8 }] }] }] }),
    `${CNP} ingress 1 icmps cannot be judged; write a rule of its own for ICMP`,
  ],
  [
    'no ports',
    ciliumPolicy({ ingress: [{ toPorts: [{ rules: {} }] }] }),
    `${CNP} ingress 1 toPorts 1 ports cannot be judged; write the ports`,
  ],
  [
    'a group that is not there',
    ciliumPolicy({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'x' }] }] }),
    `${CNP} egress 1 toCIDRSet 1 cidrGroupRef "x" cannot be judged; name a CiliumCIDRGroup of the cluster`,
  ],
  [
    'another version of Cilium',
    { ...ciliumPolicy({}), apiVersion: 'cilium.io/v3' },
    'CiliumNetworkPolicy shop/policy apiVersion "cilium.io/v3" cannot be judged; write cilium.io/v2',
  ],
])('%s is refused', (_what, object, message) => {
  expect(refusal(() => read([object]))).toBe(`[${FOLDER}/0.yaml] ${message} (REACH_UNJUDGED)`);
});

test.each<[string, readonly Readonly<Record<string, unknown>>[], (policies: PodPolicies) => unknown, string]>([
  [
    'a name of a port of pods that no manifest has',
    [networkPolicy({ ingress: [{ ports: [{ port: 'http' }] }] })],
    policies => policies.entering(WEB),
    `[${FOLDER}/0.yaml] ${NP} ingress 1 port "http" cannot be judged; write its number: no manifest says what the name stands for there (REACH_UNJUDGED)`,
  ],
  [
    'pods with the addresses of their machine',
    [deployment({ app: 'web' }, [], { hostNetwork: true })],
    policies => policies.leaving(WEB),
    `[${FOLDER}] pods of shop with app=web, which has the addresses of its machines, cannot be judged; name the machines: policies of pods do not apply (REACH_UNJUDGED)`,
  ],
  [
    'pods under different policies',
    [
      deployment({ app: 'web', tier: 'a' }),
      deployment({ app: 'web', tier: 'b' }),
      networkPolicy({ podSelector: { matchLabels: { tier: 'a' } } }),
    ],
    policies => policies.entering(WEB),
    `[${FOLDER}] pods of shop with app=web, some of which are under other policies than others, cannot be judged; name pods by labels that set them apart (REACH_UNJUDGED)`,
  ],
])('%s is refused when it is asked about', (_what, objects, ask, message) => {
  const policies = read(objects);
  expect(refusal(() => ask(policies))).toBe(message);
});

test.each([
  ['a: [', 'text that is no YAML cannot be judged; write manifests'],
  ['- a', 'a document that is no object cannot be judged; write manifests'],
])('%s is no manifest', (text, message) => {
  expect(refusal(() => readKubernetes('prod', [[`${FOLDER}/x.yaml`, text]]))).toMatch(
    new RegExp(`^\\[${FOLDER}/x\\.yaml(:\\d+)?\\] ${message} \\(REACH_UNJUDGED\\)$`),
  );
});

test('files of other clusters are left aside, lists and several documents are read', () => {
  const deny = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [networkPolicy({})] });
  const texts: [string, string][] = [
    ['kubernetes/lab/x.yaml', 'a: ['],
    [`${FOLDER}/x.yaml`, `---\n---\n${deny}\n`],
    [`${FOLDER}/x.md`, 'a: ['],
  ];
  expect(readKubernetes('prod', texts).entering(WEB)).toMatchObject({ rules: [], otherwise: 'drop' });
});
