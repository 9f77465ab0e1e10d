import { Duration, type Lifecycle, type NameUse, type Replacement, type Step } from '@ashlar/core';
import { clusterOf } from '../cluster-of';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import { isProxmoxInstallation } from '../installation/is-proxmox-installation';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { nodeUnder } from '../rules/qdevice-inside';
import { join } from './node-installation';
import { holds, onNode } from './on-node';
import { workspaceOf } from './workspace-of';

/** How a node comes into its cluster, one after the other, is switched off, gets another release, and is replaced. */
export function nodeLifecycle(node: ProxmoxNode): Lifecycle {
  const cluster = clusterOf(node);
  const before = cluster.nodes[cluster.nodes.indexOf(node) - 1];
  return {
    startsAfter: [{ on: node.system, for: 'its operating system' }, ...(before ? [{ on: before, for: 'the cluster that it joins' }] : [])],
    uses: usesOf(cluster, node),
    start: [...join(cluster, node, before && cluster.nodes[0])],
    stop: [powerOff(node)],
    upgrade: upgrade(cluster, node),
    replace: machine => (machine === node.machine ? replacement(cluster, node) : undefined),
  };
}

/** The script that joins it installs the client of the third vote. One that is lost with a node is told by a rule of its own. */
function usesOf(cluster: ProxmoxCluster, { host }: ProxmoxNode): readonly NameUse[] {
  const { qdevice } = cluster;
  const voting = qdevice && !nodeUnder(cluster, qdevice) && cluster.node.children.some(isProxmoxInstallation);
  return voting && host ? [{ name: host.vlan.gateway, for: 'the packages of its third vote' }] : [];
}

/** The guests are down already: they stand on it. */
function powerOff(node: ProxmoxNode): Step {
  const { name, address } = node;
  return {
    id: 'shut-down',
    title: `Shut ${name} down`,
    action: { run: [onNode(node, 'systemctl poweroff')] },
    check: { command: ['sh', '-c', `! ping -c 1 -W 2 ${address}`] },
    undo: { byHand: `Switch ${name} on` },
    budget: Duration.minutes(10),
  };
}

/** Emptied first as far as HA moves guests; the others stop with it, and start again with it. */
function upgrade(cluster: ProxmoxCluster, node: ProxmoxNode): readonly Step[] {
  const { name } = node;
  const peer = peerOf(cluster, node);
  const release: Step = {
    id: 'release',
    title: `Upgrade ${name} to Proxmox VE ${cluster.version}`,
    action: { byHand: `On ${name} run \`apt-get update && apt-get dist-upgrade\`, and restart it${stopping(cluster, node)}` },
    check: { command: holds(node, `/nodes/${name}/version`, `.version + "." | startswith("${cluster.version}.")`) },
    undo: { nothing: 'a release that is installed stays; the machine is installed again when it must not' },
    budget: Duration.minutes(45),
  };
  if (!peer) return [release];
  return [
    ...(managed(cluster, node).length > 0 ? [maintenance(node, peer, true)] : []),
    release,
    ...(managed(cluster, node).length > 0 ? [maintenance(node, peer, false)] : []),
    {
      id: 'quorum',
      title: `Wait for all votes of ${cluster.name}`,
      action: { waits: `${name} joins the others again` },
      check: {
        command: holds(
          peer,
          '/cluster/status',
          `any(.[]; .type == "cluster" and .quorate == 1) and any(.[]; .type == "node" and .name == "${name}" and .online == 1)`,
        ),
      },
      undo: { nothing: 'nothing was changed' },
      budget: Duration.minutes(10),
    },
  ];
}

