import { acknowledge, Claims, type IInstance, pathOf, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { Construct } from 'constructs';
import { TalosCluster } from '../../src/talos/talos-cluster';
import { lab, TestGuest, type TestHost } from './lab';

/** As @ashlar/hardware marks, and claims for, what tunes a host. */
class TestTuning extends Construct {
  public readonly system = 'talos';
  public readonly settings: object;

  constructor(node: IInstance, ...all: readonly object[]) {
    super(node.node.scope as Construct, 'tuning');
    Object.defineProperty(this, Symbol.for('@ashlar/hardware.HostTuning'), { value: true });
    this.settings = { all };
    Claims.of(this).claim('tuning of', pathOf(node), this, () => {
      throw new Error('tuned twice');
    });
  }
}

const ISOLATED = { kind: 'kernel argument', name: 'isolcpus', value: '2-7' };
const FORWARDING = { kind: 'sysctl', name: 'net.ipv4.ip_forward', value: '1' };

test('pods and services over segments are told, each with the segment', () => {
  const { site, talos } = lab(() => ({ podCidr: '10.20.0.0/16', serviceCidr: '10.30.0.0/16' }));
  new Vlan(site, 'office', { tag: 30, ipv4: '10.30.4.0/24' });
  talos();
  expect(Testing.findings(site)).toEqual([
    'error [lab/prod] podCidr 10.20.0.0/16 overlaps 10.20.0.0/24 of lab/servers; choose a prefix that no segment has (CLUSTER_NETWORK_OVERLAP)',
    'error [lab/prod] serviceCidr 10.30.0.0/16 overlaps 10.30.4.0/24 of lab/office; choose a prefix that no segment has (CLUSTER_NETWORK_OVERLAP)',
  ]);
});

test('pods over services are told', () => {
  const { site, talos } = lab(() => ({ podCidr: '10.96.0.0/16' }));
  talos();
  expect(Testing.findings(site)).toEqual([
    'error [lab/prod] podCidr 10.96.0.0/16 and serviceCidr 10.96.0.0/12 overlap; choose two prefixes apart (CLUSTER_NETWORK_OVERLAP)',
  ]);
});

test('a Kubernetes that nobody tests Cilium with is doubtful, and may be acknowledged', () => {
  const { site, talos } = lab(() => ({ version: Version.of('1.31.14') }));
  const cluster = talos();
  expect(Testing.findings(site)).toEqual([
    'warning [lab/prod] runs Kubernetes 1.31.14, and Cilium 1.20.2 is tested with 1.33 to 1.36; upgrade to 1.33 or later, or acknowledge it with what you tried (TALOS_CILIUM_UNTESTED)',
  ]);
  acknowledge(cluster, 'TALOS_CILIUM_UNTESTED', 'ran for a week on the test cluster');
  expect(Testing.findings(site)).toEqual([]);
});

test('a machine that is tuned by arguments that its image does not have is told', () => {
  const { site, guests, talos } = lab();
  new TestTuning(guests[3] as IInstance, ISOLATED, FORWARDING);
  talos();
  expect(Testing.findings(site)).toEqual([
    "error [lab/prod] lab/vm-worker-1 is tuned by isolcpus=2-7 of the kernel's command line, which its image does not have; write image.kernelArguments: ['isolcpus=2-7'] (TALOS_TUNING_ARGUMENTS)",
  ]);
});

test('with the arguments in the image it is well', () => {
  const { site, guests, talos } = lab(() => ({ image: { platform: 'nocloud', kernelArguments: ['isolcpus=2-7'] } }));
  new TestTuning(guests[3] as IInstance, ISOLATED);
  talos();
  expect(Testing.findings(site)).toEqual([]);
});

test('two clusters cannot have one machine', () => {
  const { site, vlan, guests, talos } = lab();
  const { props } = talos();
  const endpoint = vlan.host('second-api', 6);
  expect(() => new TalosCluster(site, 'second', { ...props, endpoint, controlPlanes: guests.slice(0, 1), workers: [] })).toThrow(
    new Error('[lab/second] lab/vm-cp-1 is already a machine of lab/prod; give each cluster machines of its own (TALOS_NODE_TWICE)'),
  );
});

test('a port that nobody says the MAC address of is told, with what to write', () => {
  const { site, vlan, hosts, talos } = lab(() => ({ controlPlanes: [nameless], workers: [] }));
  const nameless = new TestGuest(site, vlan.host('nameless', 30), [hosts[0] as TestHost]);
  expect(() => talos()).toThrow(
    new Error(
      "[lab/prod] nobody says by which port lab/vm-nameless has 10.20.0.30, which Talos has to be told; write servers.host('nameless', { mac: … }) (TALOS_PORT)",
    ),
  );
});

test('it says how many machines take workloads, and how many members of etcd must stay', () => {
  const { talos } = lab();
  const cluster = talos();
  expect(cluster.workloadNodes).toBe(2);
  expect(cluster.disruption).toEqual({ replicas: 3, minAvailable: 2 });
});
