import { Bandwidth, Duration, Port, Site, Size } from '@ashlar/core';
import { SiteReport } from '../src';
import { Feed, Guest, Host, Machine, Peer, Pool, Router, Service, Shown, Switch, Vlan } from './lab';

const OPTIPLEX = {
  model: 'Dell OptiPlex 7040',
  capacity: { cores: 2, threads: 4, memory: Size.gibibytes(16), disk: Size.gigabytes(256), network: Bandwidth.gigabits(1) },
  watts: 60,
};

/** Three mini PCs, one switch, one feed, four VLANs, six guests, a cluster on three of them. */
export function smallSite(): Site {
  const site = new Site('optiplex-cloud', { domain: 'cloud.example.net' });
  const wan = new Vlan(site, 'wan', 2, ['203.0.113.0/24'], '203.0.113.1');
  const management = new Vlan(site, 'management', 10, ['192.168.1.0/24'], '192.168.1.1');
  const servers = new Vlan(site, 'servers', 20, ['10.20.0.0/24', 'fd20:0:0:20::/64'], '10.20.0.1');
  const services = new Vlan(site, 'services', 30, ['10.30.0.0/24'], '10.30.0.1');
  new Pool(management, 'dhcp', 'dhcp', '192.168.1.100', '192.168.1.199');
  new Pool(services, 'load-balancers', 'load-balancer', '10.30.0.50', '10.30.0.99');

  const shelf = new Shown(site, 'shelf', { kind: 'rack', label: 'shelf', facts: ['12 units'] });
  const mains = new Feed(shelf, 'mains', 2300);
  const lan = new Switch(shelf, 'lan', [mains], ['4 of 8 ports at 1 Gb/s']);
  const machines = [1, 2, 3].map(
    n =>
      new Machine(shelf, `pve-0${n}`, {
        ...OPTIPLEX,
        feeds: [mains],
        links: [{ to: lan, label: `eno1, port ${n}, 1 Gb/s` }],
        addresses: [management.address(`pve-0${n}`, `192.168.1.${10 + n}`)],
      }),
  );
  const [one, two, three] = machines as [Machine, Machine, Machine];
  const vms = new Shown(site, 'vms', { kind: 'network', label: 'internet', facts: ['through wan'] });
  new Guest(vms, 'pfsense', {
    on: [one, two, three],
    threads: 1,
    memory: Size.gibibytes(2),
    disk: Size.gibibytes(16),
    addresses: [
      wan.address('pfsense-wan', '203.0.113.2'),
      management.address('pfsense', '192.168.1.1'),
      servers.address('pfsense-servers', '10.20.0.1'),
      services.address('pfsense-services', '10.30.0.1'),
    ],
    facts: ['VM 100', '1 vCPU', '2 GiB', '16 GiB disk'],
  });
  const nodes = machines.map(
    (machine, i) =>
      new Guest(vms, `k3s-${i + 1}`, {
        on: [machine],
        threads: 2,
        memory: Size.gibibytes(8),
        disk: Size.gibibytes(64),
        addresses: [
          servers.address(`k3s-${i + 1}`, `10.20.0.${11 + i}`),
          servers.address(`k3s-${i + 1}`, `fd20:0:0:20::${(11 + i).toString(16)}`),
        ],
        facts: [`VM ${111 + i}`, '2 vCPU', '8 GiB', '64 GiB disk'],
      }),
  );
  new Guest(vms, 'ns1', {
    on: [two],
    threads: 1,
    memory: Size.gibibytes(1),
    disk: Size.gibibytes(8),
    addresses: [services.address('ns1', '10.30.0.11')],
    facts: ['LXC 121', '1 vCPU', '1 GiB', '8 GiB disk'],
  });
  new Guest(vms, 'ns2', {
    on: [three],
    threads: 1,
    memory: Size.gibibytes(1),
    disk: Size.gibibytes(8),
    addresses: [services.address('ns2', '10.30.0.12')],
    facts: ['LXC 122', '1 vCPU', '1 GiB', '8 GiB disk'],
  });
  const prod = new Service(site, 'prod', nodes, ['K3s v1.34.2+k3s1', 'API at 10.20.0.5'], [servers.address('k3s-api', '10.20.0.5')]);
  new Service(site, 'orders', [prod], ['PostgreSQL 17', '3 instances', '20 GiB']);
  new Service(site, 'web', [prod], ['ghcr.io/example/shop:1.4.2', '2 replicas'], [services.address('shop', '10.30.0.50')]);
  new Host(services, 'printer', 'printer.cloud.example.net', [services.address('printer', '10.30.0.20')]);
  new SiteReport(site, 'report');
  return site;
}

