import { type Command, Duration, failureDomains, type Replacement, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { spareMembers } from '../etcd/control-plane';
import { healthCheck, kubectl, privateFile, type TalosTarget, talosctl } from './talos-commands';
import type { TalosMember } from './talos-member';

const MACHINE = Duration.minutes(10);

/** Begins etcd, on the first control plane and nowhere else; the others join it by themselves. */
export function bootstrapStep(target: TalosTarget): Step {
  const [first] = target.members as [TalosMember];
  return {
    id: 'bootstrap',
    title: `Begin etcd on ${first.node.hostName}`,
    action: { run: [talosctl(target, first, 'bootstrap')] },
    check: { command: talosctl(target, first, 'etcd', 'status') },
    undo: { nothing: 'etcd goes with the machines that hold it' },
    budget: MACHINE,
  };
}

/**
 * Takes the machines down: workers first, drained; then control planes, each without its leadership of etcd. Those that the majority
 * needs go last and undrained, because nobody is left to move their pods to.
 */
export function stopSteps(target: TalosTarget): Step[] {
  const workers = target.members.filter(({ controlPlane }) => !controlPlane);
  const controlPlanes = target.members.filter(({ controlPlane }) => controlPlane).reverse();
  const spare = spareMembers(controlPlanes.length);
  return [
    ...workers.map(member => stop(target, member, 'drained')),
    ...controlPlanes.map((member, i) => stop(target, member, i < spare ? 'drained' : 'last')),
  ];
}

function stop(target: TalosTarget, member: TalosMember, how: 'drained' | 'last'): Step {
  const { node, controlPlane } = member;
  const forfeit = talosctl(target, member, 'etcd', 'forfeit-leadership');
  const shutdown = talosctl(target, member, 'shutdown', ...(how === 'last' ? ['--force'] : []));
  return {
    id: `stop-${node.hostName}`,
    title: how === 'drained' ? `Drain ${node.hostName}, and shut it down` : `Shut ${node.hostName} down`,
    action: { run: [...(controlPlane && how === 'drained' ? [forfeit] : []), shutdown] },
    check: how === 'drained' ? { command: gone(target, member) } : { ask: `Is ${node.hostName} switched off?` },
    undo: { byHand: `Switch ${node.hostName} on.` },
    budget: MACHINE,
  };
}

/** Brings etcd back from a snapshot: what began empty is wiped from every control plane, and begun again with it. */
export function restoreSteps(target: TalosTarget): Step[] {
  const controlPlanes = target.members.filter(({ controlPlane }) => controlPlane);
  const [first] = controlPlanes as [TalosMember];
  const snapshot = snapshotOf(target);
  return [
    {
      id: 'snapshot',
      title: `Fetch the last snapshot of etcd of ${target.cluster.name}`,
      action: { byHand: `Fetch the last snapshot of etcd from where backups are kept, decrypt it, and put it at ${snapshot}.` },
      check: { ask: `Is the snapshot at ${snapshot}, and does \`etcdutl snapshot status\` read it?` },
      undo: { byHand: `Delete ${snapshot}.` },
      budget: Duration.minutes(15),
    },
    ...controlPlanes.map(
      (member): Step => ({
        id: `wipe-${member.node.hostName}`,
        title: `Wipe what ${member.node.hostName} has of etcd`,
        action: {
          run: [talosctl(target, member, 'reset', '--graceful=false', '--reboot', '--system-labels-to-wipe', 'EPHEMERAL')],
        },
        check: { ask: `Does etcd of ${member.node.hostName} wait for its bootstrap? \`talosctl service etcd\` says Preparing.` },
        undo: { nothing: 'what is wiped is what the empty start wrote' },
        budget: MACHINE,
        destroys: `what etcd of ${target.cluster.name} holds now`,
      }),
    ),
    recoverStep(target, first),
  ];
}

/**
 * How a cluster does without a machine, or without the host that takes one of its machines with it. A single control plane takes etcd
 * with it, so that it comes back from a snapshot.
 */
export function replacement(target: TalosTarget, machine: IConstruct, join: (member: TalosMember) => Step[]): Replacement | undefined {
  const lost = target.members.filter(({ node }) => node === machine || failureDomains(node).has(machine));
  if (lost.length === 0) return undefined;
  const single = (member: TalosMember) => member.controlPlane && target.members.filter(({ controlPlane }) => controlPlane).length === 1;
  return {
    leave: lost.map(member => leave(target, member, single(member))),
    join: lost.flatMap(member => [...join(member), ...(single(member) ? [recoverStep(target, member)] : []), joined(target, member)]),
  };
}

/** A member leaves while all is well, so that a majority stays: a graceful reset drains it, and leaves etcd, before it wipes. */
function leave(target: TalosTarget, member: TalosMember, single: boolean): Step {
  const { hostName } = member.node;
  const reset = (graceful: boolean) => talosctl(target, member, 'reset', `--graceful=${graceful}`, '--reboot=false', '--timeout', '10m');
  const forfeit = talosctl(target, member, 'etcd', 'forfeit-leadership');
  const snapshot = talosctl(target, member, 'etcd', 'snapshot', snapshotOf(target));
  return {
    id: `leave-${hostName}`,
    title: single ? `Take a snapshot of etcd of ${hostName}, and wipe it` : `Drain ${hostName}, let it leave, and wipe it`,
    action: { run: [healthCheck(target), ...(single ? [snapshot] : member.controlPlane ? [forfeit] : []), reset(!single)] },
    check: single ? { ask: `Is ${hostName} switched off, and its snapshot at ${snapshotOf(target)}?` } : { command: gone(target, member) },
    undo: { byHand: `Configure ${hostName} again, as at its start.` },
    budget: Duration.minutes(15),
    destroys: `the system disk of ${hostName}`,
  };
}

function joined(target: TalosTarget, { node, controlPlane }: TalosMember): Step {
  return {
    id: `joined-${node.hostName}`,
    title: `Wait for ${node.hostName}`,
    action: { waits: `${node.hostName} joins${controlPlane ? ' etcd and' : ''} the cluster by itself.` },
    check: { command: kubectl(target, 'wait', `node/${node.hostName}`, '--for=condition=Ready', '--timeout=10s') },
    undo: { nothing: 'waiting changes nothing' },
    budget: MACHINE,
  };
}

function recoverStep(target: TalosTarget, first: TalosMember): Step {
  return {
    id: 'recover',
    title: `Begin etcd on ${first.node.hostName} with the snapshot`,
    action: { run: [talosctl(target, first, 'bootstrap', '--recover-from', snapshotOf(target))] },
    check: { command: healthCheck(target) },
    undo: { nothing: 'it is begun again in the same way' },
    budget: Duration.minutes(20),
  };
}

/** Where a snapshot of etcd is put to begin it with. */
function snapshotOf({ cluster }: TalosTarget): string {
  return privateFile(cluster.name, 'etcd.snapshot');
}

/** Ends with 0 once the others have not heard of a node for a while. */
function gone(target: TalosTarget, { node }: TalosMember): Command {
  return kubectl(target, 'wait', `node/${node.hostName}`, '--for=condition=Ready=Unknown', '--timeout=10s');
}
