import type { Command } from '@ashlar/core';
import type { ProxmoxNode } from '../proxmox-node';

/** SSH that asks for nothing, and gives up soon. */
const SSH = ['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5'] as const;

/** A command on a node, as root. It switches what runs; what the cluster is configured with comes from the output. */
export function onNode(node: ProxmoxNode, command: string): Command {
  return [...SSH, `root@${node.address}`, command];
}

/**
 * Ends with 0 when what the API says on a node holds. Where it says nothing, nothing holds: jq before 1.7 takes no input for success, and so
 * is given a list of none.
 * @param filter for jq, without single quotes
 * @see https://pve.proxmox.com/pve-docs/pvesh.1.html
 */
export function holds(node: ProxmoxNode, path: string, filter: string): Command {
  return ['sh', '-c', `${SSH.join(' ')} root@${node.address} pvesh get ${path} --output-format json | jq -es '.[0] | ${filter}'`];
}
