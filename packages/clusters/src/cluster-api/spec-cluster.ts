import { ConfigError, Version } from '@ashlar/core';
import { BgpPeering, type IGateway, type Vlan } from '@ashlar/network';
import type { Construct } from 'constructs';
import { ClusterClass } from './cluster-class';
import type { ClusterFactory } from './cluster-factory';
import type { DownstreamCluster } from './downstream-cluster';
import type { DownstreamSpec } from './downstream-spec';

/** Where the environment of a spec is. */
export interface SpecPlace {
  /** The segment made of its `network`. */
  readonly vlan: Vlan;
  /** Who hears of its addresses of services, when they are a prefix. @default - nobody */
  readonly gateway?: IGateway & Construct;
}

/**
 * The cluster of a spec, with its peering.
 * @throws SPEC_SERVICES when a prefix has nobody to announce it to, or an autonomous system nothing to announce; and what a cluster throws
 */
export function clusterOfSpec(factory: ClusterFactory, spec: DownstreamSpec, place: SpecPlace): DownstreamCluster {
  const { services, asn, name } = spec;
  const at = `clusters/${name}.yaml`;
  const prefix = typeof services === 'string' ? services : undefined;
  if ((prefix === undefined) !== (asn === undefined)) {
    const problem =
      prefix === undefined
        ? `asn is ${asn}, and services are no prefix that it could announce`
        : `services are ${prefix}, and no asn announces them`;
    throw new ConfigError(at, 'SPEC_SERVICES', problem, {
      fix: prefix === undefined ? 'leave asn out' : 'write asn: 64530, which nobody else has',
    });
  }
  const { vlan, gateway } = place;
  const cluster = factory.cluster(name, {
    vlan,
    version: Version.of(spec.version),
    ...(spec.running && { running: Version.of(spec.running) }),
    class: ClusterClass.named(spec.class ?? 'small'),
    controlPlanes: spec.controlPlanes ?? 3,
    workers: spec.workers,
    apiAddress: (factory.infrastructure.apiSegment ?? vlan).host(`${name}-api`, spec.api),
    nodes: spec.nodes,
    ...(typeof services === 'object' && { loadBalancers: vlan.pool('services', { use: 'load-balancer', ...services }) }),
    ...(spec.pods && { podCidr: spec.pods }),
    ...(spec.cluster && { serviceCidr: spec.cluster }),
  });
  if (prefix === undefined || asn === undefined) return cluster;
  if (!gateway)
    throw new ConfigError(at, 'SPEC_SERVICES', `services are ${prefix}, and there is no gateway to announce them to`, {
      fix: 'write services: { from: 200, to: 219 }',
    });
  cluster.announceTo(new BgpPeering(gateway, name, { asn, neighbors: cluster.nodes, prefixes: [prefix], bfd: false }));
  return cluster;
}
