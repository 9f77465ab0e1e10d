import { type Finding, failureDomains, findingAt, isProvider, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { k3sClustersOf } from '../k3s-clusters-of';

/** Two etcd members that one host takes with it. */
export const k3sServersOnOneHost: Rule = {
  code: 'K3S_SERVERS_ON_ONE_HOST',
  severity: 'error',
  incident: 'three control planes had been created on the first hypervisor; its reboot for an upgrade took etcd, and the cluster, down',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of k3sClustersOf(site)) {
      const holders = new Map<IConstruct, IConstruct>();
      for (const server of cluster.servers) {
        for (const host of failureDomains(server)) {
          if (!isProvider(host) || !host.capacity.memory) continue;
          const other = holders.get(host);
          if (other && other !== server) {
            yield findingAt(
              cluster,
              this,
              `${pathOf(other)} and ${pathOf(server)} both stand on ${pathOf(host)}, and etcd loses two members with it`,
              'place each server on a host of its own',
            );
            break;
          }
          holders.set(host, server);
        }
      }
    }
  },
};