/** Twenty-four machines in two racks, two switches and two feeds each, ten VLANs, seventy-two guests. */
export function largeSite(): Site {
  const site = new Site('datacentre-north', { domain: 'north.example.net' });
  const vlans = Array.from(
    { length: 10 },
    (_, i) =>
      new Vlan(
        site,
        i === 3 ? 'a-segment-with-quite-a-long-name-that-is-cut' : `segment-${i + 1}`,
        10 * (i + 1),
        [`10.${10 * (i + 1)}.0.0/22`, ...(i % 3 === 0 ? [`fd20:0:0:${10 * (i + 1)}::/64`] : [])],
        `10.${10 * (i + 1)}.0.1`,
      ),
  );
  const machines: Machine[] = [];
  for (const side of ['a', 'b']) {
    const rack = new Shown(site, `rack-${side}`, { kind: 'rack', label: `rack-${side}`, facts: ['42 units', 'row 3'] });
    const feeds = [1, 2].map(n => new Feed(rack, `feed-${side}${n}`, 7360));
    const leaves = [1, 2].map(
      n =>
        new Switch(
          rack,
          `leaf-${side}${n}`,
          feeds,
          ['14 of 48 ports at 10 Gb/s'],
          n === 1 ? [] : [{ to: rack.node.findChild(`leaf-${side}1`), label: 'port 48 to 48, 40 Gb/s' }],
        ),
    );
    for (let n = 1; n <= 12; n++) {
      machines.push(
        new Machine(rack, `${side}-node-${n}`, {
          model: n === 7 ? 'Supermicro SuperServer AS-1115SV-WTNRT with every option that there is' : 'Supermicro AS-1115SV',
          capacity: { cores: 32, threads: 64, memory: Size.gibibytes(256), disk: Size.terabytes(4), network: Bandwidth.gigabits(20) },
          watts: 400,
          feeds,
          links: leaves.map((leaf, i) => ({ to: leaf, label: `eth${i}, port ${n}, 10 Gb/s` })),
          addresses: [vlans[0]!.address(`${side}-node-${n}`, `10.10.${side === 'a' ? 0 : 1}.${10 + n}`)],
        }),
      );
    }
  }
  machines.forEach((machine, i) => {
    for (let k = 0; k < 2 + (i % 3); k++) {
      const on = k === 0 ? [machine, machines[(i + 1) % 24]!, machines[(i + 2) % 24]!] : [machine];
      const vlan = vlans[(i + k) % 10]!;
      new Guest(machine, k === 2 && i === 5 ? 'a-virtual-machine-with-a-very-long-name-indeed-x1' : `vm-${i + 1}-${k + 1}`, {
        on,
        threads: 16,
        memory: Size.gibibytes(48),
        disk: Size.gibibytes(500),
        addresses:
          k === 1 && i === 1
            ? []
            : [
                vlan.address(`vm-${i + 1}-${k + 1}`, `10.${vlan.tag}.2.${i * 4 + k}`),
                ...(vlan.tag === 40 ? [vlan.address(`vm-${i + 1}-${k + 1}`, `fd20:0:0:40:a:b:c:${i * 4 + k}`)] : []),
              ],
      });
    }
  });
  for (const name of ['prod', 'staging']) {
    const cluster = new Service(
      site,
      name,
      machines.slice(name === 'prod' ? 0 : 6, name === 'prod' ? 6 : 9).map(machine => machine.node.children[0]!),
      ['K3s v1.34.2+k3s1'],
    );
    for (const app of ['shop', 'orders', 'queue', 'search', 'mail']) new Service(site, `${name}-${app}`, [cluster], ['2 replicas']);
  }
  new SiteReport(site, 'report');
  return site;
}

