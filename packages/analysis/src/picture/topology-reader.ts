import { pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { AddressBook, BookedAddress } from '../address-book';
import { decimals, diskText, memoryText } from '../amount-text';
import { byName } from '../by-name';
import type { Capacity, MachineLoad } from '../capacity';
import { addressesOf, depictionOf, kindOf, labelOf } from '../readings';
import { directSupports, isGuest, machinesUnder, rackOf, supportsOf } from '../standing';
import type {
  AddressChip,
  DeviceItem,
  GuestItem,
  LinkItem,
  MachineItem,
  Meter,
  NetworkItem,
  RackItem,
  ServiceItem,
  Topology,
} from './topology';

/** Reads from the contracts what a picture of a site shows. What several items ask for is looked up. */
export class TopologyReader {
  private readonly byKind = new Map<string | undefined, IConstruct[]>();
  private readonly loads: ReadonlyMap<IConstruct, MachineLoad>;
  /** Guests by the machine that they run on. */
  private readonly guestsOn = new Map<IConstruct | undefined, IConstruct[]>();
  /** What answers under addresses of a machine and is not shown itself, such as the hypervisor on it. */
  private readonly aboard = new Map<IConstruct | undefined, IConstruct[]>();
  /** Names of services by guest that they stand on directly. */
  private readonly carried = new Map<IConstruct, string[]>();
  /** By key, in the order of the book. */
  private readonly chipByKey = new Map<string, { readonly chip: AddressChip; readonly order: number }>();
  private readonly shown = new Set<string>();

  constructor(
    private readonly site: Site,
    private readonly book: AddressBook,
    capacity: Capacity,
  ) {
    for (const construct of site.findAll()) {
      if (depictionOf(construct) !== undefined || addressesOf(construct).length > 0) enter(this.byKind, kindOf(construct), construct);
    }
    for (const constructs of this.byKind.values())
      constructs.sort((a, b) => byName(labelOf(a), labelOf(b)) || byName(pathOf(a), pathOf(b)));
    this.loads = new Map(capacity.machines.map(load => [load.construct, load]));
    for (const guest of this.of('guest')) enter(this.guestsOn, machinesUnder(guest)[0], guest);
    for (const construct of this.of(undefined)) {
      const machines = machinesUnder(construct);
      if (machines.length === 1) enter(this.aboard, machines[0], construct);
    }
    for (const service of this.of('service')) for (const guest of shownSupports(service)) enter(this.carried, guest, labelOf(service));
    const positions = new Map(book.vlans.map((vlan, network) => [vlan, network]));
    book.addresses.forEach((address, order) => {
      const { vlan, ip, name } = address;
      const chip = { tag: vlan.tag, ip, name, network: positions.get(vlan) ?? 0 };
      if (!this.chipByKey.has(keyOf(address))) this.chipByKey.set(keyOf(address), { chip, order });
    });
  }

  public read(): Topology {
    // Guests, machines and services first: what they do not show is listed with its network.
    const racks = this.racks();
    const adrift = this.guests(undefined);
    const services = this.services();
    return { title: this.site.node.id, domain: this.site.domain, networks: this.networks(), racks, adrift, services };
  }

  private of(kind: string | undefined): readonly IConstruct[] {
    return this.byKind.get(kind) ?? [];
  }

  private racks(): RackItem[] {
    const feeds = this.of('feed');
    const [switches, machines] = [this.of('switch'), this.of('machine')];
    const homes = new Map([...switches, ...machines].map(device => [device, rackOf(device)]));
    const item = (rack: IConstruct | undefined): RackItem => {
      const [ownSwitches, ownMachines] = [switches, machines].map(devices => devices.filter(device => homes.get(device) === rack)) as [
        IConstruct[],
        IConstruct[],
      ];
      const supports = new Set([...ownSwitches, ...ownMachines].flatMap(device => [...supportsOf(device)]));
      return {
        ...(rack && { name: labelOf(rack) }),
        facts: rack ? factsOf(rack) : [],
        feeds: feeds.filter(feed => supports.has(feed) || rackOf(feed) === rack).map(feed => this.device(feed, [])),
        switches: ownSwitches.map(device => this.device(device, ownSwitches)),
        machines: ownMachines.map(machine => this.machine(machine, ownSwitches)),
      };
    };
    const outside = item(undefined);
    const all = this.of('rack').map(item);
    return outside.switches.length + outside.machines.length > 0 ? [...all, outside] : all;
  }

  private device(construct: IConstruct, switches: readonly IConstruct[]): DeviceItem {
    return { name: labelOf(construct), facts: factsOf(construct), links: linksOf(construct, switches) };
  }

  private machine(construct: IConstruct, switches: readonly IConstruct[]): MachineItem {
    return {
      name: labelOf(construct),
      facts: factsOf(construct),
      feeds: [...directSupports(construct)]
        .filter(support => kindOf(support) === 'feed')
        .map(labelOf)
        .sort(byName),
      links: linksOf(construct, switches),
      meters: metersOf(this.loads.get(construct)),
      addresses: this.chips([construct, ...(this.aboard.get(construct) ?? [])]),
      guests: this.guests(construct),
    };
  }

  /** @param machine that they run on; undefined for those on none */
  private guests(machine: IConstruct | undefined): GuestItem[] {
    return (this.guestsOn.get(machine) ?? []).map(guest => ({
      name: labelOf(guest),
      facts: [...factsOf(guest), ...[...supportsOf(guest)].filter(isGuest).map(outer => `inside ${labelOf(outer)}`)],
      addresses: this.chips([guest]),
      movesTo: machinesUnder(guest).slice(1).map(labelOf).sort(byName),
      carries: this.carried.get(guest) ?? [],
    }));
  }

  private services(): ServiceItem[] {
    const all = this.of('service');
    const outer = new Map(all.map(service => [service, [...supportsOf(service)].find(support => kindOf(support) === 'service')]));
    const item = (service: IConstruct): ServiceItem => ({
      name: labelOf(service),
      facts: factsOf(service),
      addresses: this.chips([service]),
      guests: [...shownSupports(service)].filter(isGuest).map(labelOf).sort(byName),
      inside: all.filter(other => outer.get(other) === service && outer.get(service) !== other).map(item),
    });
    return all.filter(service => outer.get(service) === undefined).map(item);
  }

  private networks(): NetworkItem[] {
    const vlans = this.book.vlans.map((vlan, network): NetworkItem => {
      const said = new Set([`VLAN ${vlan.tag}`, ...vlan.cidrs]);
      const others = this.book.addresses.filter(address => address.vlan === vlan && !this.shown.has(keyOf(address)));
      return {
        name: vlan.name,
        tag: vlan.tag,
        prefixes: vlan.cidrs,
        facts: factsOf(vlan).filter(fact => !said.has(fact)),
        others: others.map(({ ip, name }) => ({ tag: vlan.tag, ip, name, network })),
      };
    });
    const rest = this.of('network').filter(construct => !this.book.vlans.some(vlan => vlan === construct));
    return [...vlans, ...rest.map(construct => ({ name: labelOf(construct), prefixes: [], facts: factsOf(construct), others: [] }))];
  }

  /** The addresses of constructs that stand for one thing, in the order of the book. */
  private chips(constructs: readonly IConstruct[]): AddressChip[] {
    const keys = [...new Set(constructs.flatMap(addressesOf).map(keyOf))];
    for (const key of keys) this.shown.add(key);
    return keys
      .flatMap(key => this.chipByKey.get(key) ?? [])
      .sort((a, b) => a.order - b.order)
      .map(({ chip }) => chip);
  }
}

function enter<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function factsOf(construct: IConstruct): readonly string[] {
  return depictionOf(construct)?.facts ?? [];
}

function keyOf(address: Pick<BookedAddress, 'vlan' | 'ip'>): string {
  return `${address.vlan.node.path} ${address.ip}`;
}

/** What a construct stands on, without what that stands on. Supports that no picture shows are looked through. */
function shownSupports(construct: IConstruct): Set<IConstruct> {
  const isShown = (support: IConstruct) => ['guest', 'machine', 'service'].includes(kindOf(support) ?? '');
  const all = supportsOf(construct);
  const behind = new Set([...all].filter(isShown).flatMap(support => [...supportsOf(support)]));
  return new Set([...all].filter(support => isShown(support) && !behind.has(support)));
}

function linksOf(construct: IConstruct, switches: readonly IConstruct[]): LinkItem[] {
  return (depictionOf(construct)?.linkedTo ?? []).map(({ to, label }) => {
    const index = switches.indexOf(to);
    return { label, to: labelOf(to), ...(index >= 0 && !switches.includes(construct) && { switch: index }) };
  });
}

function metersOf(load: MachineLoad | undefined): Meter[] {
  if (!load) return [];
  const { offers, taken } = load;
  const meters: Meter[] = [
    { label: 'threads', text: `${taken.threads} of ${offers.threads}`, share: ratio(taken.threads, offers.threads) },
    {
      label: 'memory',
      text: `${memoryText(taken.memoryBytes).replace(/ GiB$/, '')} of ${memoryText(offers.memoryBytes)}`,
      share: ratio(taken.memoryBytes, offers.memoryBytes),
    },
    {
      label: 'disk',
      text: `${decimals(Math.round(taken.diskBytes / 1e9))} of ${diskText(offers.diskBytes)}`,
      share: ratio(taken.diskBytes, offers.diskBytes),
    },
  ];
  return meters.filter(meter => !meter.text.startsWith('0 of 0'));
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
