import { type Variant, variant as v } from './variant';

const END = "  new ReachabilityProof(site, 'reachability');";
/** Before the last line of hypervisors.ts all nodes and storages are there. */
const BUILT = '  return { pve, mirrored,';
const WEB = 'highAvailability: { nodes: [second, first] }, ...size(4, 8, 100)';
const SHOP = "new hci.ProxmoxContainer(guests, 'shop', {";

/** Ways to spoil the machines, the cluster, the mirror, the guests and the backups of `apps/hosting`. */
export const HOSTING_HYPERVISORS: readonly Variant[] = [
  // Votes
  v('two votes without a third', 'nodes: votes.map(({ machine', 'nodes: two.map(({ machine', 'PROXMOX_QUORUM'),
  v('a fourth vote beside three', "version: Version.of('9.1'),", "version: Version.of('9.1'), qdevice: router,", 'PROXMOX_QUORUM'),
  v('a third vote on one of the two', 'nodes: votes.map(({ machine', 'qdevice: two[0].host, nodes: two.map(({ machine', 'QDEVICE_INSIDE'),
  v('a Proxmox VE that is too old', "Version.of('9.1')", "Version.of('7.4')", 'PROXMOX_VERSION'),
  // Installation
  v('a link of corosync without an address', 'otherHosts: [copies]', 'otherHosts: []', 'INSTALL_LINK'),
  v('a disk to install on that there is not', "bootDisks: ['nvme0', 'nvme1']", "bootDisks: ['nvme0', 'nvme9']", 'DISK_UNKNOWN'),
  v('one disk that mirrors itself', "bootDisks: ['nvme0', 'nvme1']", "bootDisks: ['nvme0', 'nvme0']", 'INSTALL_DISK'),
  v(
    "root's password in the program",
    "rootPassword: Secret.fromOpenBao('kv/proxmox', 'root')",
    "rootPassword: 'hunter2' as any",
    'PROP_TYPE',
  ),
  // Machines and cables
  v('a disk by a name that changes', "'/dev/disk/by-id/usb-WD_Elements_25A3_575843314537384E4C50-0:0'", "'/dev/sda'", 'DISK_UNSTABLE'),
  v('one disk in two slots', "nvme1: system('1')", "nvme1: system('0')", 'DISK_TAKEN'),
  v('one MAC address on two ports', '02:00:5e:40:01:0${number}', '02:00:5e:40:00:0${number}', 'MAC_TAKEN'),
  v('two cables in one port of the switch', 'lan.port(4 + number)', 'lan.port(1 + number)', 'PORT_CONNECTED'),
  v(
    'a network port on a segment that its cable does not carry',
    '{ native: management, tagged }',
    '{ native: management, tagged: tagged.slice(number >> 1) }',
    'VLAN_NOT_TRUNKED',
  ),
  // The mirror
  v('a mirror of two without a third vote', 'tiebreaker: { machine: third.machine, host: third.copies },', '', 'DRBD_TIEBREAKER'),
  v(
    'a tiebreaker on a copy',
    'tiebreaker: { machine: third.machine, host: third.copies }',
    'tiebreaker: { machine: two[0].machine, host: two[0].copies }',
    'DRBD_NODE_TWICE',
  ),
  v('a tiebreaker on another segment', 'host: third.copies }', 'host: third.host }', 'DRBD_SEGMENT'),
  v(
    "a mirror that is done before both have it, for guests' disks",
    'nodes: two.map(({ machine, copies',
    "protocol: 'A', nodes: two.map(({ machine, copies",
    'LINSTOR_PROTOCOL',
  ),
  v(
    'a mirror that both sides write to',
    'nodes: two.map(({ machine, copies',
    'allowTwoPrimaries: true, nodes: two.map(({ machine, copies',
    'DRBD_DUAL_PRIMARY',
  ),
  v(
    'a volume that is larger than the disk below it',
    BUILT,
    `  new hci.DrbdVolume(drbd, 'data', { number: 0, size: Size.terabytes(5), disks: pair.map(m => m.disk('nvme2')) });\n${BUILT}`,
    'DRBD_DISK_SMALL',
  ),
  v('a thin pool without its volume group', "name: 'vg0/thin'", "name: 'thin'", 'LINSTOR_POOL'),
  v(
    'a mirror by names that Proxmox VE does not have',
    '({ machine, host: copies })',
    '({ machine, host: copies, name: `${machine.name}-a` })',
    'LINSTOR_STORAGE_NODES',
  ),

  // Guests
  v(
    'highly available on a disk that stays on its node',
    'storage: system, high',
    "storage: new hci.DirectoryStorage(pve, 'slow', { path: '/var/lib/slow', content: ['images'] }), high",
    'HA_ON_LOCAL_DISK',
  ),
  v('highly available where there is no copy', '{ nodes: [second, first] }', '{ nodes: [router, first] }', 'STORAGE_NOT_ON_NODE'),
  v('highly available on a node that there is not', '{ nodes: [second, first] }', "{ nodes: ['node-3', first] }", 'PROXMOX_NODE_UNKNOWN'),
  v('highly available on one node', '{ nodes: [second, first] }', '{ nodes: [first] }', 'HA_ONE_NODE'),
  v('highly available on one node twice', '{ nodes: [second, first] }', '{ nodes: [first, first] }', 'HA_NODE_TWICE'),
  v('a container that HA moves', "'ns1', {", "'ns1', { highAvailability: {},", 'CONTAINER_HA'),
  v(
    'a copy on the own node',
    SHOP,
    "const copied = new hci.ProxmoxContainer(guests, 'copied', { host: customers.host('copied', 11), node: first, ...contained, storage: system, ...size(1, 1, 8) });\n  new hci.GuestReplication(guests, 'copy', { guest: copied, to: first });\n  " +
      SHOP,
    'REPLICATION_OWN_NODE',
  ),
  v('one id for three guests', 'contained = { ', 'contained = { vmId: 1900, ', 'PROXMOX_VMID_TAKEN'),
  v('an id that Proxmox VE keeps for itself', SHOP, `${SHOP} vmId: 99,`, 'PROP_RANGE'),
  v('an id of another cluster', SHOP, `${SHOP} vmId: 2000,`, 'PROXMOX_VMID_RANGE'),
  v('a machine from a template and from an image', 'template: debian }', 'template: debian, image }', 'VM_SOURCE'),
  v('a template that is a name', 'template: debian }', "template: 'debian-13' as any }", 'PROP_TYPE'),
  v(
    'a machine from the template of another cluster',
    END,
    `  const other = new hci.ProxmoxCluster(new TerraformWorkspace(site, 'far', { backend: stack => new S3Backend(stack, { bucket: 'terraform', key: 'far.tfstate' }) }).stack, 'far', { version: pve.version, nodes: [{ host: management.host('far', 20) }], apiToken: Secret.fromTerraformVariable('far_token') });
  const disk = hci.ProxmoxStorage.fromName(other, 'local-zfs', { type: 'zfspool', content: ['images'] });
  new hci.ProxmoxVm(other, 'stray', { host: management.host('stray', 21), template: debian, storage: disk, stateful: false, vmId: 5000, ...size(1, 1, 8) });
${END}`,
    'TEMPLATE_CLUSTER',
  ),
  v('a guest larger than any node', WEB, WEB.replace('4, 8, 100', '4, 200, 100'), 'GUEST_MEMORY'),
  v('a disk larger than the mirror', 'size(4, 16, 500)', 'size(4, 16, 5000)', 'GUEST_DISK'),
  v('more processors than any node has', WEB, WEB.replace('4, 8, 100', '64, 8, 100'), 'GUEST_CORES'),
  v('a disk smaller than its template', WEB, WEB.replace('4, 8, 100', '4, 8, 4'), 'TEMPLATE_DISK'),
  v('a privileged container without a reason', SHOP, `${SHOP} privilegedBecause: 'root',`, 'CONTAINER_PRIVILEGED'),
  v('a limit of more than its processors', 'cpuLimit: 2', 'cpuLimit: 3', 'CONTAINER_CPU_LIMIT'),
  v('a misspelt limit', 'cpuLimit: 2', 'cpuLimits: 2', 'PROP_UNKNOWN'),
  v('a network port that may send nothing', 'Bandwidth.megabits(200)', 'Bandwidth.megabits(0)', 'GUEST_NIC_RATE'),
  v('two guests with one address', 'host: ns2, node: second', 'host: ns1, node: second', 'GUEST_NAME'),
  v('an image whose checksum is cut off', 'f68877e279b4a1557ae6fb79460a7256f40c2349bcaf2a1222f53350c1de70c3', 'f68877e2', 'IMAGE_CHECKSUM'),
  // Storage and backups
  v('a storage by the name of the one that is there already', "ZfsStorage(pve, 'system'", "ZfsStorage(pve, 'local'", 'STORAGE_NAME'),
  v(
    'no storage for what containers are made from',
    "content: ['import', 'vztmpl', 'snippets']",
    "content: ['import', 'snippets']",
    'STORAGE_MISSING',
  ),
  v(
    'a content that there is not',
    "content: ['import', 'vztmpl', 'snippets']",
    "content: ['import', 'vztmpl', 'snippets', 'backups' as any]",
    'STORAGE_CONTENT',
  ),
  v(
    'more copies than the drive has room for',
    'keep: { daily: 7, weekly: 4, monthly: 3 }',
    'keep: { daily: 7, weekly: 4, monthly: 24 }',
    'BACKUP_DOES_NOT_FIT',
  ),
  v('a backup that keeps no day', 'keep: { daily: 7, weekly: 4, monthly: 3 }', 'keep: { daily: 0 }', 'PROP_RANGE'),
  v('a backup that is told to keep nothing', 'keep: { daily: 7, weekly: 4, monthly: 3 }', 'keep: {}', 'BACKUP_KEEPS_NOTHING'),
  v('a backup at an hour that there is not', "daily('02:30')", "daily('25:30')", 'PROP_FORMAT'),
  v('a backup in the syntax of cron', "hci.Schedule.daily('02:30')", "'30 2 * * *' as any", 'PROP_TYPE'),
  v(
    'a replica at a time that no calendar has',
    'highAvailability: {}, stateful',
    'highAvailability: { replicateEvery: Duration.minutes(7) }, stateful',
    'SCHEDULE',
  ),
  v('backups by the token of root', "tokenId: 'pve@pbs!cluster'", "tokenId: 'root@pam!backup'", 'PBS_TOKEN'),
  v('a backup server by its port and datastore', 'server: third.host,', "server: '10.2.10.10:8007/external',", 'PROP_FORMAT'),
];
