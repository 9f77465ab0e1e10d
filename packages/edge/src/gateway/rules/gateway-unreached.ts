import { findingAt, type Rule } from '@ashlar/core';
import { isGateway } from '../is-gateway';

/** A gateway that no flow leads to. */
export const GATEWAY_UNREACHED: Rule = {
  code: 'GATEWAY_UNREACHED',
  severity: 'warning',
  incident: 'A shop moved to a new gateway on a Friday; every route was right, and every firewall on the way dropped its first packet.',
  *check(site) {
    for (const gateway of site.findAll().filter(isGateway)) {
      if (gateway.connections.ingress.length > 0) continue;
      yield findingAt(gateway, this, 'is reached by nobody: no flow leads to it', `write ${gateway.name}.connections.allowFrom(people)`);
    }
  },
};