/** HA moves what it keeps running to other nodes, and back afterwards. @see https://pve.proxmox.com/wiki/High_Availability#ha_manager_node_maintenance */
function maintenance(node: ProxmoxNode, peer: ProxmoxNode, enable: boolean): Step {
  const { name } = node;
  const command = (word: string) => onNode(peer, `ha-manager crm-command node-maintenance ${word} ${name}`);
  const resting = `.type == "lrm" and .node == "${name}" and (.status | contains("maintenance"))`;
  const empty = `all(.[]; .type != "service" or .node != "${name}" or .state == "stopped")`;
  return {
    id: enable ? 'maintenance' : 'back',
    title: enable ? `Move the guests under HA off ${name}` : `Let HA use ${name} again`,
    action: { run: [command(enable ? 'enable' : 'disable')] },
    check: {
      command: holds(peer, '/cluster/ha/status/current', enable ? `any(.[]; ${resting}) and ${empty}` : `any(.[]; ${resting}) | not`),
    },
    undo: { run: [command(enable ? 'disable' : 'enable')] },
    budget: Duration.minutes(20),
  };
}

/** Another machine takes its name and its address; its disks are new, so that it is installed and joins like a new node. */
function replacement(cluster: ProxmoxCluster, node: ProxmoxNode): Replacement {
  const { name } = node;
  const peer = peerOf(cluster, node);
  const workspace = workspaceOf(cluster);
  const staying = stayingOn(cluster, node);
  const evacuate: Step = {
    id: 'evacuate',
    title: `Move ${names(staying)} off ${name}`,
    action: { byHand: `Migrate ${names(staying)} to other nodes with their disks` },
    check: { command: holds(node, '/cluster/resources --type vm', `all(.[]; .node != "${name}" or .status != "running")`) },
    undo: { byHand: `Migrate ${names(staying)} back to ${name}` },
    budget: Duration.hours(1),
  };
  const reapply: Step[] = workspace
    ? [
        {
          id: 'storages',
          title: `Apply the state ${workspace.name} to the new ${name}`,
          action: { terraform: workspace.name },
          check: { ask: `Does \`pvesm status\` on ${name} show every storage as active?` },
          undo: { nothing: 'what it made on the new disks is empty' },
          budget: Duration.minutes(10),
        },
      ]
    : [];
  if (!peer) return { leave: staying.length > 0 ? [evacuate] : [], join: reapply };
  const forget: Step = {
    id: 'forget',
    title: `Let ${cluster.name} forget the old ${name}`,
    action: { byHand: `On ${peer.name}, run \`pvecm delnode ${name}\`, and remove /etc/pve/nodes/${name} once no guest is listed in it` },
    check: { command: holds(peer, '/cluster/status', `all(.[]; .type != "node" or .name != "${name}")`) },
    undo: { nothing: 'the old one is off for good; the new one joins under its name' },
    budget: Duration.minutes(5),
    destroys: `what ${cluster.name} knows of guests that are still on ${name}`,
  };
  const moved = managed(cluster, node).length > 0;
  return {
    leave: [...(moved ? [maintenance(node, peer, true)] : []), ...(staying.length > 0 ? [evacuate] : [])],
    join: [forget, ...join(cluster, node, peer), ...reapply, ...(moved ? [maintenance(node, peer, false)] : [])],
  };
}

function peerOf(cluster: ProxmoxCluster, node: ProxmoxNode): ProxmoxNode | undefined {
  return cluster.nodes.find(other => other !== node);
}

/** Guests that HA may run on a node. */
function managed(cluster: ProxmoxCluster, node: ProxmoxNode): readonly ProxmoxGuest[] {
  return cluster.guests.filter(guest => guest.nodes.length > 1 && guest.nodes.includes(node));
}

/** Guests that stay on their node, by name. */
function stayingOn(cluster: ProxmoxCluster, node: ProxmoxNode): readonly ProxmoxGuest[] {
  return cluster.guests.filter(guest => guest.nodes.length === 1 && guest.homeNode === node);
}

function names(guests: readonly ProxmoxGuest[]): string {
  return guests
    .map(guest => guest.hostName)
    .sort()
    .join(', ');
}

function stopping(cluster: ProxmoxCluster, node: ProxmoxNode): string {
  const guests = stayingOn(cluster, node);
  return guests.length === 0 ? '' : `; ${names(guests)} ${guests.length === 1 ? 'stops and starts' : 'stop and start'} with it`;
}
