import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxInstallation } from './proxmox-installation';

/**
 * What is done on a node once it is installed: it makes the cluster, or joins it. It may run again: what is done is not done twice.
 * @see https://pve.proxmox.com/pve-docs/pvecm.1.html
 */
export function clusterScript(installation: ProxmoxInstallation, node: ProxmoxNode): string {
  const { cluster } = installation;
  const first = cluster.nodes[0] as ProxmoxNode;
  const links = installation.linksOf(node).map((ip, i) => `--link${i} ${ip}`);
  const join =
    node === first ? `pvecm create ${cluster.name} ${links.join(' ')}` : `pvecm add ${first.address} ${links.join(' ')} --use_ssh`;
  return [
    '#!/bin/sh',
    `# ${node === first ? `Makes the cluster ${cluster.name}` : `Joins the cluster ${cluster.name}`}. Run it on ${node.name}, as root.`,
    'set -eu',
    '',
    `if [ "$(hostname)" != ${node.name} ]; then`,
    `  echo "this is for ${node.name}, and you are on $(hostname)" >&2`,
    '  exit 1',
    'fi',
    'here=$(dirname "$0")',
    'install -m 0644 "$here/interfaces" /etc/network/interfaces',
    'install -m 0644 "$here/pve-ha-manager" /etc/default/pve-ha-manager',
    'ifreload -a',
    ...(installation.qdeviceAddress ? ['apt-get update', 'apt-get install --yes corosync-qdevice'] : []),
    '',
    'if pvecm status >/dev/null 2>&1; then',
    `  echo "${node.name} is in a cluster already"`,
    'else',
    `  ${join}`,
    'fi',
    'pvecm status',
    '',
  ].join('\n');
}

/** Adds the third vote, when all nodes are in. It may run again. */
export function qdeviceScript(installation: ProxmoxInstallation): string {
  const first = installation.cluster.nodes[0] as ProxmoxNode;
  return [
    '#!/bin/sh',
    `# Adds the third vote to the cluster ${installation.cluster.name}. Run it on ${first.name}, as root, when all nodes have joined, and`,
    `# corosync-qnetd is installed on ${installation.qdeviceAddress}.`,
    'set -eu',
    '',
    'if pvecm status | grep -q Qdevice; then',
    '  echo "there is a QDevice already"',
    'else',
    `  pvecm qdevice setup ${installation.qdeviceAddress}`,
    'fi',
    'pvecm status',
    '',
  ].join('\n');
}
