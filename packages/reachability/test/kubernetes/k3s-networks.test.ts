import { k3sNetworks } from '../../src/kubernetes/k3s-networks';

const path = (node: string, cluster = 'prod') => `devices/k3s/${cluster}/${node}/config.yaml`;

test('nodes say which addresses are inside their cluster', () => {
  const networks = k3sNetworks([
    [path('one'), 'node-ip: 10.20.0.4,2001:db8::4\ncluster-cidr: 10.52.0.0/16,2001:db8:1::/56\nservice-cidr: 10.53.0.0/16\n'],
    [path('agent'), 'node-ip: 10.20.0.5\n'],
    [path('other', 'lab'), 'node-name: other\n'],
    ['devices/k3s/prod/one/registries.yaml', '[]'],
  ]);
  expect([...networks]).toEqual([
    [
      'prod',
      {
        pods: ['10.52.0.0/16', '2001:db8:1::/56'],
        services: ['10.53.0.0/16'],
        machines: ['10.20.0.4', '2001:db8::4', '10.20.0.5'],
      },
    ],
    ['lab', { pods: ['10.42.0.0/16'], services: ['10.43.0.0/16'] }],
  ]);
});

test('a network plug-in of its own may enforce policies in the place of K3s', () => {
  const networks = k3sNetworks([[path('one'), 'disable-network-policy: true\nflannel-backend: none\n']]);
  expect(networks.get('prod')).toEqual({ pods: ['10.42.0.0/16'], services: ['10.43.0.0/16'] });
});

test.each<[string, readonly string[], string]>([
  [
    'policies that nothing enforces',
    ['disable-network-policy: true'],
    `[${path('0')}] k3s disable-network-policy true cannot be judged; leave it out: nothing else enforces network policies (REACH_UNJUDGED)`,
  ],
  [
    'servers that disagree',
    ['cluster-cidr: 10.52.0.0/16', 'cluster-cidr: 10.54.0.0/16'],
    `[${path('1')}] k3s cluster-cidr "10.54.0.0/16" cannot be judged; write what ${path('0')} says (REACH_UNJUDGED)`,
  ],
  ['a name for an address', ['node-ip: one'], `[${path('0')}] k3s node-ip "one" cannot be judged; write addresses (REACH_UNJUDGED)`],
  ['a list', ['[]'], `[${path('0')}] a configuration that is no object cannot be judged; write options (REACH_UNJUDGED)`],
  ['no YAML', ['a: [', ''], `[${path('0')}:2] text that is no YAML cannot be judged; write the configuration of K3s (REACH_UNJUDGED)`],
])('%s is refused', (_what, texts, message) => {
  expect(() => k3sNetworks(texts.map((text, i) => [path(String(i)), text] as const))).toThrow(new Error(message));
});
