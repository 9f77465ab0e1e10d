import { Duration, type IPlannedVlan, isAddressed, isPlannedVlan, type Lifecycle, type NameUse, type Step } from '@ashlar/core';
import { carrierOf } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { DrbdCluster } from './drbd-cluster';
import type { DrbdNode } from './drbd-node';

/** How a mirror comes up: the software on each vote, then its volumes, once. What is there already starts with its node. */
export function drbdLifecycle(cluster: DrbdCluster): Lifecycle {
  const { name, votes, volumes } = cluster;
  const runbook = `devices/drbd/${name}/RUNBOOK.md`;
  const systems = votes.map(vote => ({ vote, system: systemOf(vote) }));
  const first = cluster.nodes[0] as DrbdNode;
  const made: Step = {
    id: 'volumes',
    title: `Make ${volumes.map(volume => volume.name).join(', ')} on ${cluster.nodes.map(node => node.name).join(' and ')}`,
    action: { byHand: `Follow ${runbook}, Volumes` },
    check: { command: onVote(first, `drbdadm dstate ${volumes.map(volume => volume.name).join(' ')} | grep -q UpToDate`) },
    undo: { byHand: 'On both, `drbdadm down` and `drbdadm wipe-md`' },
    budget: Duration.minutes(20),
    destroys: 'what is on the disks of the copies',
  };
  return {
    startsAfter: systems.flatMap(({ system }) => (system ? [{ on: system, for: 'the system of a vote' }] : [])),
    uses: systems.flatMap(({ system }) => (system ? waysOut(system) : [])),
    start: [...votes.map(vote => software(vote, runbook)), ...(volumes.length > 0 ? [made] : [])],
    replace: machine => {
      const vote = votes.find(one => one.machine === machine);
      if (!vote) return undefined;
      return { leave: [], join: [software(vote, runbook), ...(vote.hasDisk ? [copyAgain(vote, runbook)] : [])] };
    },
  };
}

function software(vote: DrbdNode, runbook: string): Step {
  return {
    id: `software-${vote.name}`,
    title: `Install DRBD 9 on ${vote.name}`,
    action: { byHand: `On ${vote.name}, follow ${runbook}, Software and files` },
    check: { command: onVote(vote, `grep -q 'version: 9' /proc/drbd`) },
    undo: { byHand: `Remove /etc/drbd.d from ${vote.name}` },
    budget: Duration.minutes(20),
  };
}

/** The copy of a new disk is made from the others, over the network, at the rate that is left to it. */
function copyAgain(vote: DrbdNode, runbook: string): Step {
  return {
    id: `copy-${vote.name}`,
    title: `Copy everything to ${vote.name}`,
    action: { byHand: `On ${vote.name}, follow ${runbook}, A disk is replaced` },
    check: { command: onVote(vote, `drbdadm status | grep -q '^ *disk:UpToDate'`) },
    undo: { nothing: 'the other copies have every write' },
    budget: Duration.hours(12),
    destroys: `what is on the new disks of ${vote.name}`,
  };
}

/** What runs on the machine of a vote and has its address, such as a hypervisor. */
function systemOf(vote: DrbdNode): IConstruct | undefined {
  return carrierOf(vote, [vote.host.ip]);
}

/** Packages come from the vendor, by any of the segments that the system is on. */
function waysOut(system: IConstruct): NameUse[] {
  const vlans = isAddressed(system)
    ? system.addresses.map(({ vlan }) => vlan).filter((vlan): vlan is IPlannedVlan => isPlannedVlan(vlan))
    : [];
  return vlans.flatMap(vlan => vlan.gateways.map(name => ({ name, for: "the vendor's packages" })));
}

/** A command on a vote, as root, where one reaches it. */
export function onVote(vote: DrbdNode, command: string): readonly [string, ...string[]] {
  const system = systemOf(vote);
  const address = system && isAddressed(system) ? system.addresses[0]?.ip : undefined;
  return ['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5', `root@${address ?? vote.host.ip}`, command];
}
