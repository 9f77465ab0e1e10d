import { Secret, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { load } from 'js-yaml';
import type { K3sClusterProps } from '../../src';
import { expectGolden } from '../golden';
import { lab, type TestMachine } from './lab';

const SECRET = Secret.fromTerraformVariable('k3s_more');
const SNAPSHOTS = { endpoint: 'https://s3.lab.example.net:9000', bucket: 'snapshots', credentials: SECRET };
const MIRRORS = { '*': ['https://registry.lab.example.net'], 'docker.io': ['https://registry.lab.example.net/v2/hub'] };
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const read = (files: Record<string, string>, path: string) => load(files[path] as string) as Record<string, unknown>;
const on = (machine: TestMachine | undefined, path: string) => machine?.firstBoot.files.find(file => file.path === path)?.content;

test('a server is hardened as the guide says: audit, admission, encrypted secrets, ciphers', () => {
  const { site, k3s } = lab();
  k3s();
  const files = Testing.files(site);
  expectGolden('k3s/server.yaml', files['devices/k3s/prod/k3s-1/config.yaml']);
  expectGolden('k3s/audit.yaml', files['devices/k3s/prod/audit.yaml']);
  expectGolden('k3s/admission.yaml', files['devices/k3s/prod/admission.yaml']);
});

test('nodes pull through mirrors; what they say to them is a secret file of its own', () => {
  const { site, machines, k3s } = lab(() => ({ registries: { mirrors: MIRRORS, authority: CERTIFICATE, credentials: SECRET } }));
  k3s();
  expectGolden('k3s/registries.yaml', Testing.files(site)['devices/k3s/prod/registries.yaml']);
  expect(on(machines[1], '/etc/rancher/k3s/registry-credentials.yaml')).toBe(SECRET);
  expect(on(machines[1], '/usr/local/share/ca-certificates/registries.crt')).toBe(CERTIFICATE);
  expect(machines[1]?.firstBoot.commands.slice(0, 2)).toEqual([
    '(umask 077; cat /etc/rancher/k3s/registry-mirrors.yaml /etc/rancher/k3s/registry-credentials.yaml > /etc/rancher/k3s/registries.yaml)',
    'update-ca-certificates',
  ]);
});

test('without credentials the mirrors are the whole file', () => {
  const { machines, k3s } = lab(() => ({ registries: { mirrors: MIRRORS } }));
  k3s();
  expect(load(on(machines[2], '/etc/rancher/k3s/registries.yaml') as string)).toEqual({
    mirrors: { '*': { endpoint: MIRRORS['*'] }, 'docker.io': { endpoint: MIRRORS['docker.io'] } },
  });
});

test('copies of etcd go to S3, with a secret part of the configuration', () => {
  const { site, vlan, machines, k3s } = lab(({ vlan }) => ({ snapshots: { ...SNAPSHOTS, server: vlan.host('s3', 40) } }));
  const cluster = k3s();
  expect(read(Testing.files(site), 'devices/k3s/prod/k3s-2/config.yaml')).toMatchObject({
    'etcd-s3': true,
    'etcd-s3-endpoint': 's3.lab.example.net:9000',
    'etcd-s3-bucket': 'snapshots',
    'etcd-s3-folder': 'prod',
  });
  expect(on(machines[0], '/etc/rancher/k3s/config.yaml.d/20-snapshots.yaml')).toBe(SECRET);
  expect(cluster.backup).toMatchObject({ target: 's3://snapshots/prod at s3.lab.example.net:9000' });
  const s3 = vlan.hosts.find(host => host.name === 's3');
  expect(s3?.connections.ingress.map(flow => `${flow.from.node.id} ${flow.port}`)).toEqual([
    'vm-k3s-1 9000/tcp',
    'vm-k3s-2 9000/tcp',
    'vm-k3s-3 9000/tcp',
  ]);
});

test('without a place for them, the cluster says that snapshots stay on its servers', () => {
  const { k3s } = lab();
  expect(k3s().backup).toEqual({ waived: 'what it holds is in Git; snapshots of etcd stay on its servers' });
});

test('with Cilium, K3s brings no network of its own, and the chart comes before everything', () => {
  const { site, machines, k3s } = lab(() => ({ network: 'cilium' }));
  k3s();
  const files = Testing.files(site);
  expect(read(files, 'devices/k3s/prod/k3s-1/config.yaml')).toMatchObject({
    'flannel-backend': 'none',
    'disable-network-policy': true,
    'disable-kube-proxy': true,
  });
  const chart = read(files, 'kubernetes/prod/bootstrap/HelmChart-cilium.yaml').spec as Record<string, unknown>;
  expect(chart).toMatchObject({ bootstrap: true, chart: 'cilium', targetNamespace: 'kube-system' });
  expect(load(chart.valuesContent as string)).toMatchObject({
    k8sServiceHost: '127.0.0.1',
    k8sServicePort: 6444,
    kubeProxyReplacement: true,
    ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: ['10.42.0.0/16'] } },
  });
  const ports = new Set(machines[0]?.connections.ingress.map(flow => String(flow.port)));
  expect([...ports].sort()).toEqual(['10250/tcp', '2379-2380/tcp', '4240/tcp', '51871/udp', '6443/tcp', '8472/udp', 'icmp']);
});

