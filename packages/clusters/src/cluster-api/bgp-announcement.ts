import { ConfigError, pathOf } from '@ashlar/core';
import { ChartRelease } from '@ashlar/kubernetes';
import type { BgpPeering } from '@ashlar/network';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ciliumRelease } from './cilium-release';
import type { DownstreamCluster } from './downstream-cluster';

/**
 * Services of a cluster at addresses that its nodes announce to the gateway by BGP, through Cilium.
 * @see https://docs.cilium.io/en/stable/network/bgp-control-plane/bgp-control-plane-v2/
 */
export class BgpAnnouncement extends Construct {
  /** @throws DOWNSTREAM_PEERING when the peering is with others, or asks for what Cilium has not; ID_TAKEN */
  constructor(cluster: DownstreamCluster, peering: BgpPeering) {
    super(cluster, `bgp-${peering.node.id}`);
    const stray =
      peering.neighbors.find(host => !cluster.nodes.includes(host)) ?? cluster.nodes.find(host => !peering.neighbors.includes(host));
    if (stray) {
      throw new ConfigError(
        this,
        'DOWNSTREAM_PEERING',
        `${pathOf(peering)} and ${pathOf(cluster)} do not have the same nodes: ${pathOf(stray)}`,
        {
          fix: `write neighbors: ${cluster.name}.nodes, because any of its machines may have any of the addresses`,
        },
      );
    }
    if (peering.bfd) {
      throw new ConfigError(this, 'DOWNSTREAM_PEERING', `${pathOf(peering)} asks for BFD, which Cilium does not speak`, {
        fix: 'write bfd: false',
      });
    }
    if (peering.password) {
      throw new ConfigError(this, 'DOWNSTREAM_PEERING', `${pathOf(peering)} has a password, which nothing brings into the new cluster`, {
        fix: 'leave it out; only nodes are in the segment',
      });
    }
    ChartRelease.require(cluster.networking, 'cilium', { ...ciliumRelease(cluster), values: { bgpControlPlane: { enabled: true } } });
    const object = (kind: string, spec: object, labels?: Record<string, string>) => {
      new ApiObject(cluster.networking, `${kind}-${peering.node.id}`, {
        apiVersion: 'cilium.io/v2',
        kind,
        metadata: { name: peering.node.id, namespace: '', annotations: DEFINED_LATER, ...(labels && { labels }) },
        spec,
      });
    };
    const address = peering.segment.gateway;
    const peer = { name: 'gateway', peerASN: peering.gateway.asn, peerAddress: address, peerConfigRef: { name: peering.node.id } };
    object('CiliumBGPClusterConfig', { bgpInstances: [{ name: 'cluster', localASN: peering.asn, peers: [peer] }] });
    object('CiliumBGPPeerConfig', {
      gracefulRestart: { enabled: true, restartTimeSeconds: 120 },
      families: [{ afi: 'ipv4', safi: 'unicast', advertisements: { matchLabels: { advertise: peering.node.id } } }],
    });
    const everyService = { matchExpressions: [{ key: 'ashlar.dev/unannounced', operator: 'DoesNotExist' }] };
    object(
      'CiliumBGPAdvertisement',
      { advertisements: [{ advertisementType: 'Service', service: { addresses: ['LoadBalancerIP'] }, selector: everyService }] },
      { advertise: peering.node.id },
    );
    object('CiliumLoadBalancerIPPool', { blocks: peering.prefixes.map(cidr => ({ cidr })) });
  }
}

/** The definitions come with Cilium's operator, after an installer has checked this against the cluster. */
const DEFINED_LATER = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
