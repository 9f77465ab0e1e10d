import type { Bmc } from './bmc';
import type { Link } from './link';
import type { Machine } from './machine';
import type { Nic } from './nic';

/** What is in a machine and where its cables lead, for whoever stands before it. */
export function renderMachine(machine: Machine): string {
  const { model, feeds, position } = machine;
  const supplies =
    model.powerSupplies === undefined ? '' : `, ${model.powerSupplies} power ${model.powerSupplies === 1 ? 'supply' : 'supplies'}`;
  const unit = position === undefined ? '' : `, unit ${position}${model.height > 1 ? ` to ${position + model.height - 1}` : ''}`;
  const sections = [
    `# Machine ${machine.name}`,
    `${model}: ${model.cores} cores, ${model.threads} threads, ${model.memory} memory, ${model.architecture}${unit}.`,
    `Power: ${model.power} at most, from ${feeds.map(feed => feed.node.id).join(' and ')}${supplies}.`,
    table(['Network port', 'MAC', 'Capable of', 'Cable to', 'Runs at'], machine.nics.map(portRow)),
    table(
      ['Bond', 'Of', 'Mode', 'Carries'],
      machine.bonds.map(({ name, nics, mode, speed }) => [name, nics.map(nic => nic.name).join(', '), mode, String(speed)]),
    ),
    table(
      ['Disk', 'Size', 'Kind', 'Device'],
      machine.disks.map(({ node, size, kind, device }) => [node.id, `${size}`, kind ?? '', device ?? '']),
    ),
    ...(machine.bmc ? [bmc(machine.bmc)] : []),
    ...firmware(machine),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

function portRow(nic: Nic): string[] {
  return [nic.name, nic.mac ?? '', String(nic.speed), cable(nic.link), nic.link ? String(nic.link.speed) : ''];
}

function bmc({ ip, vlan, mac, protocol, link, sharedWith }: Bmc): string {
  const facts = [
    protocol,
    ip,
    `VLAN ${vlan.tag} ${vlan.name}`,
    ...(mac ? [mac] : []),
    sharedWith ? `on the cable of ${sharedWith.name}` : cable(link),
  ];
  return `BMC: ${facts.filter(fact => fact !== '').join(', ')}.`;
}

function firmware({ firmware, model: { leastFirmware } }: Machine): string[] {
  const components = [...new Set([...Object.keys(firmware), ...Object.keys(leastFirmware)])].sort();
  if (components.length === 0) return [];
  return [
    table(
      ['Firmware', 'Version', 'At least'],
      components.map(name => [name, firmware[name] ?? 'not known', leastFirmware[name] ?? '']),
    ),
  ];
}

function cable(link: Link | undefined): string {
  return link ? `${link.port.switch.name} port ${link.port.number}` : '';
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [heading, heading.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
