import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isPfSense } from '../is-pfsense';

/** Words that pfSense has a meaning of its own for. @see https://docs.netgate.com/pfsense/en/latest/interfaces/configure.html */
const RESERVED = /^(L2TP|(WAN|LAN|OPT\d+)__NETWORK)$/;

/** The name of an interface becomes that of a macro of pf. */
export const PFSENSE_INTERFACE_NAME: Rule = {
  code: 'PFSENSE_INTERFACE_NAME',
  severity: 'error',
  incident:
    'A VLAN was called by its tag; pf read its macro as a number, refused the rule set, and the firewall kept that of the week before.',
  *check(site) {
    for (const gateway of site.findAll().filter(isPfSense)) {
      for (const { descr, vlan } of gateway.interfaces.segments) {
        const told = `the interface of ${pathOf(vlan)} would be called ${descr}, which`;
        const found = (why: string) => findingAt(gateway, PFSENSE_INTERFACE_NAME, `${told} ${why}`, 'give the VLAN another id');
        if (/^\d+$/.test(descr)) yield found('is a number');
        else if (descr === gateway.interfaces.wan.descr) yield found('is the name of the uplink');
        else if (RESERVED.test(descr)) yield found('is a word of pfSense');
      }
    }
  },
};
