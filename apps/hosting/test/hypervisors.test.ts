import { drbd, machine, NAMES, pve, type Resource, resources, text } from './synthesized';

const PVE = 'devices/proxmox/pve';
const DRBD = 'devices/drbd/drbd';

describe('votes', () => {
  test('the cluster has three, on three machines', () => {
    expect(pve.nodes.map(node => [node.name, node.machine])).toEqual(NAMES.map(name => [name, machine(name)]));
    expect(pve.qdevice).toBeUndefined();
  });

  test('the mirror has three: two copies, and the router without one', () => {
    expect(drbd.votes.map(vote => [vote.name, vote.hasDisk])).toEqual([
      ['node-1', true],
      ['node-2', true],
      ['router', false],
    ]);
  });

  test.each(NAMES)('the loss of %s loses no write', name => {
    expect(drbd.survives(machine(name))).toBe(true);
  });

  test.each([
    ['router', 'node-1'],
    ['router', 'node-2'],
    ['node-1', 'node-2'],
  ])('the loss of %s and %s stops it', (one, other) => {
    expect(drbd.survives(machine(one), machine(other))).toBe(false);
  });

  test('the nodes hear of each other over two cables', () => {
    for (const [i, name] of NAMES.entries()) {
      expect(text(`${PVE}/${name}/cluster.sh`)).toContain(` --link0 10.2.10.1${i} --link1 10.2.40.1${i}`);
      expect(text(`${PVE}/${name}/interfaces`)).toContain(
        `\nauto enp2s0f1np1\niface enp2s0f1np1 inet static\n\taddress 10.2.40.1${i}/24\n`,
      );
      expect(text(`${PVE}/${name}/interfaces`)).toContain('\tbridge-ports enp2s0f0np0\n');
    }
  });
});

describe('the mirror', () => {
  test('is asked for a copy on each of the two nodes, and writes to both before it is done', () => {
    const create = text(`${DRBD}/linstor/create.sh`);
    for (const [i, name] of NAMES.entries()) expect(create).toContain(`linstor node create ${name} 10.2.40.1${i} --node-type satellite\n`);
    expect(create.match(/storage-pool create .*/g)).toEqual(
      ['node-1', 'node-2'].map(name => `storage-pool create lvmthin ${name} mirror vg0/thin`),
    );
    expect(create).toContain('resource-group create mirrored --storage-pool mirror --place-count 2\n');
    expect(create).toContain('  --protocol C \\\n  --quorum majority \\\n');
    expect(text(`${DRBD}/drbd.d/global_common.conf`)).toMatch(/quorum majority;[\s\S]*protocol C;\n {8}allow-two-primaries no;/);
  });

  test('is a storage of the two nodes, by addresses of the segment that nothing routes', () => {
    expect(text(`${PVE}/storage.cfg.d/mirrored.cfg`)).toBe(
      'drbd: mirrored\n\tcontent images,rootdir\n\tcontroller 10.2.40.11,10.2.40.12\n\tresourcegroup mirrored\n\tnodes node-1,node-2\n',
    );
    expect(text('devices/vyos/gateway/config.boot')).not.toMatch(/vif "?240\b|address "10\.2\.40\./);
    for (const vm of resources('proxmox_virtual_environment_vm'))
      expect((vm.network_device ?? []).map((nic: Resource) => nic.vlan_id)).not.toContain(40);
  });

  test('tells what each loss takes', () => {
    expect(text(`${DRBD}/RUNBOOK.md`).match(/^\| \S+ \| none; .*$/gm)).toEqual([
      '| node-1 | none; node-2 goes on with every write |',
      '| node-2 | none; node-1 goes on with every write |',
      '| router | none; node-1 and node-2 go on with every write |',
    ]);
  });
});

describe('installation', () => {
  test.each(NAMES)('the answers of %s name its disks by serial number, and hold no password', name => {
    const answer = text(`${PVE}/${name}/answer.toml`);
    const number = { router: 0, 'node-1': 1, 'node-2': 2 }[name];
    expect(answer).toContain('root-password-hashed = "@ROOT_PASSWORD_HASHED@"\n');
    expect(answer).not.toMatch(/root-password =|\$(y|5|6|2b)\$/);
    expect(answer).toContain('zfs.raid = "raid1"\n');
    expect(answer.match(/KINGSTON_SKC3000S480G_50026B7686A1\d{4}/g)).toEqual(
      [0, 1].map(i => `KINGSTON_SKC3000S480G_50026B7686A1${number}00${i}`),
    );
    expect(answer).toContain(`cidr = "10.2.10.1${number}/24"\n`);
  });

  test('the order is the router, then one node after the other, and last whether a lost node is fenced', () => {
    expect(text(`${PVE}/INSTALL.md`).match(/^## .*$/gm)).toEqual([
      '## 1. Install router',
      '## 2. Install node-1',
      '## 3. Install node-2',
      '## 4. Make the cluster on router',
      '## 5. node-1 joins',
      '## 6. node-2 joins',
      '## 7. See that a lost node is fenced',
    ]);
  });
});
