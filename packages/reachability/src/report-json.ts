import type { Reachability } from './reachability';
import { PROTOCOLS } from './rule-chain';
import { FAMILIES, intervalText } from './space/address-text';

/** Every region in its one form, for programs. */
export function reportJson(reachability: Reachability): string {
  const regions = FAMILIES.flatMap(family =>
    PROTOCOLS.flatMap(protocol =>
      [false, true].flatMap(local =>
        reachability.region(family, protocol, local).map(({ source, destination, ports }) => ({
          family,
          protocol,
          ...(local && { local }),
          from: source.map(interval => intervalText(interval, family)),
          to: destination.map(interval => intervalText(interval, family)),
          ports: ports.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)),
        })),
      ),
    ),
  );
  return `${JSON.stringify({ regions }, null, 2)}\n`;
}
