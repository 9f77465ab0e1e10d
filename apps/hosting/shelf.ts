import { acknowledge, Bandwidth, Power, type Site } from '@ashlar/core';
import { Machine, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import type { Vlan } from '@ashlar/network';
import { DISKS, HOSTING_NODE, ROUTER } from './machines';

/** What the cables of each machine carry. */
export interface ShelfSegments {
  /** Without a tag, on the first port of each machine. */
  readonly management: Vlan;
  /** With their tags, beside it. */
  readonly tagged: readonly Vlan[];
  /** On the second port of each machine, and on nothing else. */
  readonly mirror: Vlan;
  /** Where the modem is plugged in. */
  readonly modem: Vlan;
}

/** The shelf: a switch, the router and two nodes, each with two ports, on two circuits. */
export function shelfOf(site: Site, { management, tagged, mirror, modem }: ShelfSegments) {
  const shelf = new Rack(site, 'shelf', { units: 10 });
  const feeds = ['a', 'b'].map(id => new PowerFeed(shelf, id, { capacity: Power.watts(2300) }));
  const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(10), power: Power.watts(25), feeds });
  const place = (name: keyof typeof DISKS, number: number) => {
    const macs = { enp2s0f0np0: `02:00:5e:40:00:0${number}`, enp2s0f1np1: `02:00:5e:40:01:0${number}` };
    const model = name === 'router' ? ROUTER : HOSTING_NODE;
    const machine = new Machine(shelf, name, { model, feeds, macs, disks: DISKS[name] });
    lan.port(1 + number).connect(machine.nic('enp2s0f0np0'), { native: management, tagged });
    lan.port(4 + number).connect(machine.nic('enp2s0f1np1'), { native: mirror });
    return machine;
  };
  const [router, first, second] = [place('router', 0), place('node-1', 1), place('node-2', 2)];
  lan.port(8).access(modem, 'modem');
  acknowledge(shelf, 'SINGLE_SWITCH', 'a spare switch of the same kind is on the shelf');
  return { router, first, second };
}
