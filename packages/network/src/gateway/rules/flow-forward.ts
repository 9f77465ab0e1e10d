import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Ranges } from '../../segments/ranges';
import { isGateway } from '../gateway';
import { GatewayPlan } from '../gateway-plan';
import { type Forward, forwardsOf, isTranslated } from '../translations';

/** A public IPv4 address leads to one address inside by each of its ports. */
export const FLOW_FORWARD: Rule = {
  code: 'FLOW_FORWARD',
  severity: 'error',
  incident:
    'A second service was published on port 443; its rule stood below the first and never matched, so the old service answered under the new name.',
  *check(site) {
    for (const gateway of site.findAll().filter(isGateway)) {
      const plan = new GatewayPlan(gateway);
      const passages = plan.passages();
      const found = (message: string, fix: string) => findingAt(gateway, FLOW_FORWARD, message, fix);
      for (const { to, reason, port } of passages.filter(passage => isTranslated(plan, passage))) {
        const prefixes = to?.prefixes ?? [];
        if (prefixes.length === 1 && prefixes[0]?.endsWith('/32')) continue;
        yield found(
          `${reason} on ${port} leads to all of ${prefixes.join(' and ')}, and a port is forwarded to one address`,
          'allow the flow to a host instead',
        );
      }
      const taken = new Map<string, Ranges<Forward>>();
      for (const forward of forwardsOf(gateway, plan, passages)) {
        const { address, port, reason } = forward;
        const key = `${address} ${port.protocol}`;
        const ranges = taken.get(key) ?? new Ranges<Forward>();
        taken.set(key, ranges);
        const other = ranges.overlapping(BigInt(port.from), BigInt(port.to));
        if (other === undefined) ranges.add(BigInt(port.from), BigInt(port.to), forward);
        else if (other.target !== forward.target) {
          const where = address ?? `the uplink of ${pathOf(gateway)}`;
          yield found(
            `${port} of ${where} is wanted for ${reason}, and is already forwarded for ${other.reason}`,
            'let one reverse proxy take both, or use another port',
          );
        }
      }
    }
  },
};
