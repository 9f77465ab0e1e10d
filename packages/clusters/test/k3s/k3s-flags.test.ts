import { Testing } from '@ashlar/core/testing';
import { load } from 'js-yaml';
import { lab } from './lab';

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
  etcd-arg etcd-disable-snapshots etcd-expose-metrics etcd-s3 etcd-snapshot-compress etcd-snapshot-dir etcd-snapshot-name etcd-snapshot-retention
  etcd-snapshot-schedule-cron flannel-backend flannel-external-ip flannel-ipv6-masq helm-job-image https-listen-port kube-apiserver-arg
  kube-cloud-controller-manager-arg kube-controller-manager-arg kube-scheduler-arg secrets-encryption secrets-encryption-provider service-cidr
  service-node-port-range servicelb-namespace supervisor-metrics tls-san tls-san-security write-kubeconfig write-kubeconfig-group
  write-kubeconfig-mode
`;
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

test('broken: a misspelt key, and a key of servers on an agent, are found', () => {
  expect(unknownKeys('clusterinit: true\n', 'server')).toEqual(['clusterinit']);
  expect(unknownKeys('cluster-init: true\n', 'agent')).toEqual(['cluster-init']);
});
