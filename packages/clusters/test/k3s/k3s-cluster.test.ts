import { type Placement, Port, Power, Secret, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Workload } from '@ashlar/kubernetes';
import { Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { load } from 'js-yaml';
import { K3sUpgrades } from '../../src';
import { expectGolden } from '../golden';
import { lab, TestHost, TestMachine } from './lab';

const read = (files: Record<string, string>, path: string) => load(files[path] as string) as Record<string, unknown>;

test('the first server begins the cluster, the others join through the virtual address', () => {
  const { site, k3s } = lab();
  k3s();
  const files = Testing.files(site);
  const [first, second] = [1, 2].map(n => read(files, `devices/k3s/prod/k3s-${n}/config.yaml`));
  expect(first).toMatchObject({
    'token-file': '/etc/rancher/k3s/token',
    'node-ip': '10.20.0.11',
    'tls-san': ['10.20.0.5', 'k3s-api.lab.example.net'],
  });
  expect(first).not.toHaveProperty('server');
  expect(first).not.toHaveProperty('cluster-init');
  expect(second).toMatchObject({ server: 'https://10.20.0.5:6443', 'node-label': ['topology.kubernetes.io/zone=pve-02'] });
});

test('a machine gets configuration, token, policies and installer of the very release at its first boot', () => {
  const { site, machines, k3s } = lab();
  k3s();
  Testing.files(site);
  const [first, second] = machines.map(machine => machine.firstBoot);
  expect(second?.files.map(file => [file.path, file.mode])).toEqual([
    ['/etc/rancher/k3s/admission.yaml', '0600'],
    ['/etc/rancher/k3s/audit.yaml', '0600'],
    ['/etc/rancher/k3s/config.yaml', '0600'],
    ['/etc/rancher/k3s/token', '0600'],
    ['/etc/sysctl.d/90-kubelet.conf', '0644'],
  ]);
  expect(Secret.is(second?.files[3]?.content)).toBe(true);
  expect(second?.commands[2]).toBe("INSTALL_K3S_VERSION='v1.34.2+k3s1' sh /usr/local/lib/k3s-install.sh server");
  expect(first?.commands.map(command => command.split(' ')[0])).toEqual([
    '/usr/local/lib/k3s-begin-or-join.sh',
    'sysctl',
    'curl',
    "INSTALL_K3S_VERSION='v1.34.2+k3s1'",
    'systemctl',
  ]);
});

test('the first machine begins a cluster only when nobody answers at its address, and hands over what it began with', () => {
  const { site, machines, k3s } = lab();
  k3s();
  Testing.files(site);
  const file = (path: string) => machines[0]?.firstBoot.files.find(one => one.path === path)?.content;
  expectGolden('k3s/k3s-begin-or-join.sh', file('/usr/local/lib/k3s-begin-or-join.sh') as string);
  expectGolden('k3s/k3s-hand-over.sh', file('/usr/local/lib/k3s-hand-over.sh') as string);
  expectGolden('k3s/k3s-hand-over.service', file('/etc/systemd/system/k3s-hand-over.service') as string);
  const carried = machines[0]?.firstBoot.files.map(one => one.path).filter(path => path.includes('/manifests/'));
  expect(carried?.[0]).toBe('/var/lib/rancher/k3s/server/manifests/ashlar/ashlar-clusterrole-system-kube-vip-cloud-controller.yaml');
  expect(machines[1]?.firstBoot.files.map(one => one.path).filter(path => path.includes('/manifests/'))).toEqual([]);
});

test('kube-vip holds the API address, and services get addresses of the pool', () => {
  const { site, k3s } = lab();
  k3s();
  const files = Testing.files(site);
  expect(files['kubernetes/prod/bootstrap/DaemonSet-kube-vip.yaml']).toContain('value: 10.20.0.5');
  expect(read(files, 'kubernetes/prod/bootstrap/ConfigMap-kubevip.yaml').data).toEqual({ 'range-global': '10.20.0.200-10.20.0.219' });
});

test('nodes may talk as K3s needs, and nobody else reaches them', () => {
  const { site, machines, k3s } = lab();
  const cluster = k3s();
  const flows = () =>
    (machines[0] as TestMachine).connections.ingress.filter(f => f.from !== machines[2]).map(f => `${f.from.node.id} ${f.port}`);
  expect(flows()).toEqual(['vm-k3s-2 8472/udp', 'vm-k3s-2 10250/tcp', 'vm-k3s-2 6443/tcp', 'vm-k3s-2 2379-2380/tcp']);
  const admin = new Vlan(site, 'admin', { tag: 10, ipv4: '10.10.0.0/24' });
  cluster.allowApiFrom(admin);
  cluster.allowServicesFrom(admin, Port.tcp(443));
  cluster.allowOperationFrom(admin);
  expect(flows().slice(4)).toEqual(['admin 6443/tcp', 'admin 443/tcp', 'admin 22/tcp']);
});

test('what pods open to the outside is a flow of the nodes, whose address it has on the way', () => {
  const { site, vlan, machines, k3s } = lab();
  const shop = k3s().namespace('shop');
  const nas = vlan.host('nas', 30);
  const web = new Workload(shop, 'web', { image: `shop:1@sha256:${'0'.repeat(64)}`, port: 8080 });
  nas.connections.allowFrom(web, Port.tcp(9000));
  expect(Testing.findings(site)).toEqual([]);
  expect(nas.connections.ingress.map(flow => `${flow.from.node.id} ${flow.port}`)).toEqual([
    'web 9000/tcp',
    ...machines.map(machine => `${machine.node.id} 9000/tcp`),
  ]);
});

test('an upgrade plan for the servers, then one for the agents', () => {
  const { site, k3s } = lab();
  new K3sUpgrades(k3s());
  const files = Testing.files(site);
  const plan = read(files, 'kubernetes/prod/system-upgrade/Plan-server-plan.yaml');
  expect(plan.spec).toMatchObject({ concurrency: 1, cordon: true, version: 'v1.34.2+k3s1' });
  expect(plan.metadata).toMatchObject({ annotations: { 'argocd.argoproj.io/sync-wave': '1' } });
});

test.each([
  [
    'an even number of servers',
    (m: TestMachine[]) => m.slice(0, 2),
    '[lab/prod] etcd has 2 members, and an even number survives no more than one less would; use 1, 3, 5 or 7 servers, and make the others agents, see https://etcd.io/docs/v3.6/faq/ (K3S_SERVERS)',
  ],
  [
    'one machine twice',
    (m: TestMachine[]) => [m[0], m[1], m[1]] as TestMachine[],
    '[lab/prod] lab/vm-k3s-2 is listed twice; list each machine once, as a server or as an agent (K3S_NODE_TWICE)',
  ],
  ['no servers', () => [], '[lab/prod] servers is empty; write servers: [k3s1, k3s2, k3s3] (PROP_EMPTY)'],
])('fails on %s', (_, servers, message) => {
  expect(lab(({ machines }) => ({ servers: servers(machines) })).k3s).toThrow(message);
});

test('fails on a version that is not of K3s', () => {
  expect(lab(() => ({ version: Version.of('1.34.2') })).k3s).toThrow(
    `[lab/prod] version must be a release of K3s, got "1.34.2"; write Version.of('v1.34.2+k3s1') (K3S_VERSION)`,
  );
});

test("fails when the API's address is a server's own", () => {
  expect(lab(({ machines }) => ({ apiAddress: machines[1] as TestMachine })).k3s).toThrow(
    '[lab/prod] apiAddress 10.20.0.12 is the own address of lab/vm-k3s-2, and would be gone with it; reserve another host for it (K3S_API_ADDRESS)',
  );
});

test('fails when the API address is in another segment', () => {
  expect(lab(({ site }) => ({ apiAddress: new Vlan(site, 'other', { tag: 30, ipv4: '10.30.0.0/24' }).host('api', 5) })).k3s).toThrow(
    '[lab/prod] apiAddress 10.30.0.5 is in other, where lab/vm-k3s-1 has no address to answer for it; take an address in their segment (K3S_API_ADDRESS)',
  );
});

test('fails on a pool that nodes cannot announce', () => {
  const elsewhere = lab(({ site }) => ({
    loadBalancers: new Vlan(site, 'other', { tag: 30, ipv4: '10.30.0.0/24' }).pool('lb', { use: 'load-balancer', from: 10, to: 20 }),
  }));
  expect(elsewhere.k3s).toThrow(
    '[lab/prod] loadBalancers is in other, where lab/vm-k3s-1 has no address and cannot answer for it; make the pool in the segment of the nodes (LOAD_BALANCER_POOL)',
  );
  const dhcp = lab(({ vlan }) => ({ loadBalancers: vlan.pool('dhcp', { use: 'dhcp', from: 100, to: 120 }) }));
  expect(dhcp.k3s).toThrow(
    "[lab/prod] loadBalancers is lab/servers/dhcp, a pool for dhcp; make a pool with use: 'load-balancer' (LOAD_BALANCER_POOL)",
  );
});

test('ETCD_ON_ONE_HOST: two servers on one host', () => {
  const { site, k3s } = lab(({ site, vlan, machines, hosts }) => ({
    servers: [machines[0], machines[1], new TestMachine(site, vlan.host('k3s-4', 14), hosts[0] as never)] as TestMachine[],
  }));
  k3s();
  expect(Testing.findings(site)).toEqual([
    'error [lab/prod] lab/vm-k3s-1 and lab/vm-k3s-4 both stand on lab/pve-01, and etcd loses two members with it; place each control plane on a host of its own (ETCD_ON_ONE_HOST)',
  ]);
});

test('CLUSTER_NETWORK_OVERLAP: a pod network over a segment; the next prefix is fine', () => {
  const over = lab(() => ({ podCidr: '10.20.0.0/16' }));
  over.k3s();
  expect(Testing.findings(over.site)).toEqual([
    'error [lab/prod] podCidr 10.20.0.0/16 overlaps 10.20.0.0/24 of lab/servers; choose a prefix that no segment has (CLUSTER_NETWORK_OVERLAP)',
  ]);
  const beside = lab(() => ({ podCidr: '10.21.0.0/16' }));
  beside.k3s();
  expect(Testing.findings(beside.site)).toEqual([]);
});

test('manifests and configuration of a cluster of three', () => {
  const { site, k3s } = lab();
  k3s();
  expect(Testing.files(site)).toMatchSnapshot();
});

test('ETCD_ON_ONE_FEED: a majority on one of two feeds; hosts with both are fine', () => {
  const fed = (feeds: (n: number, all: TestFeed[]) => TestFeed[]) => {
    const parts = lab(({ site, vlan }) => {
      const all = ['left', 'right'].map(name => new TestFeed(site, name));
      const hosts = [1, 2, 3].map(n => new FedHost(site, `fed-0${n}`, feeds(n, all)));
      return { servers: hosts.map((host, i) => new TestMachine(site, vlan.host(`fed-${i}`, 40 + i), host)) };
    });
    parts.k3s();
    return Testing.findings(parts.site);
  };
  expect(fed((_, [left]) => [left as TestFeed])).toEqual([
    'error [lab/prod] 3 of 3 control planes hang on lab/left alone, and etcd stops with it; feed some of their hosts from lab/right, or each from both (ETCD_ON_ONE_FEED)',
  ]);
  expect(fed((_, all) => all)).toEqual([]);
});

class TestFeed extends Construct {
  public readonly capacity = { power: Power.watts(2300) };
}

class FedHost extends TestHost {
  public readonly placement: Placement;
  constructor(scope: Construct, id: string, feeds: TestFeed[]) {
    super(scope, id);
    this.placement = { standsOn: [feeds] };
  }
}
