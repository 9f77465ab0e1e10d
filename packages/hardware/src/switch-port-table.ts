import type { IVlan } from '@ashlar/core';
import type { Switch } from './switch';

/** The ports of a switch as a table that one configures it by, in any vendor's interface. */
export function renderPortTable(device: Switch): string {
  const rows = device.ports.map(port => [
    String(port.number),
    port.mode,
    port.peer,
    port.link ? String(port.link.speed) : '',
    port.native ? vlan(port.native) : '',
    port.tagged.map(vlan).join(', '),
  ]);
  const table = [['Port', 'Mode', 'Peer', 'Speed', 'Native', 'Tagged'], ['---', '---', '---', '---', '---', '---'], ...rows];
  const vlans = new Map(device.ports.flatMap(port => [...(port.native ? [port.native] : []), ...port.tagged]).map(v => [v.tag, v.name]));
  return [
    `# Switch ${device.name}`,
    '',
    `${device.portCount} ports of ${device.portSpeed}. Ports that are not listed are off.`,
    '',
    ...table.map(cells => `| ${cells.map(escaped).join(' | ')} |`),
    '',
    'VLANs to create:',
    ...[...vlans].sort(([a], [b]) => a - b).map(([tag, name]) => `- ${tag} ${name}`),
    '',
  ].join('\n');
}

function vlan({ tag, name }: IVlan): string {
  return `${tag} ${name}`;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
