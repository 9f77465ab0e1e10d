import { type DepictedLink, pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { powerText } from '../amount-text';
import { byName } from '../by-name';
import type { Capacity } from '../capacity';
import { depictionOf, kindOf, labelOf } from '../readings';
import { directSupports, rackOf } from '../standing';
import type { Bus, Elevation, RackedDevice, RackPlan } from './rack-plan';

/** Reads from the contracts what stands where. */
export function readRackPlan(site: Site, capacity: Capacity): RackPlan {
  const all = site.findAll();
  const racks = all.filter(construct => kindOf(construct) === 'rack').sort(inOrder);
  const devices = all.filter(construct => ['machine', 'switch'].includes(kindOf(construct) ?? '')).sort(inOrder);
  const feeds = all.filter(construct => kindOf(construct) === 'feed').sort(inOrder);
  const elevation = (rack: IConstruct | undefined) =>
    elevationOf(
      rack,
      devices.filter(device => rackOf(device) === rack),
      feeds,
      capacity,
    );
  const outside = elevation(undefined);
  return { title: site.node.id, racks: [...racks.map(elevation), ...(outside.devices.length > 0 ? [outside] : [])] };
}

function elevationOf(
  rack: IConstruct | undefined,
  devices: readonly IConstruct[],
  allFeeds: readonly IConstruct[],
  capacity: Capacity,
): Elevation {
  const supports = new Set(devices.flatMap(device => [...directSupports(device)]));
  const feeds = allFeeds.filter(feed => supports.has(feed));
  const switches = devices.filter(device => kindOf(device) === 'switch');
  const top = (device: IConstruct) => {
    const units = depictionOf(device)?.units;
    return units ? units.first + units.count : 0;
  };
  return {
    ...(rack && { name: labelOf(rack) }),
    facts: rack ? (depictionOf(rack)?.facts ?? []) : [],
    units: (rack && depictionOf(rack)?.units?.count) ?? 0,
    feeds: feeds.map(feed => feedBus(feed, capacity)),
    switches: switches.map(device => ({ name: labelOf(device), facts: depictionOf(device)?.facts ?? [] })),
    devices: [...devices].sort((a, b) => top(b) - top(a)).map(device => racked(device, feeds, switches, capacity)),
  };
}

function racked(device: IConstruct, feeds: readonly IConstruct[], switches: readonly IConstruct[], capacity: Capacity): RackedDevice {
  const { facts = [], linkedTo = [], units } = depictionOf(device) ?? {};
  const own = directSupports(device);
  const reached = [...linkedTo.map(link => link.to), device];
  return {
    name: labelOf(device),
    kind: kindOf(device) === 'switch' ? 'switch' : 'machine',
    facts,
    guests: capacity.machines.find(machine => machine.construct === device)?.guests.map(guest => guest.name) ?? [],
    ...(units && { units }),
    feeds: feeds.flatMap((feed, i) => (own.has(feed) ? [i] : [])),
    switches: switches.flatMap((other, i) => (reached.includes(other) ? [i] : [])),
    cables: linkedTo.map(cableText),
  };
}

function feedBus(feed: IConstruct, capacity: Capacity): Bus {
  const load = capacity.feeds.find(each => each.construct === feed);
  return { name: labelOf(feed), facts: load ? [`${powerText(load.takenWatts)} of ${powerText(load.offersWatts)}`] : [] };
}

function cableText({ to, label, speed, capability }: DepictedLink): string {
  const slower = speed && capability && speed.toMegabits() < capability.toMegabits();
  return `${labelOf(to)}: ${label}${slower ? ` of ${capability}` : ''}`;
}

function inOrder(a: IConstruct, b: IConstruct): number {
  return byName(labelOf(a), labelOf(b)) || byName(pathOf(a), pathOf(b));
}
