import type { IntervalSet, Protocol } from '../rule-chain';
import { type Family, intervalText, UNROUTED } from './address-text';
import { includes, intersect, overlaps, sameSet, subtract } from './interval-set';
import { ALL_PORTS } from './ports';

/** Of long lists, these many are shown. */
const SHOWN = 4;

/** `10.20.0.0/24, 10.30.0.5`; of long lists the beginning, and the Internet by its name. */
export function placesText(set: IntervalSet, internet: IntervalSet, family: Family): string {
  const inside = subtract(set, internet).map(interval => intervalText(interval, family));
  const outside = overlaps(set, internet)
    ? [
        includes(set, subtract(internet, UNROUTED[family])) || isWide(intersect(set, internet))
          ? 'the Internet'
          : `${intersect(set, internet)
              .map(i => intervalText(i, family))
              .join(', ')} on the Internet`,
      ]
    : [];
  return shortened([...inside, ...outside]);
}

/** More than anybody lists. */
function isWide(set: IntervalSet): boolean {
  return set.length > SHOWN;
}

/** Every port, since what a report leaves out would count as closed: `22/tcp, 8000-8010/tcp`, `tcp` for all ports, `icmp echo`, `type 13 of icmp`, `protocol 47`. */
export function portsText(ports: IntervalSet, protocol: Protocol): string {
  if (sameSet(ports, ALL_PORTS[protocol])) return protocol === 'other' ? 'other protocols' : protocol;
  const numbers = ports.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  if (protocol === 'icmp' && (numbers.join() === '8' || numbers.join() === '128')) return 'icmp echo';
  if (protocol === 'icmp') return `type ${numbers.join(', ')} of icmp`;
  if (protocol === 'other') return `protocol ${numbers.join(', ')}`;
  return numbers.map(number => `${number}/${protocol}`).join(', ');
}

function shortened(parts: readonly string[]): string {
  const more = parts.length - SHOWN;
  return more > 1 ? `${parts.slice(0, SHOWN).join(', ')} and ${more} more` : parts.join(', ');
}
