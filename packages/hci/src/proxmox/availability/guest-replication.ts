import { type Bandwidth, Check, ConfigError, Duration, pathOf, vacant } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import { ProxmoxReplicationResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { literal } from '../firewall-rules';
import { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxNode } from '../proxmox-node';
import { calendarEvery } from '../schedule';
import { inOwnState } from '../tenancy/tenant-of';
import { replicasOf } from './replicas';
import { replicationRate } from './replication-rate';

export interface GuestReplicationProps {
  /** A guest that stays on its node; under HA, `highAvailability.replicateEvery` says the same. */
  readonly guest: ProxmoxGuest;
  /** Node that its disks are copied to. */
  readonly to: ProxmoxNode | Machine | string;
  /** Time between two copies, which is what the loss of its node loses at most. @default Duration.minutes(15) */
  readonly every?: Duration;
  /** The most that a copy may take of the network, 8 Mb/s or more. @default - no limit */
  readonly rate?: Bandwidth;
}

/**
 * Copies of a guest's disks on another node, from which a person starts it when its own node is lost: nothing moves by itself.
 * @see https://pve.proxmox.com/wiki/Storage_Replication
 */
export class GuestReplication extends Construct {
  public readonly guest: ProxmoxGuest;
  public readonly target: ProxmoxNode;
  /** The most that the loss of its node loses. */
  public readonly recoveryPoint: Duration;

  /** @throws REPLICATION_UNDER_HA, REPLICATION_OWN_NODE, REPLICATION_TWICE, REPLICATION_STORAGE, STORAGE_NOT_ON_NODE, REPLICATION_RATE, SCHEDULE */
  constructor(scope: Construct, id: string, props: GuestReplicationProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['guest', 'to', 'every', 'rate']);
    const { guest } = props;
    this.guest = check.instance('guest', guest, { name: 'ProxmoxVm or ProxmoxContainer', is: ProxmoxGuest.isProxmoxGuest }, 'vm');
    this.target = clusterOf(this).nodeOf(check.present('to', props.to, "'pve-02'"));
    this.recoveryPoint = props.every ?? Duration.minutes(15);
    const schedule = calendarEvery(this, 'every', this.recoveryPoint);
    const rate = replicationRate(this, 'rate', props.rate);
    requireUseful(this);
    replicasOf(guest).push({ target: this.target, every: this.recoveryPoint, ...(props.rate && { rate: props.rate }) });
    new ProxmoxReplicationResource(this, 'job', {
      id: `${guest.vmId}-${this.target.number}`,
      type: 'local',
      target: this.target.name,
      schedule,
      ...(rate !== undefined && { rate }),
      comment: literal(`managed by Ashlar: ${pathOf(this)}`),
      dependsOn: inOwnState(this, [guest.node.findChild(guest.kind === 'vm' ? 'vm' : 'container') as unknown as ITerraformDependable]),
    });
  }
}

function requireUseful(self: GuestReplication): void {
  const { guest, target } = self;
  if (guest.nodes.length > 1) {
    throw new ConfigError(
      self,
      'REPLICATION_UNDER_HA',
      `${pathOf(guest)} is highly available, and its disk is copied to ${guest.nodes
        .slice(1)
        .map(n => n.name)
        .join(', ')} for that already`,
      {
        fix: 'leave this out, and write highAvailability: { replicateEvery: … }',
      },
    );
  }
  if (target === guest.homeNode) {
    throw new ConfigError(
      self,
      'REPLICATION_OWN_NODE',
      `copies ${pathOf(guest)} to ${target.name}, the node that it runs on and is lost with`,
      {
        fix: `choose one of ${guest.cluster.nodes.flatMap(n => (n === target ? [] : [n.name])).join(', ')}`,
      },
    );
  }
  if (replicasOf(guest).some(replica => replica.target === target)) {
    throw new ConfigError(self, 'REPLICATION_TWICE', `${pathOf(guest)} is copied to ${target.name} already`, {
      fix: 'choose another node',
    });
  }
  for (const { storage } of guest.volumes) {
    if (!storage.replicable) {
      throw new ConfigError(
        self,
        'REPLICATION_STORAGE',
        `${pathOf(guest)} has a disk on ${pathOf(storage)} of type ${storage.type}, and Proxmox VE copies from ZFS only`,
        {
          fix: storage.replication ? 'leave this out: that storage keeps copies by itself' : 'put its disks on a ZfsStorage',
        },
      );
    }
    storage.requireOn(target, self);
  }
}
