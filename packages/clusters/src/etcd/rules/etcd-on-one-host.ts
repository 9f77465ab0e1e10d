import { type Finding, failureDomains, findingAt, isProvider, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { controlPlanesOf } from '../control-plane';

/** Two etcd members that one host takes with it. */
export const etcdOnOneHost: Rule = {
  code: 'ETCD_ON_ONE_HOST',
  severity: 'error',
  incident: 'three control planes had been created on the first hypervisor; its reboot for an upgrade took etcd, and the cluster, down',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of controlPlanesOf(site)) {
      const holders = new Map<IConstruct, IConstruct>();
      for (const member of cluster.controlPlanes) {
        const hosts = [...failureDomains(member)].filter(domain => isProvider(domain) && domain.capacity.memory !== undefined);
        const shared = hosts.find(host => holders.has(host));
        if (shared) {
          const other = holders.get(shared) as IConstruct;
          const problem = `${pathOf(other)} and ${pathOf(member)} both stand on ${pathOf(shared)}, and etcd loses two members with it`;
          yield findingAt(cluster, this, problem, 'place each control plane on a host of its own');
        }
        for (const host of hosts) holders.set(host, member);
      }
    }
  },
};
