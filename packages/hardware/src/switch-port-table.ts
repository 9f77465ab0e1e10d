import type { IVlan } from '@ashlar/core';
import { Nic } from './nic';
import type { Switch } from './switch';
import type { SwitchPort } from './switch-port';

/** The ports of a switch as a table that one configures it by, in any vendor's interface. */
export function renderPortTable(device: Switch): string {
  const rows = device.ports.map(port => [
    String(port.number),
    port.mode,
    `${port.peer}${bondOf(port)}`,
    port.link ? `${port.link.speed}${port.link.forced ? ', forced' : ''}` : '',
    port.native ? vlan(port.native) : '',
    port.tagged.map(vlan).join(', '),
  ]);
  const table = [['Port', 'Mode', 'Peer', 'Speed', 'Native', 'Tagged'], ['---', '---', '---', '---', '---', '---'], ...rows];
  const vlans = new Map(device.ports.flatMap(port => [...(port.native ? [port.native] : []), ...port.tagged]).map(v => [v.tag, v.name]));
  return [
    `# Switch ${device.name}`,
    '',
    `${device.portCount} ports of ${device.portSpeed}${others(device)}. Ports that are not listed are off.`,
    '',
    ...table.map(cells => `| ${cells.map(escaped).join(' | ')} |`),
    '',
    'VLANs to create:',
    ...[...vlans].sort(([a], [b]) => a - b).map(([tag, name]) => `- ${tag} ${name}`),
    '',
  ].join('\n');
}

/** `, 49 of 40 Gb/s` for ports that differ. */
function others(device: Switch): string {
  return Object.entries(device.portSpeeds)
    .map(([number, speed]) => `, ${number} of ${speed}`)
    .join('');
}

/** `, bond0 (802.3ad)` where the machine bonds ports, so that the switch must do so too. */
function bondOf({ link }: SwitchPort): string {
  if (!link || !Nic.isNic(link.peer)) return '';
  const nic = link.peer;
  const bond = nic.machine.bonds.find(({ nics }) => nics.includes(nic));
  return bond ? `, ${bond.name} (${bond.mode})` : '';
}

function vlan({ tag, name }: IVlan): string {
  return `${tag} ${name}`;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
