import { Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { load } from 'js-yaml';
import { HetznerAutoscaler } from '../../src';
import { lab, type TestMachine } from './lab';

/** Keys of `config.yaml` are the flags of the command without dashes. @see https://docs.k3s.io/cli/server https://docs.k3s.io/cli/agent */
const AGENT_FLAGS = `
  bind-address container-runtime-endpoint data-dir debug default-runtime disable-apiserver-lb disable-default-registry-endpoint docker enable-pprof
  flannel-cni-conf flannel-conf flannel-iface image-credential-provider-bin-dir image-credential-provider-config kube-proxy-arg kubelet-arg
  lb-server-port log node-external-dns node-external-ip node-internal-dns node-ip node-label node-name node-taint nonroot-devices pause-image
  prefer-bundled-bin private-registry protect-kernel-defaults resolv-conf rootless selinux server snapshotter token token-file v vmodule vpn-auth
  vpn-auth-file with-node-id
`;
const SERVER_FLAGS = `
  advertise-address advertise-port agent-token agent-token-file cluster-cidr cluster-dns cluster-domain cluster-init cluster-reset
  cluster-reset-restore-path datastore-cafile datastore-certfile datastore-endpoint datastore-keyfile default-local-storage-path disable
  disable-cloud-controller disable-helm-controller disable-kube-proxy disable-network-policy disable-scheduler egress-selector-mode embedded-registry
  etcd-arg etcd-disable-snapshots etcd-expose-metrics etcd-s3 etcd-s3-access-key etcd-s3-bucket etcd-s3-bucket-lookup-type
  etcd-s3-config-secret etcd-s3-endpoint etcd-s3-endpoint-ca etcd-s3-folder etcd-s3-insecure etcd-s3-proxy etcd-s3-region
  etcd-s3-retention etcd-s3-secret-key etcd-s3-session-token etcd-s3-skip-ssl-verify etcd-s3-timeout etcd-snapshot-compress etcd-snapshot-dir etcd-snapshot-name etcd-snapshot-retention
  etcd-snapshot-schedule-cron flannel-backend flannel-external-ip flannel-ipv6-masq helm-job-image https-listen-port kube-apiserver-arg
  kube-cloud-controller-manager-arg kube-controller-manager-arg kube-scheduler-arg secrets-encryption secrets-encryption-provider service-cidr
  service-node-port-range servicelb-namespace supervisor-metrics tls-san tls-san-security write-kubeconfig write-kubeconfig-group
  write-kubeconfig-mode
`;
/** Arguments that we give. @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ and the pages beside it */
const ARGUMENTS = {
  'kube-apiserver': `anonymous-auth enable-admission-plugins admission-control-config-file audit-log-path audit-policy-file audit-log-maxage
    audit-log-maxbackup audit-log-maxsize service-account-extend-token-expiration`,
  'kube-controller-manager': 'terminated-pod-gc-threshold bind-address',
  'kube-scheduler': 'bind-address',
  kubelet: 'streaming-connection-idle-timeout tls-min-version tls-cipher-suites',
};
const words = (text: string) => text.trim().split(/\s+/);
const DOCUMENTED = { agent: new Set(words(AGENT_FLAGS)), server: new Set([...words(AGENT_FLAGS), ...words(SERVER_FLAGS)]) };

const unknownKeys = (text: string, role: keyof typeof DOCUMENTED) =>
  Object.keys(load(text) as object).filter(key => !DOCUMENTED[role].has(key));

test('every key of the configuration is one that K3s documents for the role', () => {
  const { site, machines, k3s } = lab(({ machines }) => ({ servers: machines.slice(0, 1), agents: machines.slice(1) }));
  k3s();
  const files = Testing.files(site);
  for (const [i, machine] of machines.entries()) {
    const text = files[`devices/k3s/prod/${machine.hostName}/config.yaml`] as string;
    expect(unknownKeys(text, i === 0 ? 'server' : 'agent')).toEqual([]);
  }
});

test('so is every key that comes with options, and every argument is one of the program that it is for', () => {
  const credentials = Secret.fromTerraformVariable('k3s_snapshots');
  const { machines, k3s } = lab(({ machines }) => ({
    servers: machines.slice(0, 1),
    agents: [
      { machine: machines[1] as TestMachine, labels: { 'example.net/disk': 'nvme' }, taints: ['dedicated=database:NoSchedule'] },
      machines[2] as TestMachine,
    ],
    dedicatedServers: true,
    network: 'cilium',
    registries: { mirrors: { 'docker.io': ['https://registry.lab.example.net'] } },
    snapshots: { endpoint: 'https://s3.lab.example.net', bucket: 'snapshots', region: 'eu-central-1', credentials },
  }));
  new HetznerAutoscaler(k3s(), 'autoscaler', {
    groups: { burst: { size: 'ccx53', region: 'fsn1', max: 5 } },
    network: 'cluster',
    firewall: 'nodes',
    token: Secret.fromKubernetes('kube-system', 'hetzner', 'token'),
    cloudInit: Secret.fromKubernetes('kube-system', 'hetzner', 'cloud-init'),
  });
  const boot = (machine: TestMachine | undefined) =>
    machine?.firstBoot.files.find(file => file.path === '/etc/rancher/k3s/config.yaml')?.content as string;
  for (const [i, machine] of machines.entries()) expect(unknownKeys(boot(machine), i === 0 ? 'server' : 'agent')).toEqual([]);
  const config = load(boot(machines[0])) as Record<string, string[]>;
  for (const [program, known] of Object.entries(ARGUMENTS)) {
    expect(config[`${program}-arg`]?.map(argument => argument.split('=')[0])).toEqual(words(known));
  }
});

test('broken: a misspelt key, and a key of servers on an agent, are found', () => {
  expect(unknownKeys('clusterinit: true\n', 'server')).toEqual(['clusterinit']);
  expect(unknownKeys('cluster-init: true\n', 'agent')).toEqual(['cluster-init']);
});
