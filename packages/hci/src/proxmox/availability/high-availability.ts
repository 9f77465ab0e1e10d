import { type Bandwidth, Check, ConfigError, Duration, pathOf } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import {
  ProxmoxHagroupResource,
  ProxmoxHaresourceResource,
  ProxmoxHaruleResource,
  ProxmoxReplicationResource,
} from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literal } from '../firewall-rules';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { calendarEvery } from '../schedule';
import { replicasOf } from './replicas';
import { replicationRate } from './replication-rate';

/** How Proxmox VE keeps a guest running when its node is lost. */
export interface HighAvailability {
  /** Nodes that it may run on, most preferred first, two or more. @default - all of the cluster, in their order */
  readonly nodes?: readonly (ProxmoxNode | Machine | string)[];
  /** Whether it returns to a more preferred node when that is back. @default true */
  readonly failback?: boolean;
  /** On local storage: time between two copies of its disk to the other nodes, which is what a failover loses at most. @default Duration.minutes(15) */
  readonly replicateEvery?: Duration;
  /** On local storage: the most that a copy may take of the network. @default - no limit */
  readonly replicationRate?: Bandwidth;
}

/** The nodes that HA may run a guest on. @throws HA_ONE_NODE, HA_NODE_TWICE */
export function haNodes(guest: IConstruct, cluster: ProxmoxCluster, ha: HighAvailability): readonly ProxmoxNode[] {
  new Check(`${pathOf(guest)}.highAvailability`).known(ha, ['nodes', 'failback', 'replicateEvery', 'replicationRate']);
  const nodes =
    ha.nodes === undefined
      ? cluster.nodes
      : new Check(guest).list('highAvailability.nodes', ha.nodes, 'pve.nodes[0]').map(node => cluster.nodeOf(node));
  const twice = nodes.find((node, i) => nodes.indexOf(node) < i);
  if (twice) {
    throw new ConfigError(
      guest,
      'HA_NODE_TWICE',
      `highAvailability.nodes names ${twice.name} twice, and its disk would be replicated to the node that it is on`,
      { fix: 'name each node once' },
    );
  }
  if (nodes.length < 2) {
    throw new ConfigError(guest, 'HA_ONE_NODE', `highAvailability has nowhere to move it from ${nodes[0]?.name}`, {
      fix: cluster.nodes.length < 2 ? 'leave highAvailability out until there is a second node' : 'name two nodes or more',
    });
  }
  return nodes;
}

/** Puts a guest under HA: a group up to Proxmox VE 8, a rule from 9; and copies its disk when it lies on local storage. */
export function makeHighlyAvailable(guest: ProxmoxGuest, resource: ITerraformDependable, ha: HighAvailability): void {
  const check = new Check(guest);
  const failback = check.boolean('highAvailability.failback', ha.failback ?? true);
  const resourceId = `${guest.kind}:${guest.vmId}`;
  const comment = literal(`managed by Ashlar: ${pathOf(guest)}`);
  // The first node is preferred most. Nodes that are not named never have its disk, so they are never used.
  const nodes = Object.fromEntries(guest.nodes.map((node, i) => [node.name, guest.nodes.length - i]));
  const replicas = guest.storage.shared ? [] : replicate(guest, resource, ha);
  const dependsOn = [resource, ...replicas];
  if (guest.cluster.hasHaRules) {
    const managed = new ProxmoxHaresourceResource(guest, 'ha', { resourceId, state: 'started', failback, comment, dependsOn });
    new ProxmoxHaruleResource(guest, 'ha-nodes', {
      rule: `ha-${guest.hostName}`,
      type: 'node-affinity',
      resources: [resourceId],
      nodes,
      strict: true,
      comment,
      dependsOn: [managed],
    });
    guest._managed = managed;
  } else {
    const group = new ProxmoxHagroupResource(guest, 'ha-nodes', {
      group: `ha-${guest.hostName}`,
      nodes,
      restricted: true,
      noFailback: !failback,
      comment,
    });
    new ProxmoxHaresourceResource(guest, 'ha', {
      resourceId,
      state: 'started',
      group: `ha-${guest.hostName}`,
      comment,
      dependsOn: [...dependsOn, group],
    });
  }
}

/** The time between two copies, when there are copies. */
export function replicationInterval(ha: HighAvailability): Duration {
  return ha.replicateEvery ?? Duration.minutes(15);
}

/**
 * Copies the disk to each other node. After a failover the job runs the other way, so that neither its target nor the node
 * of the guest is what was declared; Terraform must not turn it back.
 */
function replicate(guest: ProxmoxGuest, resource: ITerraformDependable, ha: HighAvailability): ProxmoxReplicationResource[] {
  const { storage } = guest;
  if (!storage.replicable) {
    throw new ConfigError(
      guest,
      'HA_ON_LOCAL_DISK',
      `is highly available, and its disk lies on ${storage.name} [${pathOf(storage)}], a local storage of type ${storage.type} that is lost with its node`,
      {
        fix: 'put the disk on a ZFS pool, which is replicated, or on shared storage',
        see: 'https://pve.proxmox.com/wiki/Storage_Replication',
      },
    );
  }
  const schedule = calendarEvery(guest, 'highAvailability.replicateEvery', replicationInterval(ha));
  const rate = replicationRate(guest, 'highAvailability.replicationRate', ha.replicationRate);
  const targets = guest.nodes.filter(node => node !== guest.homeNode);
  return targets.map(node => {
    replicasOf(guest).push({ target: node, every: replicationInterval(ha), ...(ha.replicationRate && { rate: ha.replicationRate }) });
    return new ProxmoxReplicationResource(guest, `replica-${node.name}`, {
      id: `${guest.vmId}-${node.number}`,
      type: 'local',
      target: node.name,
      schedule,
      ...(rate !== undefined && { rate }),
      comment: literal(`managed by Ashlar: ${pathOf(guest)}`),
      dependsOn: [resource],
      lifecycle: { ignoreChanges: ['target'] },
    });
  });
}
