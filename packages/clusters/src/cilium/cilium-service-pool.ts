import { Check, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Pool } from '@ashlar/network';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

export interface CiliumServicePoolProps {
  /** Addresses in the segment of the nodes, set aside for load balancers. */
  readonly pool: Pool;
}

/**
 * Addresses that services of type LoadBalancer get from Cilium, and which a node of the segment answers for, one node for each
 * service. Cilium has to be installed with `announces: true`.
 * @see https://docs.cilium.io/en/stable/network/l2-announcements/
 */
export class CiliumServicePool extends Construct {
  /** @throws LOAD_BALANCER_POOL, PROP_*, ID_TAKEN */
  constructor(scope: Construct, id: string, props: CiliumServicePoolProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['pool']);
    const pool = check.instance('pool', props.pool, { name: 'Pool', is: Pool.isPool }, "servers.pool('load-balancers', …)");
    if (pool.use !== 'load-balancer') {
      throw new ConfigError(this, 'LOAD_BALANCER_POOL', `pool is ${pathOf(pool)}, a pool for ${pool.use}`, {
        fix: "make a pool with use: 'load-balancer'",
      });
    }
    // The definitions come with Cilium's operator, after an installer has checked this against the cluster.
    const annotations = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
    new ApiObject(this, 'Pool', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumLoadBalancerIPPool',
      metadata: { name: id, namespace: '', annotations },
      spec: { blocks: pool.ranges.map(({ first, last }) => ({ start: first, stop: last })) },
    });
    new ApiObject(this, 'Announcement', {
      apiVersion: 'cilium.io/v2alpha1',
      kind: 'CiliumL2AnnouncementPolicy',
      metadata: { name: id, namespace: '', annotations },
      spec: { loadBalancerIPs: true, externalIPs: false },
    });
  }
}
