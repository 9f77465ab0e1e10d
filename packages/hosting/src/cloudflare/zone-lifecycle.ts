import { Duration, type Lifecycle, ownerOf } from '@ashlar/core';
import type { CloudflareZone } from './cloudflare-zone';

/** A zone comes with its state. The world asks it once the registrar has what Cloudflare has assigned. */
export function zoneLifecycle(zone: CloudflareZone): Lifecycle {
  const { domain } = zone;
  const workspace = ownerOf(zone);
  return {
    startsAfter: workspace ? [{ on: workspace, for: 'its records' }] : [],
    start: [
      {
        id: 'delegation',
        title: `Delegate ${domain} to Cloudflare`,
        action: { byHand: `At the registrar of ${domain}, enter the name servers and the DS record that Cloudflare has assigned` },
        check: { command: ['sh', '-c', `dig +short NS ${domain} | grep -q 'ns[.]cloudflare[.]com'`] },
        undo: { byHand: `At the registrar of ${domain}, remove the DS record, wait for its TTL, and enter the name servers before` },
        budget: Duration.hours(4),
      },
    ],
  };
}
