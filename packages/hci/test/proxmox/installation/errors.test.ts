import { Testing } from '@ashlar/core/testing';
import { type Changes, pair } from './installed';

const WIKI = 'https://pve.proxmox.com/wiki/Automated_Installation';

test.each<[string, Changes, string]>([
  [
    'a disk that nobody names',
    { disks: [undefined, undefined] },
    `[lab/hypervisors/pve/node-1] nothing says which disk lab/rack/node-1/nvme0 is, and the installer would choose by chance; write disks: { nvme0: '/dev/disk/by-id/…' } for the machine, see ${WIKI} (INSTALL_DISK)`,
  ],
  [
    'a second disk by its place',
    { disks: [{ nvme0: '/dev/disk/by-id/nvme-A_1', nvme1: '/dev/disk/by-path/pci-0000:01:00.0-nvme-1' }, undefined] },
    '[lab/hypervisors/pve/node-1] lab/rack/node-1/nvme1 is named by its place, and the installer finds a second disk by its serial number, got "/dev/disk/by-path/pci-0000:01:00.0-nvme-1"; name it by its path below /dev/disk/by-id (INSTALL_DISK)',
  ],
  [
    'a slot that the machine does not have',
    { installation: () => ({ bootDisks: ['sata0'] }) },
    '[lab/rack/node-1] a Minisforum MS-01 has no such disk, got "sata0"; use one of nvme0, nvme1, nvme2 (DISK_UNKNOWN)',
  ],
  [
    'three boot disks',
    { installation: () => ({ bootDisks: ['nvme0', 'nvme1', 'nvme2'] }) },
    '[lab/hypervisors/pve/installation] bootDisks are one disk, or two that mirror each other, got "nvme0, nvme1, nvme2"; leave the other disks to a ZfsPool (INSTALL_DISK)',
  ],
  [
    'one disk twice',
    { installation: () => ({ bootDisks: ['nvme0', 'nvme0'] }) },
    '[lab/hypervisors/pve/installation] bootDisks names a slot twice, got "nvme0, nvme0"; leave the other disks to a ZfsPool (INSTALL_DISK)',
  ],
  [
    'no boot disk',
    { installation: () => ({ bootDisks: [] }) },
    "[lab/hypervisors/pve/installation] bootDisks is empty; write bootDisks: ['ssd'] (PROP_EMPTY)",
  ],
  [
    'a link on which the nodes are not',
    { installation: ({ management }) => ({ links: [management] }) },
    "[lab/hypervisors/pve/installation] lab/hypervisors/pve/node-1 has no address on lab/management, which corosync is to use; write otherHosts: [management.host('node-1-management')] for the node (INSTALL_LINK)",
  ],
  [
    'a third vote without an address',
    { cluster: ({ mirror }) => ({ qdevice: mirror }) },
    "[lab/hypervisors/pve/installation] the third vote, lab/mirror, has no address; write qdevice: management.host('router', 1) for the cluster (INSTALL_QDEVICE)",
  ],
  [
    'an address with a tag on the bridge',
    { cluster: ({ mirror }) => ({ untagged: mirror }) },
    '[lab/hypervisors/pve/installation] the installer knows no tags, and lab/hypervisors/pve/node-1 has its address on lab/management, which has one on the bridge; make that segment the untagged one of the cluster (INSTALL_TAGGED)',
  ],
  [
    'a watchdog that there is not',
    { installation: () => ({ watchdog: 'dog' as never }) },
    '[lab/hypervisors/pve/installation] watchdog must be one of softdog, iTCO_wdt, sp5100_tco, ipmi_watchdog, hpwdt, i6300esb, got "dog"; write watchdog: \'softdog\' (PROP_CHOICE)',
  ],
  [
    'a country by its name',
    { installation: () => ({ country: 'Germany' }) },
    '[lab/hypervisors/pve/installation] country must be a country of ISO 3166 in two lower-case letters, got "Germany"; write it like de (PROP_FORMAT)',
  ],
  [
    'a password in the program',
    { installation: () => ({ rootPassword: 'correct horse' as never }) },
    "[lab/hypervisors/pve/installation] rootPassword must be a Secret; write rootPassword: Secret.fromSops('secrets.yaml', 'pve_root') (PROP_TYPE)",
  ],
  [
    'mail to nobody',
    { installation: () => ({ mailto: 'ops' }) },
    '[lab/hypervisors/pve/installation] mailto must be an address of mail, got "ops"; write it like ops@example.net (PROP_FORMAT)',
  ],
  [
    'a time zone that is none',
    { installation: () => ({ timezone: 'berlin time' }) },
    '[lab/hypervisors/pve/installation] timezone must be a time zone of IANA, got "berlin time"; write it like Europe/Berlin (PROP_FORMAT)',
  ],
])('%s is refused', (_, changes, text) => {
  const { install } = pair(changes);
  expect(() => install()).toThrow(text);
});

