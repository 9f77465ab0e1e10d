import { familyOf, rangeOf } from '../../segments/subnet';
import type { VyosRule } from './vyos-rule';

/** What a DHCP server gives out lies in its subnet. */
export const VYOS_DHCP_RANGE: VyosRule = {
  code: 'VYOS_DHCP_RANGE',
  incident: 'A subnet was halved and its range was not; clients got addresses whose answers the router sent to the other half.',
  *check(config) {
    for (const [network, content] of config.below('service', 'dhcp-server', 'shared-network-name')) {
      for (const [subnet, inner] of content.below('subnet')) {
        const { first, last } = rangeOf(subnet);
        const outside = (ip: string | undefined) =>
          ip === undefined || familyOf(ip) !== 4 || rangeOf(ip).first < first || rangeOf(ip).first > last;
        for (const [name, range] of inner.below('range')) {
          const [start, stop] = [range.value('start'), range.value('stop')];
          if (outside(start) || outside(stop)) {
            yield {
              message: `range ${name} of ${network}, ${start} to ${stop}, is not within ${subnet}`,
              fix: `choose addresses of ${subnet}`,
            };
          } else if (rangeOf(start as string).first > rangeOf(stop as string).first) {
            yield { message: `range ${name} of ${network} begins at ${start}, after its end ${stop}`, fix: 'exchange them' };
          }
        }
        for (const [host, mapping] of inner.below('static-mapping')) {
          const ip = mapping.value('ip-address');
          if (ip !== undefined && outside(ip)) {
            yield {
              message: `${host} of ${network} is to get ${ip}, which is not within ${subnet}`,
              fix: `choose an address of ${subnet}`,
            };
          }
        }
      }
    }
  },
};
