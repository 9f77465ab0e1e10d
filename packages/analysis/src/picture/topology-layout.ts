import { counted } from '../amount-text';
import { type Block, column, drawing, framed, grid, line } from './block';

import { guestCard } from './guest-card';
import { networkCard } from './network-card';
import { INNER, page } from './page';
import { PAINT } from './palette';
import { rackFrame } from './rack-frame';
import { serviceCard } from './service-card';
import { HEADING, SUBTITLE, TITLE } from './text-style';
import type { ServiceItem, Topology } from './topology';

/** The picture of a site: its networks, its racks with machines and guests, its services. */
export function renderTopology(topology: Topology): string {
  const body = column([header(topology), ...sections(topology)], 28);
  return page(`${topology.title}: racks, networks and guests`, description(topology), body);
}

function header(topology: Topology): Block {
  return column([line(topology.title, TITLE, INNER), line(`${topology.domain} · ${summary(topology)}`, SUBTITLE, INNER)], 2);
}

function sections({ networks, racks, adrift, services }: Topology): Block[] {
  const sections: Block[] = [];
  if (networks.length > 0)
    sections.push(
      section(
        'Networks',
        cards(networks.length, networkColumns(networks.length), (i, w) => networkCard(networks[i]!, i, w)),
      ),
    );
  if (racks.length > 0)
    sections.push(
      section(
        racks.some(rack => rack.name !== undefined) ? 'Racks' : 'Machines',
        column(
          racks.map(rack => rackFrame(rack, INNER)),
          20,
        ),
      ),
    );
  if (adrift.length > 0)
    sections.push(
      section(
        'Guests on no machine',
        cards(adrift.length, 4, (i, w) => guestCard(adrift[i]!, w)),
      ),
    );
  if (services.length > 0)
    sections.push(
      section(
        'Services',
        cards(services.length, Math.min(3, services.length), (i, w) => serviceCard(services[i]!, w)),
      ),
    );
  if (sections.length === 0) sections.push(nothing());
  return sections;
}

function section(name: string, body: Block): Block {
  return column([line(name, HEADING), body], 10);
}

function cards(count: number, columns: number, card: (index: number, width: number) => Block): Block {
  const gap = 16;
  const width = Math.floor((INNER - gap * (columns - 1)) / columns);
  return grid(
    Array.from({ length: count }, (_, i) => card(i, width)),
    columns,
    gap,
  );
}

/** Four or five columns, whichever leaves the last row fuller. */
function networkColumns(count: number): number {
  if (count <= 5) return Math.max(3, count);
  return (5 - (count % 5)) % 5 < (4 - (count % 4)) % 4 ? 5 : 4;
}

function nothing(): Block {
  const text = line('No rack, machine, network, guest or service is in the site yet.', SUBTITLE, INNER, true);
  const room = drawing(INNER - 80, 80, (x, y) => text.draw(x + Math.floor((INNER - 80 - text.width) / 2), y + 30));
  return framed(room, INNER, { fill: PAINT.rack, edge: PAINT.rackEdge, dashed: true, radius: 14, padding: 40 });
}

function summary({ racks, networks, adrift, services }: Topology): string {
  const machines = racks.flatMap(rack => rack.machines);
  const all = [
    [racks.filter(rack => rack.name !== undefined).length, 'rack'],
    [machines.length, 'machine'],
    [machines.flatMap(machine => machine.guests).length + adrift.length, 'guest'],
    [networks.length, 'network'],
    [withInner(services).length, 'service'],
  ] as const;
  return (
    all
      .filter(([count]) => count > 0)
      .map(([count, noun]) => counted(count, noun))
      .join(' · ') || 'nothing yet'
  );
}

function withInner(services: readonly ServiceItem[]): readonly ServiceItem[] {
  return services.flatMap(service => [service, ...withInner(service.inside)]);
}

function description(topology: Topology): string {
  const machines = topology.racks.flatMap(rack => rack.machines.map(machine => ({ ...machine, rack: rack.name })));
  const told = machines.map(
    ({ name, rack, guests }) =>
      `${name}${rack === undefined ? '' : ` in ${rack}`} carries ${guests.map(guest => guest.name).join(', ') || 'no guest'}.`,
  );
  return [`${summary(topology)}.`, ...told].join(' ');
}
