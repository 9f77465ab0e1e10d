import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isGateway } from '../gateway';

/** Somebody must be able to be where the gateway lets itself be managed from. */
export const MANAGEMENT_LOCKOUT: Rule = {
  code: 'MANAGEMENT_LOCKOUT',
  severity: 'error',
  incident:
    'SSH was bound to a new management segment that no port of the switch carried yet; the way back in was a drive to the data centre.',
  *check(site) {
    for (const gateway of site.findAll().filter(isGateway)) {
      const { management } = gateway;
      const others = gateway.connections.ingress.filter(flow => flow.from !== management && [22, 443].includes(flow.port.from));
      const somebody = management.hosts.length > 0 || management.pools.some(pool => pool.use === 'dhcp') || others.length > 0;
      if (somebody) continue;
      yield findingAt(
        gateway,
        MANAGEMENT_LOCKOUT,
        `is managed from ${pathOf(management)} alone, where nobody can be: it has neither a host nor a DHCP pool`,
        `write ${management.name}.host('admin-desk'), or let another host in with connections.allowFrom(desk, Port.tcp(22))`,
      );
    }
  },
};