test('a host of a node is a Host', () => {
  const changes: Changes = { cluster: () => ({ nodes: [{ name: 'solo', address: '192.0.2.1', otherHosts: ['10.40.0.10' as never] }] }) };
  expect(() => pair({ ...changes, installation: () => ({}) })).toThrow(
    '[lab/hypervisors/pve/solo] otherHosts must be a Host, got "10.40.0.10"; write otherHosts: [mirror.host(\'solo-mirror\', 10)] (PROP_TYPE)',
  );
});

test('a node without a cable for its segment, or with one that has no known MAC address, is found', () => {
  const tagged = pair({ carries: ({ management, mirror }) => ({ tagged: [management, mirror] }) });
  tagged.install();
  expect(Testing.findings(tagged.site)).toContain(
    'error [lab/hypervisors/pve/node-1] no cable brings lab/management to lab/rack/node-1 without a tag, and the installer knows no tags; connect a port of a switch to it with native: management (INSTALL_PORT)',
  );
  const unknown = pair({ macs: false });
  unknown.install();
  expect(Testing.findings(unknown.site)).toContain(
    "error [lab/hypervisors/pve/node-2] the MAC address of lab/rack/node-2/enp2s0f0np0 is not known, by which the installer finds the port; write macs: { enp2s0f0np0: '02:00:5e:10:00:01' } for the machine (INSTALL_PORT)",
  );
  const missing = pair({ carries: ({ management }) => ({ native: management }) });
  missing.install();
  expect(Testing.findings(missing.site)).toContain(
    'error [lab/hypervisors/pve/node-1] no cable brings lab/mirror to lab/rack/node-1, where it is lab/mirror/node-1-mirror; connect a port of a switch to it with tagged: [mirror] (INSTALL_PORT)',
  );
  const whole = pair();
  whole.install();
  expect(Testing.findings(whole.site).filter(text => text.includes('INSTALL_PORT'))).toEqual([]);
});

test('one link of corosync, where there could be two, is found', () => {
  const one = pair({ installation: () => ({ links: [] }) });
  one.install();
  expect(Testing.findings(one.site)).toContain(
    'warning [lab/hypervisors/pve/installation] the nodes hear of each other over lab/management alone, and all of them are on lab/mirror too; write links: [mirror] (COROSYNC_ONE_LINK)',
  );
  const two = pair();
  two.install();
  expect(Testing.findings(two.site).filter(text => text.includes('COROSYNC_ONE_LINK'))).toEqual([]);
});

test('a node of which nothing is known is not installed from the model', () => {
  const { install } = pair({ cluster: ({ management }) => ({ nodes: [{ host: management.host('solo', 30) }], qdevice: undefined }) });
  expect(() => install({ links: [] })).toThrow(
    "[lab/hypervisors/pve/solo] stands on no machine, so that it cannot be installed from the model; write nodes: [{ machine, host: management.host('pve-01', 10) }] (INSTALL_MACHINE)",
  );
});
