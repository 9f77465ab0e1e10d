import { findingAt, type Rule } from '@ashlar/core';
import { Zone } from '@ashlar/network';
import { clustersOf } from '../clusters-of';
import { connectablesOf } from '../guests/guest-nic';

/** Packages are installed at the first boot of a guest whose firewall lets no HTTP out. */
export const PACKAGES_UNREACHABLE: Rule = {
  code: 'PACKAGES_UNREACHABLE',
  severity: 'warning',
  incident: 'With outgoing traffic closed, apt waited for the mirror until cloud-init gave up. The guest came up without its software.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests) {
        if (!guest.rendersFirstBoot || guest.outbound === 'any' || guest.routes) continue;
        const flows = [guest, ...connectablesOf(guest.nics, vlan => Zone.find(vlan))].flatMap(c => c.connections.egress);
        const reaches = (ports: readonly number[]) =>
          flows.some(({ port }) => port.protocol === 'tcp' && ports.some(p => p >= port.from && p <= port.to));
        const [vendor] = guest.firstBoot.repositories;
        if (vendor && reaches([80]) && !reaches([443, 3128])) {
          yield findingAt(
            guest,
            PACKAGES_UNREACHABLE,
            `takes packages from ${vendor[1].url} at its first boot, and may connect by HTTP only`,
            'write servers.connections.allowTo(Internet.of(site), Port.tcp(443)), or to your own mirror',
          );
        }
        if (reaches([80, 443, 3128])) continue;
        yield findingAt(
          guest,
          PACKAGES_UNREACHABLE,
          `installs ${['qemu-guest-agent', ...guest.firstBoot.packages].join(', ')} at its first boot, and may connect to no mirror`,
          'write servers.connections.allowTo(Internet.of(site), Port.tcp(443)), or to your own mirror',
        );
      }
    }
  },
};
