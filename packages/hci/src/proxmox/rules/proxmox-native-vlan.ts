import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** The switch and the bridge of a node do not agree on which segment has no tag. */
export const PROXMOX_NATIVE_VLAN: Rule = {
  code: 'PROXMOX_NATIVE_VLAN',
  severity: 'error',
  incident: 'The port of the switch gave management without a tag, the guest sent it with one. It had a link, and no neighbours.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const node of cluster.nodes) {
        const { untagged } = cluster;
        const ports = (node.machine?.nics ?? []).flatMap(nic => nic.link?.port ?? []);
        if (ports.some(port => port.native === untagged)) continue;
        const port = ports.find(p => (untagged ? p.carries(untagged) : p.tagged.length > 0)); // VLAN_NOT_TRUNKED says the rest
        if (!port) continue;
        const sent = untagged ? `${pathOf(untagged)} without a tag` : 'every frame with a tag';
        const taken = port.native ? `takes frames without one for ${pathOf(port.native)}` : 'drops frames without one';
        yield findingAt(
          node,
          PROXMOX_NATIVE_VLAN,
          `sends ${sent}, and ${pathOf(port)} ${taken}`,
          "make it the native segment of the port, or tell the cluster with untagged: vlan or untagged: 'none'",
        );
      }
    }
  },
};
