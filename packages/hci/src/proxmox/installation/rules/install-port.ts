import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../../clusters-of';
import { isProxmoxInstallation } from '../is-proxmox-installation';
import { bridgePort, portOf } from '../node-port';

/** A node is to be installed, and no known cable brings it its segment. */
export const INSTALL_PORT: Rule = {
  code: 'INSTALL_PORT',
  severity: 'error',
  incident: 'The installer took the first port that had a link. It was the one to the storage, and the node came up where nobody saw it.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      if (!cluster.node.children.some(isProxmoxInstallation)) continue;
      for (const node of cluster.nodes) {
        const { machine, host } = node;
        if (!machine || !host) continue;
        const nic = bridgePort(node);
        if (!nic) {
          yield findingAt(
            node,
            INSTALL_PORT,
            `no cable brings ${pathOf(host.vlan)} to ${pathOf(machine)} without a tag, and the installer knows no tags`,
            `connect a port of a switch to it with native: ${host.vlan.name}`,
          );
        } else if (nic.mac === undefined) {
          yield findingAt(
            node,
            INSTALL_PORT,
            `the MAC address of ${pathOf(nic)} is not known, by which the installer finds the port`,
            `write macs: { ${nic.name}: '02:00:5e:10:00:01' } for the machine`,
          );
        }
        for (const other of node.otherHosts) {
          if (portOf(node, other)) continue;
          yield findingAt(
            node,
            INSTALL_PORT,
            `no cable brings ${pathOf(other.vlan)} to ${pathOf(machine)}, where it is ${pathOf(other)}`,
            `connect a port of a switch to it with tagged: [${other.vlan.name}]`,
          );
        }
      }
    }
  },
};
