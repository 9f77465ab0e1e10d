import { decimals, networkText } from './amount-text';
import { markdownTable } from './markdown-table';
import type { CableLoad, NetworkLoad, SwitchLoad } from './network-load';

/** Cables of machines against their ports, and switches against what leads on from them. */
export function renderNetworkLoad({ machines, switches }: NetworkLoad): string[] {
  const cabled = machines.filter(machine => machine.linked > 0);
  const used = switches.filter(device => device.machines > 0);
  if (cabled.length === 0) return [];
  return [
    '## Network',
    markdownTable(['Machine', 'Ports with a cable:', 'They run at:', 'Of what they could:'], cabled.map(machineRow)),
    ...(used.length > 0
      ? [markdownTable(['Switch', 'Machines on it:', 'To other switches:', 'Oversubscription:'], used.map(switchRow))]
      : []),
  ];
}

function machineRow({ name, capable, linked }: CableLoad): string[] {
  return [name, networkText(capable), networkText(linked), `${decimals((100 * linked) / capable)} %`];
}

/** 4 : 1 means that a quarter of what machines send at once can leave the switch. */
function switchRow({ name, machines, uplinks }: SwitchLoad): string[] {
  const ratio = uplinks === 0 ? 'nothing leads on' : `${decimals(machines / uplinks)} : 1`;
  return [name, networkText(machines), networkText(uplinks), ratio];
}
