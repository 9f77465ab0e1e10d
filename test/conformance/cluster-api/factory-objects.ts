import { Testing } from '@ashlar/core/testing';
import { BgpPeering, Vlan, VyOs } from '@ashlar/network';
import { parse } from 'yaml';
import { factoryLab, type InfrastructureName } from '../../../packages/clusters/test/cluster-api/factory-lab';
import type { KubernetesObject } from '../kubernetes/api-client';

type Shown = readonly [file: string, object: KubernetesObject];

/** Every manifest of a management cluster with a factory, and of the cluster that it makes, by file. */
export function factoryObjects(infrastructure: InfrastructureName): Shown[] {
  const { site, hypervisors, platform, media, games, cluster } = factoryLab(infrastructure);
  const uplink = new Vlan(site, 'uplink', { tag: 2, ipv4: '192.0.2.0/24' });
  platform.host('desk', 9);
  const downstream = cluster({
    workers: { min: 2, max: 5 },
    loadBalancers: media.pool('services', { use: 'load-balancer', from: 200, to: 219 }),
  });
  const gateway = new VyOs(site, 'gateway', {
    version: '1.5',
    wan: uplink.host('wan', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management: platform,
    segments: [hypervisors, media, games],
    asn: 64512,
    admins: [
      { name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net'] },
    ],
  });
  downstream.announceTo(
    new BgpPeering(gateway, 'media', { asn: 64530, neighbors: downstream.nodes, prefixes: ['10.140.0.0/24'], bfd: false }),
  );
  return Object.entries(Testing.files(site))
    .filter(([path]) => path.startsWith('kubernetes/'))
    .map(([path, text]) => [path, parse(text) as KubernetesObject] as const)
    .filter(([, { kind }]) => kind !== undefined); // beside manifests there are values of charts
}

/** Namespaces that the objects are in, with what makes them. */
export function namespacesOf(objects: readonly Shown[]): KubernetesObject[] {
  const names = new Set(objects.flatMap(([, { metadata }]) => (metadata.namespace ? [metadata.namespace] : [])));
  return [...names].filter(name => name !== 'kube-system').map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}
