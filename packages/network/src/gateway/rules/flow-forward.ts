import { findingAt, type Rule } from '@ashlar/core';
import { PfSense } from '../../pfsense/pfsense';
import { Ranges } from '../../segments/ranges';
import { isForwarded, passages } from '../gateway-policy';

/** The gateway has one IPv4 address, so that each of its ports leads to one address inside. */
export const FLOW_FORWARD: Rule = {
  code: 'FLOW_FORWARD',
  severity: 'error',
  incident:
    'A second service was published on port 443; its rule stood below the first and never matched, so the old service answered under the new name.',
  *check(site) {
    for (const gateway of site.findAll().filter(PfSense.isPfSense)) {
      const taken = new Map<string, Ranges<string>>();
      for (const { to = '', port, reason } of passages(gateway, gateway.segments).filter(isForwarded)) {
        if (!port) continue;
        if (!to.endsWith('/32')) {
          yield findingAt(
            gateway,
            FLOW_FORWARD,
            `${reason} on ${port} leads to all of ${to}, and a port is forwarded to one address`,
            'allow the flow to a host instead',
          );
          continue;
        }
        const ranges = taken.get(port.protocol) ?? new Ranges<string>();
        taken.set(port.protocol, ranges);
        const other = ranges.overlapping(BigInt(port.from), BigInt(port.to));
        if (other === undefined) ranges.add(BigInt(port.from), BigInt(port.to), reason);
        else {
          const fix = 'let one reverse proxy take both, or use another port';
          yield findingAt(
            gateway,
            FLOW_FORWARD,
            `${port} of ${gateway.wan.ip} is wanted for ${reason}, and is already forwarded for ${other}`,
            fix,
          );
        }
      }
    }
  },
};
