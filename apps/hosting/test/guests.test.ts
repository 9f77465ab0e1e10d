import { machine, NAMES, pve, type Resource, resources, text } from './synthesized';

const PVE = 'devices/proxmox/pve';

interface Loss {
  readonly lost: string;
  readonly fits: boolean;
  readonly moves: readonly { readonly guest: string; readonly to: string }[];
  readonly down: readonly string[];
}
const losses = JSON.parse(text('report/capacity.json')).losses as readonly Loss[];
const lossOf = (name: string) => losses.find(loss => loss.lost === `hosting/shelf/${name}`) as Loss;
const last = (path: string) => path.split('/').pop() as string;

describe('guests', () => {
  const copies = (name: string) => {
    const { to, recoveryPoint } = pve.guests.find(guest => guest.hostName === name)?.replication ?? {};
    return { to, loses: recoveryPoint?.toSeconds() };
  };

  test.each([
    ['web', 'node-1'],
    ['mail', 'node-2'],
    ['ns1', 'node-2'],
    ['ns2', 'node-1'],
    ['shop', 'node-2'],
  ])('%s has all it wrote on %s too', (name, other) => {
    expect(copies(name)).toEqual({ to: [other], loses: 0 });
  });

  test('the gateway is copied to both nodes every quarter of an hour, and holds nothing that is not in Git', () => {
    expect(copies('gateway-vm')).toEqual({ to: ['node-1', 'node-2'], loses: 900 });
    expect(resources('proxmox_replication').map(job => [job.id, job.target, job.schedule])).toEqual([
      ['1000-11', 'node-1', '*/15'],
      ['1000-12', 'node-2', '*/15'],
    ]);
    expect(text('report/copies.md')).toContain('| `hosting/hypervisors/pve/gateway` | node-1, node-2 | 15 minutes |');
  });

  test('no machine that HA manages is ever planned to be made again', () => {
    const managed = resources('proxmox_haresource').map(ha => ha.resource_id);
    const vms = resources('proxmox_virtual_environment_vm').filter(vm => !vm.template);
    expect(vms.map(vm => `vm:${vm.vm_id}`).sort()).toEqual([...managed].sort());
    for (const { lifecycle } of vms) {
      expect(lifecycle.ignore_changes).toContain('node_name');
      expect(lifecycle.prevent_destroy).toBe(true);
    }
  });

  test('each may run where its disks are, and nowhere else', () => {
    const nodes = Object.fromEntries(resources('proxmox_harule').map(rule => [rule.rule, rule.nodes]));
    expect(nodes).toEqual({
      'ha-gateway-vm': { router: 3, 'node-1': 2, 'node-2': 1 },
      'ha-mail': { 'node-1': 2, 'node-2': 1 },
      'ha-web': { 'node-2': 2, 'node-1': 1 },
    });
    expect(resources('proxmox_harule').every(rule => rule.strict === true)).toBe(true);
  });

  test('the gateway survives the loss of any one machine', () => {
    for (const name of NAMES) {
      const { down, fits, moves } = lossOf(name);
      expect({ down: down.includes('hosting/hypervisors/pve/gateway'), fits }).toEqual({ down: false, fits: true });
      expect(moves.some(({ guest }) => last(guest) === 'gateway')).toBe(name === 'router');
    }
  });

  test('with node-1 lost, mail moves to node-2, and what is contained there waits; the second name server answers', () => {
    const { fits, moves, down } = lossOf('node-1');
    expect({ fits, moves: moves.map(({ guest, to }) => [last(guest), last(to)]), down: down.map(last) }).toEqual({
      fits: true,
      moves: [['mail', 'node-2']],
      down: ['ns1', 'shop'],
    });
  });

  test('with node-2 lost, web moves to node-1; the first name server answers', () => {
    const { fits, moves, down } = lossOf('node-2');
    expect({ fits, moves: moves.map(({ guest, to }) => [last(guest), last(to)]), down: down.map(last) }).toEqual({
      fits: true,
      moves: [['web', 'node-1']],
      down: ['ns2'],
    });
  });
});

