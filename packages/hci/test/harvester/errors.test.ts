import { Bandwidth, Secret, Size, Version } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { CloudImage, HarvesterBackupJob, HarvesterBackupTarget, HarvesterClusterNetwork, HarvesterRelease } from '../../src';
import { INSTALL, lab, machines, node, SHA512, SIZE } from './lab';

// biome-ignore lint/suspicious/noExplicitAny: callers without types write anything
type Any = any;

/** What is wrong, how one gets there, and what is told. */
const CASES: readonly (readonly [title: string, build: () => unknown, told: string])[] = [
  [
    'a version whose image classes have no known name',
    () => lab({ props: () => ({ version: Version.of('1.8.0') }) }),
    `[lab/hci] version must be one of 1.6, 1.7: later ones name the storage class of an image by an id that nobody knows beforehand, got "1.8.0"; write Version.of('1.7.1'), see https://docs.harvesterhci.io/v1.7/upgrade/automatic (HARVESTER_VERSION)`,
  ],
  [
    'a token as text',
    () => lab({ props: () => ({ token: 'hunter2' as Any }) }),
    "[lab/hci] token must be a Secret; write token: Secret.fromOpenBao('kv/harvester', 'token') (PROP_TYPE)",
  ],
  [
    'no token',
    () => lab({ props: () => ({ token: undefined }) }),
    "[lab/hci] token is missing; write token: Secret.fromOpenBao('kv/harvester', 'token') (PROP_MISSING)",
  ],
  [
    'a misspelt property',
    () => lab({ props: () => ({ vipMode: 'static' }) as Any }),
    '[lab/hci] there is no property vipMode; use one of version, nodes, vip, token, sshKeys, install, resolvers, storage, secretStore, adminUser (PROP_UNKNOWN)',
  ],
  [
    'no keys',
    () => lab({ props: () => ({ sshKeys: [] }) }),
    "[lab/hci] sshKeys is empty; write sshKeys: ['ssh-ed25519 AAAA…'] (PROP_EMPTY)",
  ],
  [
    'no time servers',
    () => lab({ props: () => ({ install: { ...INSTALL, ntpServers: undefined as Any } }) }),
    "[lab/hci] ntpServers is missing; write ntpServers: ['ntp.example.net'] (PROP_MISSING)",
  ],
  [
    'an MTU too large',
    () => lab({ props: () => ({ install: { ...INSTALL, mtu: 9216 } }) }),
    '[lab/hci] mtu must be from 576 to 9000 bytes, got 9216; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'a bond mode that no kernel has',
    () => lab({ props: () => ({ install: { ...INSTALL, bondMode: 'lacp' as Any } }) }),
    `[lab/hci] bondMode must be one of active-backup, 802.3ad, balance-alb, balance-tlb, balance-xor, balance-rr, broadcast, got "lacp"; write bondMode: 'active-backup' (PROP_CHOICE)`,
  ],
  [
    'state below /tmp',
    () => lab({ props: () => ({ install: { ...INSTALL, persistentStatePaths: ['/tmp/state'] } }) }),
    '[lab/hci] persistentStatePaths must be absolute paths, none of them below /tmp, got "/tmp/state"; write it like /var/lib/rook (PROP_FORMAT)',
  ],
  [
    'a kernel setting as a number',
    () => lab({ props: () => ({ install: { ...INSTALL, sysctls: { 'vm.swappiness': 1 as Any } } }) }),
    '[lab/hci] sysctls.vm.swappiness must be a string, got 1; write sysctls.vm.swappiness: "1" (PROP_TYPE)',
  ],
  [
    'an add-on that does not exist',
    () => lab({ props: () => ({ install: { ...INSTALL, addons: ['monitoring' as Any] } }) }),
    '[lab/hci] addons must be some of harvester-pcidevices-controller, harvester-seeder, harvester-vm-import-controller, rancher-logging, rancher-monitoring, got "monitoring"; write it like rancher-monitoring (PROP_FORMAT)',
  ],
  [
    'a console that is none',
    () => lab({ props: () => ({ install: { ...INSTALL, tty: 'serial' } }) }),
    '[lab/hci] tty must be a serial console, got "serial"; write it like ttyS0,115200n8 (PROP_FORMAT)',
  ],
  [
    'a folder with a slash at its end',
    () => HarvesterRelease.at('http://192.168.10.5/harvester/', 'v1.7.1'),
    '[HarvesterRelease.at] folder must be the URL of a folder, without a slash at its end, got "http://192.168.10.5/harvester/"; write it like http://192.168.10.5/harvester (PROP_FORMAT)',
  ],
  [
    'two nodes',
    () => lab({ count: 2 }),
    "[lab/hci] hv-1 and hv-2 have an even number of votes, so that the loss of either stops the cluster; add a node that may be a management node, or a third one with role: 'witness', see https://docs.harvesterhci.io/v1.7/advanced/witness (HARVESTER_QUORUM)",
  ],
  [
    'three nodes of which two are workers',
    () =>
      lab({
        props: p => ({ nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), role: i > 0 ? 'worker' : 'default' }) as const) }),
      }),
    "[lab/hci] of 3 nodes only lab/hci/hv-1 has a vote, and its loss stops the cluster; leave role: 'worker' out at two others, see https://docs.harvesterhci.io/v1.7/host/#role-management (HARVESTER_QUORUM)",
  ],
  [
    'two witnesses',
    () =>
      lab({
        count: 4,
        props: p => ({ nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), role: i > 1 ? 'witness' : 'default' }) as const) }),
      }),
    '[lab/hci] hv-3 and hv-4 are witnesses, and a cluster has one; give one of them another role, see https://docs.harvesterhci.io/v1.7/advanced/witness (HARVESTER_WITNESS)',
  ],
  [
    'a witness that creates the cluster',
    () =>
      lab({
        props: p => ({
          nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), role: i === 0 ? 'witness' : 'default' }) as const),
        }),
      }),
    '[lab/hci/hv-1] is the first node, which creates the cluster, and its role is witness; name a node without a role first, see https://docs.harvesterhci.io/v1.7/advanced/witness (HARVESTER_WITNESS)',
  ],
  [
    'an unknown role',
    () => lab({ count: 1, props: p => ({ nodes: [{ ...node(p.machines[0] as Any, p.management, 0), role: 'master' as Any }] }) }),
    `[lab/hci/hv-1] role must be one of default, management, worker, witness, got "master"; write role: 'default' (PROP_CHOICE)`,
  ],
  [
    'the address of a node for the cluster',
    () =>
      lab({
        count: 1,
        props: p => {
          const first = node(p.machines[0] as Any, p.management, 0);
          return { nodes: [first], vip: first.host };
        },
      }),
    "[lab/hci] 192.168.10.11 is the address of lab/hci/hv-1, and moves from node to node; reserve one of its own: management.host('hci', …), see https://docs.harvesterhci.io/v1.7/install/management-address (HARVESTER_VIP)",
  ],
  [
    'the cluster on another segment',
    () => lab({ count: 1, props: p => ({ vip: p.servers.host('hci', 9) }) }),
    '[lab/hci] 10.20.0.9 is on lab/servers, and lab/hci/hv-1 on lab/management, where nobody could answer for it; choose addresses of one segment for the nodes and the cluster (HARVESTER_VIP)',
  ],
  [
    'the cluster in the range of DHCP',
    () =>
      lab({
        count: 1,
        props: p => {
          p.management.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
          return { vip: p.management.host('hci', 150) };
        },
      }),
    '[lab/management/hci] number 150 (192.168.10.150) lies in the dhcp pool lab/management/dhcp, 100 to 199; choose a number outside it (HOST_IN_POOL)',
  ],
  [
    'a management segment of IPv6 only',
    () =>
      lab({
        count: 1,
        props: p => {
          const six = new Vlan(p.site, 'six', { tag: 66, ipv6: 'fd20:0:0:66::/64' });
          return { nodes: [{ machine: p.machines[0] as Any, host: six.host('hv-1', 11) }], vip: six.host('hci', 9) };
        },
      }),
    '[lab/hci/hv-1] lab/six has no IPv4 prefix, and the installer takes IPv4 addresses only; give the management segment an IPv4 prefix, see https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installmanagement_interface (HARVESTER_IPV4)',
  ],
  [
    'disks without a path',
    () => lab({ count: 1, devices: false }),
    "[lab/hci/hv-1] installDisk boot has no path, and /dev/sda may be another disk at the next boot; write disks: { boot: '/dev/disk/by-id/…' } at hv-1, see https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installdevice (HARVESTER_DISK)",
  ],
  [
    'a disk of the system too small',
    () => lab({ count: 1, model: { disks: { boot: Size.gigabytes(128), nvme: Size.gigabytes(3840) } } }),
    '[lab/hci/hv-1] installDisk boot has 128 GB, and Harvester wants 180 GiB; choose a larger disk, or write skipChecks: true for a test, see https://docs.harvesterhci.io/v1.7/install/requirements (HARVESTER_DISK)',
  ],
  [
    'a disk too small for the system and volumes',
    () =>
      lab({
        count: 1,
        model: { disks: { boot: Size.gigabytes(256), nvme: Size.gigabytes(256) } },
        props: p => ({ nodes: [{ ...node(p.machines[0] as Any, p.management, 0), dataDisk: undefined }] }),
      }),
    '[lab/hci/hv-1] installDisk boot has 256 GB, and Harvester wants 250 GiB with the volumes of guests on it; choose a larger disk, or write skipChecks: true for a test, see https://docs.harvesterhci.io/v1.7/install/requirements (HARVESTER_DISK)',
  ],
  [
    'a disk of volumes too small',
    () => lab({ count: 1, model: { disks: { boot: Size.gigabytes(480), nvme: Size.gigabytes(32) } } }),
    '[lab/hci/hv-1] dataDisk nvme has 32 GB, and Harvester wants 50 GiB; choose a larger disk, or write skipChecks: true for a test, see https://docs.harvesterhci.io/v1.7/install/requirements (HARVESTER_DISK)',
  ],
  [
    'a data disk of another machine',
    () =>
      lab({
        count: 3,
        props: p => ({ nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), dataDisk: p.machines[0]?.disk('nvme') as Any })) }),
      }),
    `[lab/hci/hv-2] dataDisk must be a disk of lab/rack-2/hv-2, got "lab/rack-1/hv-1/nvme"; write dataDisk: machine.disk('boot') (HARVESTER_DISK)`,
  ],
  [
    'a port of another machine',
    () =>
      lab({
        props: p => ({ nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), nics: [p.machines[0]?.nic('eno1') as Any] })) }),
      }),
    '[lab/hci/hv-2] lab/rack-1/hv-1/eno1 is a port of lab/rack-1/hv-1, and the node runs on lab/rack-2/hv-2; use one of eno1, eno2, ens2f0, ens2f1 of its own machine (HARVESTER_NIC)',
  ],
  [
    'a port that its model does not have',
    () =>
      lab({
        count: 1,
        props: p => ({ nodes: [{ ...node(p.machines[0] as Any, p.management, 0), nics: [p.machines[0]?.nic('eth0') as Any] }] }),
      }),
    '[lab/rack-1/hv-1] a Dell PowerEdge R660 has no such network port, got "eth0"; use one of eno1, eno2, ens2f0, ens2f1 (NIC_UNKNOWN)',
  ],
  [
    'a port twice',
    () =>
      lab({
        count: 1,
        props: p => ({
          nodes: [
            {
              ...node(p.machines[0] as Any, p.management, 0),
              nics: [p.machines[0]?.nic('eno1') as Any, p.machines[0]?.nic('eno1') as Any],
            },
          ],
        }),
      }),
    '[lab/hci/hv-1] nics names eno1 twice; name each port once (HARVESTER_NIC)',
  ],
  [
    'DHCP for another MAC address',
    () =>
      lab({
        count: 1,
        props: p => ({
          nodes: [{ machine: p.machines[0] as Any, host: p.management.host('hv-1', { number: 11, mac: '02:00:5e:10:99:99' }) }],
        }),
      }),
    '[lab/hci/hv-1] lab/management/hv-1 gets its address by DHCP as 02:00:5e:10:99:99, and its first port eno1 has 02:00:5e:10:01:01; give the host the MAC address of eno1, or none for a static address (HARVESTER_NODE_MAC)',
  ],
  [
    'a machine too small for production',
    () =>
      lab({
        count: 1,
        model: { cores: 4, threads: 8, memory: Size.gibibytes(32), nics: { eno1: Bandwidth.gigabits(1), eno2: Bandwidth.gigabits(1) } },
      }),
    '[lab/hci/hv-1] Dell PowerEdge R660 has 8 of 16 threads, 32 GiB of 64 GiB memory, 1 Gb/s of 10 Gb/s at eno1, 1 Gb/s of 10 Gb/s at eno2, at which an automatic installation stops; choose a larger machine, or write skipChecks: true for a test, see https://docs.harvesterhci.io/v1.7/install/requirements (HARVESTER_MACHINE)',
  ],
  [
    'more replicas than nodes',
    () => lab({ count: 3, props: () => ({ storage: { replicas: 4 } }) }),
    '[lab/hci] storage.replicas is 4, and 3 nodes hold volumes: the others would be missing for good; write replicas: 3, or add a node, see https://docs.harvesterhci.io/v1.7/advanced/storageclass (HARVESTER_REPLICAS)',
  ],
  [
    'replicas on a witness',
    () =>
      lab({
        props: p => ({
          storage: { replicas: 3 },
          nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), role: i === 2 ? 'witness' : 'default' }) as const),
        }),
      }),
    '[lab/hci] storage.replicas is 3, and 2 nodes hold volumes: the others would be missing for good; write replicas: 2, or add a node, see https://docs.harvesterhci.io/v1.7/advanced/storageclass (HARVESTER_REPLICAS)',
  ],
  [
    'strict locality',
    () => lab({ props: () => ({ storage: { dataLocality: 'strict-local' as Any } }) }),
    `[lab/hci] storage.dataLocality must be one of disabled, best-effort, got "strict-local"; write storage.dataLocality: 'disabled' (PROP_CHOICE)`,
  ],
  [
    'an image with a SHA-256',
    () => guest({ image: CloudImage.of('https://images.example.net/20261001/debian-13.qcow2', SHA512.slice(0, 64)) }),
    '[lab/hci/web] the checksum of https://images.example.net/20261001/debian-13.qcow2 is a SHA-256, and Longhorn compares the SHA-512 of what it downloaded; copy the one of 128 digits from the SHA512SUMS file beside the image, which Proxmox VE takes too, see https://longhorn.io/docs/1.10.1/advanced-resources/backing-image/backing-image/ (HARVESTER_IMAGE)',
  ],
  [
    'a container',
    () => guest({ image: { rootfs: 'debian' } as Any }),
    "[lab/hci/web] image must be a CloudImage: Harvester runs virtual machines that configure themselves by cloud-init, no containers, got an object with rootfs; write image: CloudImage.of('https://images.example.net/20261001/debian-13.qcow2', '<SHA-512>'), see https://docs.harvesterhci.io/v1.7/image/upload-image (HARVESTER_IMAGE)",
  ],
  [
    'more processors than KubeVirt gives',
    () => guest({ cores: 255 }),
    '[lab/hci/web] cores must be from 1 to 254, got 255; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'more processors than a machine has',
    () => guest({ cores: 65 }),
    '[lab/hci/web] cores must be at most the 64 threads of hv-1 (Dell PowerEdge R660), or its processors wait for each other, got 65; write cores: 64, or leave hv-1 out of its machines, see https://docs.harvesterhci.io/v1.7/vm/index (HARVESTER_CORES)',
  ],
  [
    'more memory than a machine has',
    () => guest({ memory: Size.gibibytes(250) }),
    '[lab/hci/web] memory is 250 GiB, what runs it takes 256 MiB more, and hv-1 (Dell PowerEdge R660) has 248 GiB for guests; give it less, or leave hv-1 out of its machines (HARVESTER_MEMORY)',
  ],
  [
    'memory that is no whole MiB',
    () => guest({ memory: Size.kibibytes(512_100) }),
    '[lab/hci/web] memory must be a whole number of MiB, 16 or more, got "524.39 MB"; write Size.mebibytes(512), or Size.gibibytes(2) (HARVESTER_MEMORY)',
  ],
  [
    'a disk of a fraction',
    () => guest({ disk: Size.mebibytes(1500) }),
    '[lab/hci/web] disk must be a whole number of GiB, got "1500 MiB"; write Size.gibibytes(2) (HARVESTER_VOLUME)',
  ],
  [
    'a data disk of a fraction',
    () => guest({ dataDisks: { data: Size.gigabytes(100) } }),
    '[lab/hci/web] dataDisks.data must be a whole number of GiB, got "100 GB"; write Size.gibibytes(94) (HARVESTER_VOLUME)',
  ],
  [
    'a name of a data disk that is no serial number',
    () => guest({ dataDisks: { 'a-name-that-is-too-long': Size.gibibytes(1) } }),
    '[lab/hci/web] dataDisks must be named by up to 20 lower-case letters, digits and dashes, got "a-name-that-is-too-long"; write it like data (PROP_FORMAT)',
  ],
  [
    'high availability on one machine',
    () => guest(({ machines: all }: Any) => ({ placement: { machines: [all[0] as Any], highAvailability: true } })),
    '[lab/hci/web] is highly available, and may run on hv-1 only; let it run on two machines or more (HARVESTER_HA)',
  ],
  [
    'high availability of one replica',
    () => guest({ placement: { highAvailability: true } }, { storage: { replicas: 1 } }),
    '[lab/hci/web] is highly available, and its volumes have one replica, which is lost with its machine; write storage: { replicas: 2 } at the cluster, see https://docs.harvesterhci.io/v1.7/advanced/storageclass (HARVESTER_HA)',
  ],
  [
    'a machine of another cluster',
    () => guest(() => ({ placement: { machines: machines().machines } })),
    '[lab/hci/web] lab/hci has no node on such a machine, got "lab/rack-1/hv-1"; use one of hv-1, hv-2, hv-3 (HARVESTER_NODE)',
  ],
  [
    'a guest on a witness',
    () => {
      const {
        hci,
        servers,
        machines: all,
      } = lab({
        props: p => ({
          nodes: p.machines.map((m, i) => ({ ...node(m, p.management, i), role: i === 2 ? 'witness' : 'default' }) as const),
        }),
      });
      hci.guest('web', { ...SIZE, host: servers.host('web', 20), placement: { machines: [all[2] as Any] } });
    },
    '[lab/hci/web] may run on lab/hci/hv-3, which is a witness and runs no guests; choose some of hv-1, hv-2, see https://docs.harvesterhci.io/v1.7/advanced/witness (HARVESTER_WITNESS)',
  ],
  [
    'more guests apart than machines',
    () => {
      const { hci, servers } = lab();
      const apart: Any[] = [];
      for (let i = 0; i < 4; i++)
        apart.push(hci.guest(`db-${i}`, { ...SIZE, host: servers.host(`db-${i}`, 20 + i), placement: { apartFrom: [...apart] } }));
    },
    '[lab/hci/db-3] 4 guests are kept apart from each other, and may run on 3 machines; add a machine, or let two of them share one (HARVESTER_APART)',
  ],
  [
    'apart on one machine',
    () => {
      const {
        hci,
        servers,
        machines: [first],
      } = lab();
      const placement = { machines: [first as Any] };
      const a = hci.guest('a', { ...SIZE, host: servers.host('a', 20), placement });
      hci.guest('b', { ...SIZE, host: servers.host('b', 21), placement: { ...placement, apartFrom: [a] } });
    },
    '[lab/hci/b] runs on hv-1 only, and so does a guest that it is kept apart from; let one of them run elsewhere (HARVESTER_APART)',
  ],
  [
    'apart from a guest of another cluster',
    () => {
      const other = lab();
      const a = other.hci.guest('a', { ...SIZE, host: other.servers.host('a', 20) });
      guest({ placement: { apartFrom: [a] } });
    },
    '[lab/hci/web] is kept apart from what is no guest of lab/hci, got "lab/hci/a"; name guests of the same cluster (HARVESTER_APART)',
  ],
  [
    'two guests of one host',
    () => {
      const { hci, servers } = lab();
      const host = servers.host('web', 20);
      hci.guest('web', { ...SIZE, host });
      hci.guest('other', { ...SIZE, host });
    },
    '[lab/hci/other] the host web.lab.example.net is already that of lab/hci/web; give each guest a host of its own (GUEST_NAME)',
  ],
  [
    'a port on a number',
    () => guest({ otherNics: [30 as Any] }),
    "[lab/hci/web] a network port is on a Host or a Vlan, got 30; write host: servers.host('web', 10) (GUEST_NIC)",
  ],
  [
    'a cluster network with a long name',
    () => network('workload-network', p => p.machines.map(m => m.nic('ens2f0'))),
    '[lab/hci/workload-network] the name of a cluster network is up to 12 lower-case letters, digits and dashes, for with -br it names a bridge, got "workload-network"; choose a name like workload, see https://docs.harvesterhci.io/v1.7/networking/clusternetwork (HARVESTER_NETWORK_NAME)',
  ],
  [
    'a cluster network of the name that Harvester uses',
    () => network('mgmt', p => p.machines.map(m => m.nic('ens2f0'))),
    '[lab/hci/mgmt] mgmt is the network that every cluster has, got "mgmt"; choose a name like workload, see https://docs.harvesterhci.io/v1.7/networking/clusternetwork (HARVESTER_NETWORK_NAME)',
  ],
  [
    'a cluster network on management ports',
    () => network('workload', p => p.machines.map(m => m.nic('eno2'))),
    '[lab/hci/workload] lab/rack-1/hv-1/eno2 carries the management network of its node; choose another port, or leave the segments on the management network, see https://docs.harvesterhci.io/v1.7/networking/clusternetwork (HARVESTER_UPLINK)',
  ],
  [
    'a cluster network with a port twice',
    () => network('workload', p => [p.machines[0]?.nic('ens2f0'), p.machines[0]?.nic('ens2f0')] as Any),
    '[lab/hci/workload] lab/rack-1/hv-1/ens2f0 is named twice; name each port once, see https://docs.harvesterhci.io/v1.7/networking/clusternetwork (HARVESTER_UPLINK)',
  ],
  [
    'two cluster networks on one port',
    () =>
      network(
        'workload',
        p => p.machines.map(m => m.nic('ens2f0')),
        p => {
          new HarvesterClusterNetwork(p.hci, 'other', { uplinks: p.machines.map(m => m.nic('ens2f0')), vlans: [p.storage] });
        },
      ),
    '[lab/hci/workload] lab/rack-1/hv-1/ens2f0 is already a port of lab/hci/other; choose another port, see https://docs.harvesterhci.io/v1.7/networking/clusternetwork (HARVESTER_UPLINK)',
  ],
  [
    'one segment on two cluster networks',
    () =>
      network(
        'workload',
        p => p.machines.map(m => m.nic('ens2f0')),
        p => {
          new HarvesterClusterNetwork(p.hci, 'other', { uplinks: p.machines.map(m => m.nic('ens2f1')), vlans: [p.servers] });
        },
      ),
    '[lab/hci/workload] lab/servers is already on lab/hci/other; name each segment once (HARVESTER_SEGMENT)',
  ],
  [
    'one segment twice on a cluster network',
    () => {
      const parts = lab();
      const uplinks = parts.machines.map(m => m.nic('ens2f0'));
      new HarvesterClusterNetwork(parts.hci, 'workload', { uplinks, vlans: [parts.servers, parts.servers] });
    },
    '[lab/hci/workload] lab/servers is already on lab/hci/workload; name each segment once (HARVESTER_SEGMENT)',
  ],
  [
    'a backup target that is none',
    () => new HarvesterBackupTarget(lab().hci, 'nas', {}),
    "[lab/hci/nas] has neither nfs nor s3; write nfs: 'nfs://192.168.10.5:/srv/backup', or s3: { … } (HARVESTER_BACKUP_TARGET)",
  ],
  [
    'an export without a path',
    () => new HarvesterBackupTarget(lab().hci, 'nas', { nfs: 'nfs://192.168.10.5' }),
    '[lab/hci/nas] nfs must be the URL of an export, got "nfs://192.168.10.5"; write it like nfs://192.168.10.5:/srv/backup (PROP_FORMAT)',
  ],
  [
    'keys of a bucket as text',
    () =>
      new HarvesterBackupTarget(lab().hci, 'nas', {
        s3: {
          bucketName: 'backups',
          bucketRegion: 'us-east-1',
          accessKeyId: 'AKIA' as Any,
          secretAccessKey: Secret.fromOpenBao('kv/backup', 'secret-key'),
        },
      }),
    "[lab/hci/nas] s3.accessKeyId must be a Secret; write s3.accessKeyId: Secret.fromOpenBao('kv/backup', 'access-key') (PROP_TYPE)",
  ],
  [
    'two backup targets',
    () => {
      const { hci } = lab();
      new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' });
      new HarvesterBackupTarget(hci, 'other', { nfs: 'nfs://192.168.10.6:/srv/backup' });
    },
    '[lab/hci/other] lab/hci already keeps copies at lab/hci/nas; keep one of them (HARVESTER_BACKUP_TARGET)',
  ],
  [
    'a backup job without a target',
    () => new HarvesterBackupJob(lab().hci, 'nightly', { from: '22:00', target: undefined as Any }),
    "[lab/hci/nightly] target must be that of lab/hci, got undefined; write target: new HarvesterBackupTarget(cluster, 'nas', { nfs: … }) (HARVESTER_BACKUP_JOB)",
  ],
  [
    'one copy kept',
    () => {
      const { hci } = lab();
      const target = new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' });
      new HarvesterBackupJob(hci, 'nightly', { target, from: '22:00', retain: 1 });
    },
    '[lab/hci/nightly] retain must be from 2 to 250, got 1; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'two backup jobs',
    () => {
      const { hci } = lab();
      const target = new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' });
      new HarvesterBackupJob(hci, 'nightly', { target, from: '22:00' });
      new HarvesterBackupJob(hci, 'noon', { target, from: '12:00' });
    },
    '[lab/hci/noon] lab/hci already has lab/hci/nightly, and two schedules may not begin within ten minutes; keep one of them (HARVESTER_BACKUP_JOB)',
  ],
  [
    'machines as a name',
    () => guest({ placement: { machines: 'hv-1' } }),
    '[lab/hci/web] placement.machines must be a list, got "hv-1"; write placement.machines: [machine] (PROP_TYPE)',
  ],
  [
    'volumes of one name',
    () => {
      const { hci, servers } = lab();
      hci.guest('a', { ...SIZE, host: servers.host('a', 20), dataDisks: { boot: Size.gibibytes(1) } });
      hci.guest('b', { ...SIZE, host: servers.host('a-data', 21) });
    },
    '[lab/hci/b] its volume a-data-boot is already one of lab/hci/a; choose another name for the host, or for the data disk (GUEST_NAME)',
  ],
];

test.each(CASES)('%s', (_, build, told) => {
  expect(build).toThrow(new Error(told));
});

function guest(props: Any, cluster: Any = {}): unknown {
  const { hci, servers, ...parts } = lab({ props: () => cluster });
  return hci.guest('web', { ...SIZE, host: servers.host('web', 20), ...(typeof props === 'function' ? props(parts) : props) });
}

function network(
  id: string,
  uplinks: (p: ReturnType<typeof lab>) => Any,
  before: (p: ReturnType<typeof lab>) => void = () => undefined,
): unknown {
  const parts = lab();
  before(parts);
  return new HarvesterClusterNetwork(parts.hci, id, { uplinks: uplinks(parts), vlans: [parts.servers] });
}
