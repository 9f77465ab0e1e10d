import { ConfigError, type IVlan, isVlan } from '@ashlar/core';
import { Construct } from 'constructs';
import type { ProxmoxCluster } from './proxmox-cluster';

/** The segment whose frames have no tag on the bridge: the one that was given, or that of the first node. @throws PROP_TYPE */
export function untaggedSegment(cluster: ProxmoxCluster, given: IVlan | 'none' | undefined): IVlan | undefined {
  if (given === 'none') return undefined;
  if (given === undefined) return cluster.nodes[0]?.host?.vlan;
  if (Construct.isConstruct(given) && isVlan(given)) return given;
  throw new ConfigError(cluster, 'PROP_TYPE', "untagged must be a Vlan or 'none'", {
    got: given,
    fix: 'pass the Vlan itself, not its tag',
  });
}