test('agents have labels and taints of their own, and no file of servers', () => {
  const { site, machines, k3s } = lab(({ machines }) => ({
    servers: machines.slice(0, 1),
    dedicatedServers: true,
    agentVersion: Version.of('v1.33.6+k3s1'),
    agents: [
      {
        machine: machines[1] as TestMachine,
        labels: { 'example.net/disk': 'nvme', 'node.kubernetes.io/role': 'database' },
        taints: ['dedicated=database:NoSchedule'],
      },
      machines[2] as TestMachine,
    ],
  }));
  const cluster = k3s();
  const files = Testing.files(site);
  expectGolden('k3s/agent.yaml', files['devices/k3s/prod/k3s-2/config.yaml']);
  expect(read(files, 'devices/k3s/prod/k3s-1/config.yaml')).toMatchObject({
    'node-taint': ['node-role.kubernetes.io/control-plane=true:NoSchedule'],
  });
  expect(machines[1]?.firstBoot.commands[2]).toBe("INSTALL_K3S_VERSION='v1.33.6+k3s1' sh /usr/local/lib/k3s-install.sh agent");
  expect(on(machines[1], '/etc/rancher/k3s/audit.yaml')).toBeUndefined();
  expect(cluster.workloadNodes).toBe(2);
});

type Faulty = (machines: TestMachine[]) => Partial<K3sClusterProps>;
const registries =
  (mirrors: object): Faulty =>
  () => ({ registries: { mirrors: mirrors as never } });

