import { pathOf, type Resources, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from './by-name';
import { capacityOf, consumptionOf, depictionOf, kindOf, labelOf, replicationOf } from './readings';
import { directSupports, isGuest, isMachine, machinesUnder, supportsOf } from './standing';

/** Plain numbers, so that they can be added, subtracted and written as JSON. */
export interface Amounts {
  readonly cores: number;
  /** Hardware threads of a machine, virtual CPUs of a guest. */
  readonly threads: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly networkMegabits: number;
  readonly powerWatts: number;
}

/** Something that takes resources of a machine. */
export interface GuestLoad {
  readonly construct: IConstruct;
  readonly name: string;
  readonly takes: Amounts;
  /** Machines that can carry it, the one that it runs on first. Empty when nothing says where it stands. */
  readonly machines: readonly IConstruct[];
}

/** A copy of a guest's disk on another machine, which takes as much there. */
export interface ReplicaLoad {
  readonly guest: GuestLoad;
  readonly diskBytes: number;
}

/** A machine with what runs on it. */
export interface MachineLoad {
  readonly construct: IConstruct;
  readonly name: string;
  readonly model: string;
  /** What it offers; power is what it draws. */
  readonly offers: Amounts;
  readonly guests: readonly GuestLoad[];
  /** Copies of guests that run elsewhere. */
  readonly replicas: readonly ReplicaLoad[];
  /** By guests, and of disk also by copies. */
  readonly taken: Amounts;
}

/** A power feed with what hangs on it when every other feed has failed. */
export interface FeedLoad {
  readonly construct: IConstruct;
  readonly name: string;
  readonly offersWatts: number;
  readonly takenWatts: number;
}

/** What the machines of a site offer and what stands on them takes. */
export class Capacity {
  public static of(site: Site): Capacity {
    const all = site.findAll();
    const guests = all.filter(construct => isLoad(construct)).map(loadOf);
    guests.sort((a, b) => byName(a.name, b.name) || byName(pathOf(a.construct), pathOf(b.construct)));
    const byHome = grouped(guests.map(guest => [guest.machines[0], guest]));
    const copies = grouped(
      guests.flatMap(guest => copiesOf(guest).map((on): [IConstruct, ReplicaLoad] => [on, { guest, diskBytes: guest.takes.diskBytes }])),
    );
    const machines = all.filter(isMachine).map(machine => machineLoad(machine, byHome.get(machine) ?? [], copies.get(machine) ?? []));
    machines.sort((a, b) => byName(a.name, b.name) || byName(pathOf(a.construct), pathOf(b.construct)));
    return new Capacity(machines, guests, feedsAmong(all));
  }

  private constructor(
    public readonly machines: readonly MachineLoad[],
    public readonly guests: readonly GuestLoad[],
    public readonly feeds: readonly FeedLoad[],
  ) {}

  /** Of all machines together. */
  public get offers(): Amounts {
    return sumOf(this.machines.map(machine => machine.offers));
  }

  public get taken(): Amounts {
    return sumOf(this.machines.map(machine => machine.taken));
  }

  /** Models of the machines with their number: `3 × Dell OptiPlex 7040`. */
  public get models(): string {
    const counts = new Map<string, number>();
    for (const { model } of this.machines) counts.set(model, (counts.get(model) ?? 0) + 1);
    return [...counts]
      .map(([model, count]) => `${count} × ${model}`)
      .sort(byName)
      .join(', ');
  }

  /** Guests that no machine carries, as far as contracts tell. */
  public get adrift(): readonly GuestLoad[] {
    return this.guests.filter(guest => guest.machines.length === 0);
  }
}

/** What is left of `a`; below zero when more is taken than there is. */
export function minus(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, (x, y) => x - y);
}

function sumOf(amounts: readonly Amounts[]): Amounts {
  return amounts.reduce((a, b) => combine(a, b, (x, y) => x + y), amountsOf({}));
}

function combine(a: Amounts, b: Amounts, apply: (x: number, y: number) => number): Amounts {
  return {
    cores: apply(a.cores, b.cores),
    threads: apply(a.threads, b.threads),
    memoryBytes: apply(a.memoryBytes, b.memoryBytes),
    diskBytes: apply(a.diskBytes, b.diskBytes),
    networkMegabits: apply(a.networkMegabits, b.networkMegabits),
    powerWatts: apply(a.powerWatts, b.powerWatts),
  };
}

function amountsOf(resources: Resources): Amounts {
  return {
    cores: resources.cores ?? 0,
    threads: resources.threads ?? resources.cores ?? 0,
    memoryBytes: resources.memory?.toBytes() ?? 0,
    diskBytes: resources.disk?.toBytes() ?? 0,
    networkMegabits: resources.network?.toMegabits() ?? 0,
    powerWatts: resources.power?.toWatts() ?? 0,
  };
}

/** Whether it takes of a machine. What a guest hands on to those inside it has been counted with the guest. */
function isLoad(construct: IConstruct): boolean {
  const { cores, threads, memory, disk } = consumptionOf(construct);
  if (isMachine(construct) || (cores ?? threads ?? memory ?? disk) === undefined) return false;
  if ([...supportsOf(construct)].some(isGuest)) return false;
  return isGuest(construct) || machinesUnder(construct).length > 0;
}

function loadOf(construct: IConstruct): GuestLoad {
  return {
    construct,
    name: labelOf(construct),
    takes: amountsOf(consumptionOf(construct)),
    machines: machinesUnder(construct),
  };
}

/** Machines that hold a copy of its disk. */
function copiesOf({ construct }: GuestLoad): IConstruct[] {
  return [...new Set((replicationOf(construct)?.on ?? []).flatMap(holder => machinesUnder(holder)[0] ?? []))];
}

function grouped<K, V>(entries: readonly (readonly [K, V])[]): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function machineLoad(construct: IConstruct, guests: readonly GuestLoad[], replicas: readonly ReplicaLoad[]): MachineLoad {
  const copied = replicas.map(({ diskBytes }) => ({ ...amountsOf({}), diskBytes }));
  const draws = consumptionOf(construct).power;
  return {
    construct,
    name: labelOf(construct),
    model: depictionOf(construct)?.facts[0] ?? 'machine',
    offers: amountsOf({ ...capacityOf(construct), ...(draws && { power: draws }) }),
    guests,
    replicas,
    taken: sumOf([...guests.map(guest => guest.takes), ...copied]),
  };
}

function feedsAmong(all: readonly IConstruct[]): FeedLoad[] {
  const feeds = all.filter(construct => kindOf(construct) === 'feed');
  const load = (feed: IConstruct) =>
    all.filter(construct => consumptionOf(construct).power !== undefined && directSupports(construct).has(feed) && !isGuest(construct));
  return feeds
    .map(feed => ({
      construct: feed,
      name: labelOf(feed),
      offersWatts: amountsOf(capacityOf(feed)).powerWatts,
      takenWatts: sumOf(load(feed).map(device => amountsOf(consumptionOf(device)))).powerWatts,
    }))
    .sort((a, b) => byName(a.name, b.name) || byName(pathOf(a.construct), pathOf(b.construct)));
}