/** Two routers, a segment that nothing routes, two that trust each other, and flows between all of them. */
export function routedSite(): Site {
  const site = new Site('border', { domain: 'border.example.net' });
  const vlans = ['home', 'management', 'servers', 'storage', 'people', 'apart'].map(
    (name, i) => new Vlan(site, name, 10 * (i + 1), [`10.${i}.0.0/24`], `10.${i}.0.1`),
  ) as [Vlan, Vlan, Vlan, Vlan, Vlan, Vlan];
  const [home, management, servers, storage, people] = vlans;
  const [inner, outer] = [[management, servers, storage], [people]];
  const tunnels = [{ label: 'wg0', prefixes: ['10.99.0.0/24'] }];
  const gateway = new Router(site, 'gateway', ['10.1.0.1/32'], {
    device: 'VyOS 1.5',
    joins: inner,
    uplink: { label: 'as 10.0.0.2', vlan: home },
    tunnels,
  });
  new Router(site, 'office', ['10.4.0.1/32'], { device: 'pfSense', joins: outer, uplink: { label: 'over PPPoE' } });
  for (let n = 11; n < 30; n++) new Host(site, `web-${n}`, `web-${n}.border.example.net`, [servers.address(`web-${n}`, `10.2.0.${n}`)]);
  const [desks, web, world, remote] = [
    ['desks', '10.4.0.0/24'],
    ['web', '10.2.0.11/32'],
    ['internet', '0.0.0.0/0'],
    ['branch', '10.99.0.0/24'],
  ].map(([id = '', prefix = '']) => new Peer(site, id, [prefix])) as [Peer, Peer, Peer, Peer];
  new Peer(site, 'data', ['10.2.0.0/24', '10.3.0.0/24'], [servers, storage]);
  for (const port of [22, 80, 443, 5432, 6443, 8443, 9100]) web.connections.allowFrom(desks, Port.tcp(port));
  gateway.connections.allowFrom(desks, Port.udp(53));
  web.connections.allowFrom(world, Port.tcp(443));
  web.connections.allowFrom(remote, Port.tcp(443));
  new SiteReport(site, 'report');
  return site;
}

/** Two racks with a feed each side, two switches, a server of two units, a BMC switch, guests that are copied and backed up. */
export function rackedSite(): Site {
  const site = new Site('cellar', { domain: 'cellar.example.net' });
  const racks = ['rack-a', 'rack-b'].map(
    name => new Shown(site, name, { kind: 'rack', label: name, facts: ['12 units'], units: { first: 1, count: 12 } }),
  ) as [Shown, Shown];
  const machines = racks.flatMap((rack, r) => {
    const feeds = ['left', 'right'].map(side => new Feed(rack, `${side}-${'ab'[r]}`, 2300));
    const oob = new Switch(rack, `oob-${'ab'[r]}`, [feeds[0]!], ['3 of 24 ports at 1 Gb/s'], [], 11);
    const leaf: Switch = new Switch(
      rack,
      `leaf-${'ab'[r]}`,
      feeds,
      ['4 of 24 ports at 10 Gb/s'],
      r === 0
        ? []
        : [
            {
              to: racks[0].node.findChild('leaf-a'),
              label: 'port 25 to 25, 10 Gb/s',
              speed: Bandwidth.gigabits(10),
              capability: Bandwidth.gigabits(40),
            },
          ],
      12,
    );
    return [1, 2, 3].map(
      n =>
        new Machine(rack, `pve-${'ab'[r]}${n}`, {
          ...OPTIPLEX,
          model: 'Supermicro AS-1115SV',
          feeds: n === 3 ? [feeds[0]!] : feeds,
          units: n === 3 ? undefined : { first: n === 1 ? 1 : 4, count: n === 1 ? 2 : 1 },
          links: [
            {
              to: leaf,
              label: `eno1, port ${n}, 10 Gb/s`,
              speed: Bandwidth.gigabits(10),
              capability: Bandwidth.gigabits(n === 1 ? 25 : 10),
            },
            { to: oob, label: `bmc, port ${n}, 1 Gb/s` },
          ],
        }),
    );
  });
  const [a1, a2, a3, b1] = machines as [Machine, Machine, Machine, Machine];
  const nas = new Guest(site, 'nas', { on: [a3], threads: 1, memory: Size.gibibytes(2), disk: Size.gibibytes(100) });
  const backup = { target: 'nfs nas', recoveryPoint: Duration.days(1), retention: Duration.days(30), standsOn: [nas] };
  const sized = { threads: 2, memory: Size.gibibytes(8), disk: Size.gibibytes(40) };
  const every = Duration.minutes(15);
  const copied = (on: readonly Machine[]) => ({
    on,
    replication: { to: on.slice(1).map(m => m.node.id), recoveryPoint: every, on: on.slice(1) },
  });
  new Guest(site, 'mail', { ...sized, ...copied([a1, b1]), backup });
  new Guest(site, 'shop', { ...sized, ...copied([a1, a2]), backup });
  new Guest(site, 'build', { ...sized, on: [a3], backup });
  new Guest(site, 'cache', { ...sized, on: [b1], backup: { waived: 'rebuilt from its primary' } });
  new SiteReport(site, 'report');
  return site;
}