test.each<[string, Faulty, string]>([
  [
    'agents newer than their servers',
    () => ({ agentVersion: Version.of('v1.35.0+k3s1') }),
    '[lab/prod] agents of v1.35.0+k3s1 are newer than their servers of v1.34.2+k3s1; upgrade the servers first, see https://kubernetes.io/releases/version-skew-policy/ (K3S_SKEW)',
  ],
  [
    'agents four minors behind',
    () => ({ agentVersion: Version.of('v1.30.9+k3s1') }),
    '[lab/prod] agents of v1.30.9+k3s1 are 4 minors behind their servers of v1.34.2+k3s1; keep agents within three minors of their servers, see https://kubernetes.io/releases/version-skew-policy/ (K3S_SKEW)',
  ],
  [
    'an upgrade that skips minors',
    () => ({ runs: Version.of('v1.31.4+k3s1') }),
    '[lab/prod] an upgrade from v1.31.4+k3s1 to v1.34.2+k3s1 skips 1.32, 1.33; upgrade to 1.32 first, see https://kubernetes.io/releases/version-skew-policy/ (K3S_MINOR_SKIPPED)',
  ],
  [
    'a downgrade',
    () => ({ runs: Version.of('v1.34.3+k3s1') }),
    '[lab/prod] version v1.34.2+k3s1 is older than v1.34.3+k3s1, which runs, and etcd may not read its own data then; restore a snapshot of that time instead, see https://docs.k3s.io/upgrades/roll-back (K3S_DOWNGRADE)',
  ],
  [
    'a running release that is none of K3s',
    () => ({ runs: Version.of('1.33') }),
    `[lab/prod] runs must be a release of K3s, got "1.33"; write Version.of('v1.34.2+k3s1') (K3S_VERSION)`,
  ],
  [
    'dedicated servers without agents',
    () => ({ dedicatedServers: true }),
    '[lab/prod] dedicatedServers leaves no node for workloads, because there are no agents; list agents, or leave dedicatedServers out (K3S_NO_WORKER)',
  ],
  [
    'a network that is none',
    () => ({ network: 'calico' as never }),
    `[lab/prod] network must be one of flannel, cilium, got "calico"; write network: 'flannel' (PROP_CHOICE)`,
  ],
  [
    'a label of Kubernetes itself',
    machines => ({
      servers: machines.slice(0, 1),
      agents: [{ machine: machines[1] as TestMachine, labels: { 'node-role.kubernetes.io/worker': 'true' } }],
    }),
    '[lab/prod] node-role.kubernetes.io/worker is a label of Kubernetes itself, and the API server lets no node set it, got "lab/vm-k3s-2"; choose a key of your own, such as example.net/disk, see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction (K3S_LABEL)',
  ],
  [
    'a taint without an effect',
    machines => ({ servers: machines.slice(0, 1), agents: [{ machine: machines[1] as TestMachine, taints: ['dedicated=database'] }] }),
    '[lab/prod] a taint of lab/vm-k3s-2 must be key=value:NoSchedule, PreferNoSchedule or NoExecute, got "dedicated=database"; write it like dedicated=database:NoSchedule (PROP_FORMAT)',
  ],
  [
    'a misspelt property of an agent',
    machines => ({ servers: machines.slice(0, 1), agents: [{ machine: machines[1] as TestMachine, taint: [] } as never] }),
    '[lab/prod] there is no property taint; use one of machine, labels, taints (PROP_UNKNOWN)',
  ],
  [
    'no mirror',
    registries({}),
    "[lab/prod] registries has no mirror; write mirrors: { 'docker.io': ['https://registry.example.net'] }, or leave registries out (K3S_REGISTRY)",
  ],
  [
    'a mirror for an address',
    registries({ 'https://docker.io': ['https://registry.example.net'] }),
    `[lab/prod] a mirror is for a registry as images name it, or for * that is every other, got "https://docker.io"; write it like 'docker.io', without https:// (K3S_REGISTRY)`,
  ],
  [
    'a mirror without encryption',
    registries({ 'docker.io': ['http://registry.example.net'] }),
    '[lab/prod] a mirror of docker.io must be an address over https, got "http://registry.example.net"; write it like https://registry.example.net (PROP_FORMAT)',
  ],
  [
    'a password in place of a secret',
    () => ({ registries: { mirrors: MIRRORS, credentials: 'hunter2' as never } }),
    "[lab/prod] registries.credentials must be a Secret; write registries.credentials: Secret.fromTerraformVariable('registry_credentials') (PROP_TYPE)",
  ],
  [
    'a path in the endpoint of snapshots',
    () => ({ snapshots: { ...SNAPSHOTS, endpoint: 'https://s3.example.net/snapshots' } }),
    '[lab/prod] snapshots.endpoint must be an address over https, without a path, got "https://s3.example.net/snapshots"; write it like https://s3.example.net (PROP_FORMAT)',
  ],
  [
    'the name of a server in place of the server',
    () => ({ snapshots: { ...SNAPSHOTS, server: 'nas' as never } }),
    '[lab/prod] snapshots.server must be something that has connections, got "nas"; pass the host or the machine that answers at the endpoint (K3S_SNAPSHOTS)',
  ],
  [
    'a misspelt property',
    () => ({ agent: [] }) as never,
    '[lab/prod] there is no property agent; use one of version, runs, agentVersion, servers, agents, dedicatedServers, apiAddress, token, loadBalancers, network, registries, snapshots, adminUser, podCidr, serviceCidr (PROP_UNKNOWN)',
  ],
])('fails on %s', (_, faulty, message) => {
  expect(lab(({ machines }) => faulty(machines)).k3s).toThrow(message);
});
