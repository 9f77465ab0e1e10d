import { Duration, type Lifecycle, type Step, type Undo } from '@ashlar/core';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { holds, onNode } from './on-node';
import { workspaceOf } from './workspace-of';

/**
 * What is in a cluster comes up with its state. Before its nodes are switched off its guests are, and HA is disarmed: a node that loses
 * the majority while HA has work on it is restarted by its watchdog.
 */
export function clusterLifecycle(cluster: ProxmoxCluster): Lifecycle {
  const workspace = workspaceOf(cluster);
  const managed = cluster.guests.some(guest => guest.nodes.length > 1);
  return {
    startsAfter: workspace ? [{ on: workspace, for: 'its storages and guests' }] : [],
    stop: [...(cluster.guests.length > 0 ? [shutDownGuests(cluster)] : []), ...(managed ? [disarm(cluster)] : [])],
  };
}

/** Where HA keeps a guest running, a stop of it is asked of HA; the next apply of the state asks for its start again. */
function shutDownGuests(cluster: ProxmoxCluster): Step {
  const first = cluster.nodes[0] as ProxmoxNode;
  const guests = [...cluster.guests].sort((a, b) => a.vmId - b.vmId);
  const managed = guests.filter(guest => guest.nodes.length > 1);
  const others = guests.filter(guest => guest.nodes.length === 1);
  const workspace = workspaceOf(cluster);
  const undo: Undo = workspace ? { terraform: workspace.name } : { byHand: `Start the guests of ${cluster.name}` };
  return {
    id: 'guests',
    title: `Shut the guests of ${cluster.name} down`,
    action: {
      run: [
        ...managed.map(guest => onNode(first, `ha-manager crm-command stop ${guest.kind}:${guest.vmId} ${PATIENCE.toSeconds()}`)),
        ...others.map(guest => onNode(guest.homeNode, `${guest.kind === 'vm' ? 'qm' : 'pct'} shutdown ${guest.vmId} ${SHUTDOWN}`)),
      ],
    },
    check: { command: holds(first, '/cluster/resources --type vm', 'all(.[]; .status != "running")') },
    undo,
    budget: Duration.seconds(PATIENCE.toSeconds() * (1 + others.length)),
  };
}

/** Local managers first: each closes the watchdog of its node. They are back at the next boot. */
function disarm(cluster: ProxmoxCluster): Step {
  const services = (verb: string) =>
    ['pve-ha-lrm', 'pve-ha-crm'].flatMap(unit => cluster.nodes.map(node => onNode(node, `systemctl ${verb} ${unit}`)));
  const last = cluster.nodes.at(-1) as ProxmoxNode;
  return {
    id: 'disarm',
    title: `Disarm HA of ${cluster.name}`,
    action: { run: services('stop') },
    check: { command: onNode(last, 'systemctl show --property ActiveState pve-ha-lrm pve-ha-crm | grep -c =inactive | grep -qx 2') },
    undo: { run: services('start') },
    budget: Duration.minutes(5),
  };
}

/** How long a guest may take to shut down before it is stopped. */
const PATIENCE = Duration.minutes(3);
const SHUTDOWN = `--timeout ${PATIENCE.toSeconds()} --forceStop 1`;
