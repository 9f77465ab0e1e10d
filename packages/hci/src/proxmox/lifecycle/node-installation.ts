import { Duration, type Step } from '@ashlar/core';
import { isProxmoxInstallation } from '../installation/is-proxmox-installation';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { holds } from './on-node';

/** Puts Proxmox VE on a machine that has power. It is done when the API of the node answers. */
export function install(cluster: ProxmoxCluster, node: ProxmoxNode): Step {
  const { name, address, host } = node;
  const folder = installationFolder(cluster);
  const where = host ? `the address ${host.cidr} and the gateway ${host.vlan.gateway}` : `the address ${address}`;
  return {
    id: 'install',
    title: `Install Proxmox VE ${cluster.version} on ${name}`,
    action: {
      byHand: folder
        ? `Boot ${name} from a medium with ${folder}/${name}/answer.toml, as ${folder}/INSTALL.md says`
        : `Install Proxmox VE ${cluster.version} on ${name}, with that name, ${where}`,
    },
    check: { command: ['curl', '--insecure', '--silent', '--output', '/dev/null', '--max-time', '5', `https://${urlHost(address)}:8006/`] },
    undo: { nothing: 'nothing else knows of it yet; it is installed again' },
    budget: Duration.minutes(30),
    destroys: `what is on the disks that ${name} boots from`,
  };
}

/** Makes the cluster on its first node, or joins it on another by way of `peer`. A cluster of one needs neither. */
export function join(cluster: ProxmoxCluster, node: ProxmoxNode, peer?: ProxmoxNode): readonly Step[] {
  if (cluster.nodes.length < 2) return [];
  const { name } = node;
  const folder = installationFolder(cluster);
  const command = folder
    ? `sh /root/install/${name}/cluster.sh\`, as ${folder}/INSTALL.md says`
    : `pvecm ${peer ? `add ${peer.address}` : `create ${cluster.name}`}\``;
  return [
    {
      id: 'join',
      title: peer ? `${name} joins ${cluster.name}` : `Make the cluster ${cluster.name} on ${name}`,
      action: { byHand: `On ${name}, which has no guests yet, run \`${command}` },
      check: { command: holds(node, '/cluster/status', `any(.[]; .type == "cluster" and .name == "${cluster.name}")`) },
      undo: peer
        ? { byHand: `Switch ${name} off for good, then run \`pvecm delnode ${name}\` on ${peer.name}` }
        : { byHand: `Install ${name} again, while no other node has joined` },
      budget: Duration.minutes(10),
    },
  ];
}

function installationFolder(cluster: ProxmoxCluster): string | undefined {
  return cluster.node.children.some(isProxmoxInstallation) ? `devices/proxmox/${cluster.name}` : undefined;
}

function urlHost(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
