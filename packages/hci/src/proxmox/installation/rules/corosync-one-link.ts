import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../../clusters-of';
import { isProxmoxInstallation } from '../is-proxmox-installation';

/** The nodes hear of each other over one segment, and there is another that all of them are on. */
export const COROSYNC_ONE_LINK: Rule = {
  code: 'COROSYNC_ONE_LINK',
  severity: 'warning',
  incident: 'A backup filled the only link of corosync. The nodes lost each other, and the watchdogs restarted all of them.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const installation = cluster.node.children.find(isProxmoxInstallation);
      const [first, ...others] = cluster.nodes;
      if (!installation || installation.links.length > 0 || !first || others.length === 0) continue;
      const common = first.otherHosts.find(({ vlan }) => others.every(node => node.otherHosts.some(host => host.vlan === vlan)));
      if (!common) continue;
      yield findingAt(
        installation,
        COROSYNC_ONE_LINK,
        `the nodes hear of each other over ${pathOf(first.host?.vlan ?? first)} alone, and all of them are on ${pathOf(common.vlan)} too`,
        `write links: [${common.vlan.name}]`,
      );
    }
  },
};