describe('containers', () => {
  const containers = resources('proxmox_virtual_environment_container');
  const idsOf = (type: string) => resources(type).flatMap(one => one.container_id ?? []);

  test('are unprivileged, run no others in them, swap nothing, and are protected', () => {
    expect(containers.map(ct => ct.initialization.hostname).sort()).toEqual(['ns1', 'ns2', 'shop']);
    for (const { unprivileged, features, memory, protection } of containers)
      expect({ unprivileged, features, swap: memory.swap, protection }).toEqual({
        unprivileged: true,
        features: { nesting: false },
        swap: 0,
        protection: true,
      });
  });

  test('have a firewall at each port, closed both ways but for what is declared, and their own MAC address', () => {
    expect(containers.flatMap(ct => ct.network_interface.map((nic: Resource) => nic.firewall))).toEqual([true, true, true]);
    const options = resources('proxmox_virtual_environment_firewall_options').filter(each => each.container_id !== undefined);
    expect(options.map(each => each.container_id).sort()).toEqual(containers.map(ct => ct.vm_id).sort());
    for (const { enabled, input_policy, output_policy, macfilter, dhcp, radv } of options)
      expect({ enabled, input_policy, output_policy, macfilter, dhcp, radv }).toEqual({
        enabled: true,
        input_policy: 'DROP',
        output_policy: 'DROP',
        macfilter: true,
        dhcp: false,
        radv: false,
      });
    expect(idsOf('proxmox_virtual_environment_firewall_rules').sort()).toEqual(containers.map(ct => ct.vm_id).sort());
  });

  test('the container of a customer has limits of processors, memory, disk and network', () => {
    const [shop] = containers.filter(ct => ct.initialization.hostname === 'shop') as [Resource];
    expect({ cpu: shop.cpu, memory: shop.memory.dedicated, disk: shop.disk.size, rate: shop.network_interface[0].rate_limit }).toEqual({
      cpu: { cores: 2, limit: 2 },
      memory: 4096,
      disk: 40,
      rate: 25, // MB/s, of 200 Mb/s
    });
  });
});

describe('backup', () => {
  const [job] = resources('proxmox_backup_job') as [Resource];
  const keep = Object.fromEntries(
    Object.entries(job.prune_backups as Record<string, string>).map(([kind, count]) => [kind, Number(count)]),
  );

  test('copies every guest every night, and says how one is brought back', () => {
    expect({ all: job.all, schedule: job.schedule, storage: job.storage, missed: job.repeat_missed }).toEqual({
      all: true,
      schedule: '02:30',
      storage: 'drive',
      missed: true,
    });
    const stateful = pve.guests
      .filter(guest => guest.stateful)
      .map(guest => `## ${guest.hostName} (${guest.vmId}), on ${guest.homeNode.name}`);
    expect(text(`${PVE}/backup/nightly/RESTORE.md`).match(/^## .* \(\d+\), on .*$/gm)).toEqual(stateful);
    expect(stateful).toHaveLength(5);
  });

  test('fits the drive: the first copy whole, and of each other what changes until then, at 5 % of a disk a day', () => {
    const disks = pve.guests.reduce((sum, guest) => sum + guest.disk.toBytes(), 0);
    expect(disks).toBe((16 + 100 + 500 + 8 + 8 + 40) * 1024 ** 3);
    expect(keep).toEqual({ 'keep-daily': 7, 'keep-weekly': 4, 'keep-monthly': 3 });
    // Six more days, four weeks of 35 %, and three months after which all has changed.
    const factor = 1 + 6 * 0.05 + 4 * 7 * 0.05 + 3;
    const drive = machine('router').disk('usb0').size.toBytes();
    expect(disks * factor).toBeCloseTo(4.113e12, -10);
    expect(disks * factor).toBeLessThan(drive);
    // A fourth month does fit, a fifth does not.
    expect([1, 2].map(more => disks * (factor + more) < drive)).toEqual([true, false]);
  });

  test('reaches the server on the router from both nodes, and nobody else does', () => {
    const rules = resources('proxmox_virtual_environment_firewall_rules').flatMap(set => set.rule as Resource[]);
    expect(rules.filter(rule => rule.dport === '8007').map(rule => [rule.source, rule.dest, rule.action, rule.type])).toEqual([
      ['10.2.10.11', '10.2.10.10', 'ACCEPT', 'in'],
      ['10.2.10.12', '10.2.10.10', 'ACCEPT', 'in'],
    ]);
  });
});
