import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** Firmware that boots from the network sends frames without a tag: the switch must put them into the segment of the stack. */
export const PXE_VLAN_TAGGED: Rule = {
  code: 'PXE_VLAN_TAGGED',
  severity: 'error',
  incident:
    'The provisioning segment was added to the trunk with its tag; the firmware asked for an address in another segment, for an hour a machine.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      for (const hardware of stack.hardware) {
        const port = hardware.nic.link?.port;
        if (!port || port.native === stack.vlan) continue;
        const how = port.carries(stack.vlan) ? 'with its tag only' : 'not at all';
        yield findingAt(
          hardware,
          PXE_VLAN_TAGGED,
          `boots from ${pathOf(hardware.nic)}, whose frames have no tag, and ${pathOf(port)} carries ${pathOf(stack.vlan)} ${how}`,
          `connect it with { native: ${stack.vlan.name} }`,
        );
      }
    }
  },
};
