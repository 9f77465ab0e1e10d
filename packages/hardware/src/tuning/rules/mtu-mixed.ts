import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Machine } from '../../machine';
import { isHostTuning } from '../is-host-tuning';
import { jumboPorts } from '../jumbo-ports';

/** Ethernet's own. */
const DEFAULT = 1500;

/** Everything on a segment must take packets of the same size: nobody tells the sender that one was too large. */
export const MTU_MIXED: Rule = {
  code: 'MTU_MIXED',
  severity: 'error',
  incident: 'One of three storage nodes kept an MTU of 1500: logins worked, and replication hung as soon as it had data to send.',
  *check(site) {
    const all = site.findAll();
    const tunings = all.filter(isHostTuning);
    const mtus = new Map(tunings.flatMap(tuning => jumboPorts(tuning).map(({ nic, mtu }) => [nic, mtu])));
    const nics = all.filter(Machine.isMachine).flatMap(machine => machine.nics);
    for (const tuning of tunings) {
      for (const { nic, mtu } of jumboPorts(tuning)) {
        const vlan = nic.link?.port.native;
        const other = vlan && nics.find(peer => peer.link?.port.native === vlan && (mtus.get(peer) ?? DEFAULT) !== mtu);
        if (!vlan || !other) continue;
        yield findingAt(
          tuning,
          MTU_MIXED,
          `${pathOf(nic)} gets an MTU of ${mtu}, and ${pathOf(other)}, which is on ${pathOf(vlan)} too, has ${mtus.get(other) ?? DEFAULT}`,
          'give all ports on the segment the same',
        );
      }
    }
  },
};
