import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bandwidth, Duration, Secret, Size, Version } from '@ashlar/core';
import { Machine, PowerFeed } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  BackupJob,
  CloudImage,
  ContainerImage,
  DirectoryStorage,
  InstallerImage,
  ProxmoxCluster,
  ProxmoxContainer,
  ProxmoxStorage,
  ProxmoxVm,
  Schedule,
  VmTemplate,
  ZfsStorage,
} from '../src';
import { CHECKSUM, GUEST, lab, MODEL } from './lab';

/** What `build` throws, or that it throws nothing. */
function refusal(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

function refuses(statement: string, build: () => unknown, text: string): void {
  test(statement, () => {
    const message = refusal(build);
    expect(message).toBe(text);
  });
}

/** A virtual machine in the usual lab, from the usual template. */
function vm(props: object, more: (all: ReturnType<typeof lab>) => object = () => ({})) {
  const all = lab();
  return new ProxmoxVm(all.pve, 'web', {
    ...GUEST,
    node: 'pve-01',
    host: all.servers.host('web', 20),
    template: all.debian,
    ...props,
    ...more(all),
  } as never);
}

describe('a cluster', () => {
  refuses(
    'of an unknown version',
    () => lab({ version: Version.of('7.4') }),
    '[lab/hypervisors/pve] version must be from 8.2 to 9, got "7.4"; upgrade the nodes first (PROXMOX_VERSION)',
  );
  refuses(
    'of two nodes without a third vote',
    () => lab({}, 2),
    "[lab/hypervisors/pve] 2 nodes have an even number of votes, and the loss of either stops both; add a node, or a third party with qdevice: management.host('router', 1), see https://pve.proxmox.com/wiki/Cluster_Manager#_corosync_external_vote_support (PROXMOX_QUORUM)",
  );
  refuses(
    'of four nodes without a tie-breaker',
    () => lab({}, 4),
    "[lab/hypervisors/pve] 4 nodes have an even number of votes, and no half has a majority when the network splits; add a node, or a third party with qdevice: management.host('router', 1), see https://pve.proxmox.com/wiki/Cluster_Manager#_corosync_external_vote_support (PROXMOX_QUORUM)",
  );
  refuses(
    'of three nodes with a QDevice',
    () => lab(({ management }) => ({ qdevice: management })),
    '[lab/hypervisors/pve] 3 nodes have an odd number of votes, and a QDevice would have 2, so that its loss stops the cluster with the next node; leave qdevice out, see https://pve.proxmox.com/wiki/Cluster_Manager#_corosync_external_vote_support (PROXMOX_QUORUM)',
  );
  refuses(
    'whose QDevice is a name',
    () => lab({ qdevice: 'router' as never }, 2),
    '[lab/hypervisors/pve] qdevice must be a construct, got "router"; pass the host that runs corosync-qnetd, or its machine (PROP_TYPE)',
  );
  refuses('without nodes', () => lab({ nodes: [] }), '[lab/hypervisors/pve] nodes is empty; write nodes: [{ machine, host }] (PROP_EMPTY)');
  refuses(
    'of a node without a name',
    () => lab({ nodes: [{ address: '192.0.2.10' }] }),
    "[lab/hypervisors/pve] a node has no name, got undefined; write nodes: [{ machine, host }], or nodes: [{ name: 'pve-01', address: '192.0.2.10' }] (PROXMOX_NODE_NAME)",
  );
  refuses(
    'of a node without an address',
    () => lab({ nodes: [{ name: 'pve-01' }] }),
    "[lab/hypervisors/pve/pve-01] a node needs an IP address, got undefined; write host: management.host('pve-01', 10), or address: '192.0.2.10' (PROXMOX_NODE_ADDRESS)",
  );
  refuses(
    'of a node whose name DNS refuses',
    () => lab({ nodes: [{ name: 'PVE_01', address: '192.0.2.10' }] }),
    '[lab/hypervisors/pve/PVE_01] the name of a node must be a DNS label: up to 63 lower-case letters, digits and dashes, got "PVE_01"; write it like web-1 (PROP_FORMAT)',
  );
  refuses(
    'of one node twice',
    () => lab({ nodes: ['a', 'b', 'c'].map(name => ({ name, address: '192.0.2.10' })) }),
    '[lab/hypervisors/pve/b] has the address 192.0.2.10 of lab/hypervisors/pve/a; name each hypervisor once (PROXMOX_NODE_TWICE)',
  );
  refuses(
    'that nobody could manage',
    () => lab({ nodes: [{ name: 'pve-01', address: '192.0.2.10' }] }),
    '[lab/hypervisors/pve] its firewall would let nobody in to manage it; write managedFrom: [management], or give the nodes hosts (PROXMOX_LOCKOUT)',
  );
  refuses(
    'whose token is text',
    () => lab({ apiToken: 'root@pam!x=…' as never }),
    `[lab/hypervisors/pve] apiToken must be a Secret; write apiToken: Secret.fromTerraformVariable('proxmox_api_token') (PROP_TYPE)`,
  );
  refuses(
    'whose token is kept in the cluster itself',
    () => lab({ apiToken: Secret.fromOpenBao('kv/pve', 'token') }),
    `[lab/hypervisors/pve] Terraform reads secrets from sensitive variables only, got "openbao:kv/pve#token"; write Secret.fromTerraformVariable('name'), and set TF_VAR_name from where it is kept (SECRET_KIND)`,
  );
  refuses(
    'whose untagged segment is a number',
    () => lab({ untagged: 10 as never }),
    "[lab/hypervisors/pve] untagged must be a Vlan or 'none', got 10; pass the Vlan itself, not its tag (PROP_TYPE)",
  );
  refuses(
    'with a private key among the public ones',
    () => lab({ sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }),
    '[lab/hypervisors/pve] sshKeys must be public SSH keys on one line each, got "-----BEGIN OPENSSH PRIVATE KEY-----"; write it like ssh-ed25519 AAAAC3… ops@example.net (PROP_FORMAT)',
  );
  refuses(
    'with a misspelt property',
    () => lab({ sshKey: [] } as never),
    '[lab/hypervisors/pve] there is no property sshKey; use one of version, nodes, apiToken, qdevice, endpoint, insecure, sshUser, sshPrivateKey, vmIds, bridge, untagged, managedFrom, adminUser, sshKeys, resolvers (PROP_UNKNOWN)',
  );
  refuses(
    'beside another in one state',
    () => {
      const { workspace, management } = lab();
      new ProxmoxCluster(workspace.stack, 'second', {
        version: Version.of('9.1'),
        nodes: [{ host: management.host('pve-09', 19) }],
        apiToken: Secret.fromTerraformVariable('token'),
      });
    },
    '[lab/hypervisors/second] the state hypervisors already has a cluster, lab/hypervisors/pve; give each cluster a TerraformWorkspace of its own (PROXMOX_STACK)',
  );
  refuses(
    'outside a state',
    () => new ProxmoxCluster(lab().site, 'pve', {} as never),
    '[lab/pve] is in no Terraform state; create it with workspace.stack as scope (PROXMOX_STACK)',
  );
  refuses(
    'that is asked for a node it does not have',
    () => lab().pve.nodeOf('pve-04'),
    '[lab/hypervisors/pve] has no such node, got "pve-04"; use one of pve-01, pve-02, pve-03 (PROXMOX_NODE_UNKNOWN)',
  );
  refuses(
    'that is asked for a machine that is no node of it',
    () => {
      const { pve, site } = lab();
      pve.nodeOf(new Machine(site, 'nas', { model: MODEL, feeds: [new PowerFeed(site, 'other', { capacity: MODEL.power })] }));
    },
    '[lab/hypervisors/pve] has no such node, got "lab/nas"; use one of pve-01, pve-02, pve-03 (PROXMOX_NODE_UNKNOWN)',
  );
  refuses(
    'that a guest is not in',
    () => new VmTemplate(lab().workspace.stack, 'debian', {} as never),
    '[lab/hypervisors/debian] is in no Proxmox VE cluster; create it with a ProxmoxCluster as scope (PROXMOX_CLUSTER_MISSING)',
  );
});

describe('a VM id', () => {
  refuses(
    'below 100',
    () => vm({ vmId: 99 }),
    '[lab/hypervisors/pve/web] vmId must be from 100 to 999999999, got 99; choose a value inside the range (PROP_RANGE)',
  );
  refuses(
    'outside the range of the cluster',
    () => vm({ vmId: 200 }),
    '[lab/hypervisors/pve/web] vmId is outside 100 to 199, which lab/hypervisors/pve may give out, got 200; choose one inside, or widen vmIds of the cluster (PROXMOX_VMID_RANGE)',
  );
  refuses(
    'that another guest has',
    () => {
      const { pve, servers, debian } = lab();
      new ProxmoxVm(pve, 'cp1', { ...GUEST, vmId: 111, node: 'pve-01', host: servers.host('cp1', 21), template: debian });
      new ProxmoxVm(pve, 'cp2', { ...GUEST, vmId: 111, node: 'pve-02', host: servers.host('cp2', 22), template: debian });
    },
    '[lab/hypervisors/pve/cp2] vmId 111 is already that of lab/hypervisors/pve/cp1; choose another one, or none to have one allocated (PROXMOX_VMID_TAKEN)',
  );
  refuses(
    'that nobody gave in a cluster without a range',
    () => new ProxmoxVm(...inCluster({ vmIds: undefined })),
    '[lab/hypervisors/pve/web] has no vmId, and lab/hypervisors/pve has no range to allocate one from; write vmId: 100, or give the cluster vmIds: { from: 100, to: 199 } (PROXMOX_VMID_MISSING)',
  );
  refuses(
    'that nobody gave outside a site',
    () => new ProxmoxVm(...plain()),
    '[plain/pve/web] has no vmId, and there is no site whose ledger could keep one; write vmId: 100 (PROXMOX_VMID_MISSING)',
  );
  refuses(
    'from an empty range',
    () => lab({ vmIds: { from: 200, to: 100 } }),
    '[lab/hypervisors/pve] vmIds.to must be at least vmIds.from (200), got 100; write vmIds: { from: 100, to: 200 } (PROXMOX_VMID_RANGE)',
  );
});

describe('a storage', () => {
  refuses(
    'that nobody declared',
    () => new VmTemplate(emptyCluster(), 'debian', { image: lab().image }),
    "[lab/other/empty/debian] needs a storage for images, and lab/other/empty has none yet; create one with content ['images'] before it (STORAGE_MISSING)",
  );
  refuses(
    'that could be one of two',
    () => vm({}, ({ pve }) => void new ZfsStorage(pve, 'fast', { pool: 'fast' }) as never),
    '[lab/hypervisors/pve/web] needs a storage for images, and tank, fast hold that; say which with storage: … (STORAGE_AMBIGUOUS)',
  );
  refuses(
    'for disks that holds backups',
    () => vm({}, ({ backups }) => ({ storage: backups })),
    "[lab/hypervisors/pve/web] needs a storage for images, and lab/hypervisors/pve/nas holds backup; add 'images' to its content, or choose another storage (STORAGE_CONTENT)",
  );
  refuses(
    'by the name of the one that is there already',
    () => new ZfsStorage(lab().pve, 'local', { pool: 'rpool/data' }),
    '[lab/hypervisors/pve/local] every node has a storage of that name from its installation, and Proxmox VE takes no second one, got "local"; choose another name, or use that one with ProxmoxStorage.fromName(pve, \'local\', …), see https://pve.proxmox.com/wiki/Storage (STORAGE_NAME)',
  );
  test('the one that is there already is used by its name', () => {
    expect(ProxmoxStorage.fromName(lab().pve, 'local', { type: 'dir', content: ['vztmpl'] }).name).toBe('local');
  });
  refuses(
    'of a type that cannot hold that',
    () => ProxmoxStorage.fromName(lab().pve, 'vault', { type: 'pbs', content: ['images'] }),
    '[lab/hypervisors/pve/vault] a storage of type pbs holds backup, got "images"; put that on another storage (STORAGE_CONTENT)',
  );
  refuses(
    'that the node does not have',
    () => vm({}, ({ pve }) => ({ storage: new ZfsStorage(pve, 'fast', { pool: 'fast', nodes: [pve.nodeOf('pve-02')] }) })),
    '[lab/hypervisors/pve/web] may run on pve-01, which does not have storage fast [lab/hypervisors/pve/fast]; choose one of pve-02, or give pve-01 a storage of that name (STORAGE_NOT_ON_NODE)',
  );
  refuses(
    'without props',
    () => new DirectoryStorage(lab().pve, 'more', undefined as never),
    '[lab/hypervisors/pve/more] props must be an object, got undefined; write { path: … } (PROP_TYPE)',
  );
  refuses(
    'with a misspelt property',
    () => new ZfsStorage(lab().pve, 'more', { zpool: 'tank' } as never),
    '[lab/hypervisors/pve/more] there is no property zpool; use one of pool, nodes, size, thinProvision (PROP_UNKNOWN)',
  );
  refuses(
    'with a relative path',
    () => new DirectoryStorage(lab().pve, 'more', { path: 'images', content: ['iso'] }),
    '[lab/hypervisors/pve/more] path must be an absolute path, got "images"; write it like /var/lib/images (PROP_FORMAT)',
  );
});

describe('an image', () => {
  refuses(
    'without a checksum',
    () => (CloudImage.of as (url: string) => unknown)('https://images.example.net/debian-13.qcow2'),
    '[CloudImage.of] the checksum of debian-13.qcow2 must be its SHA-256 (64 hexadecimal digits) or SHA-512 (128), got undefined; copy it from the SHA256SUMS or SHA512SUMS file beside the image (IMAGE_CHECKSUM)',
  );
  refuses(
    'with an MD5',
    () => CloudImage.debian13('20251006-2257', 'd41d8cd98f00b204e9800998ecf8427e'),
    '[CloudImage.debian13] the checksum of debian-13-genericcloud-amd64-20251006-2257.qcow2 must be its SHA-256 (64 hexadecimal digits) or SHA-512 (128), got "d41d8cd98f00b204e9800998ecf8427e"; copy it from the SHA256SUMS or SHA512SUMS file beside the image (IMAGE_CHECKSUM)',
  );
  refuses(
    'that is packed',
    () => CloudImage.of('https://images.example.net/coreos.qcow2.xz', CHECKSUM),
    '[CloudImage.of] the file must end in .qcow2, .img, .raw, got "coreos.qcow2.xz"; choose such a file; Proxmox VE does not unpack others (IMAGE_FORMAT)',
  );
  refuses(
    'that is a file of this machine',
    () => InstallerImage.of('/tmp/pfsense.iso', CHECKSUM),
    '[InstallerImage.of] an image has the URL of a file, got "/tmp/pfsense.iso"; write it like https://images.example.net/debian-13.iso (IMAGE_URL)',
  );
  refuses(
    'of a container that is a disk',
    () => ContainerImage.of('https://images.example.net/debian-13.qcow2', CHECKSUM),
    '[ContainerImage.of] the file must end in .tar.zst, .tar.xz, .tar.gz, got "debian-13.qcow2"; choose such a file; Proxmox VE does not unpack others (IMAGE_FORMAT)',
  );
  refuses(
    'of a VM that is one of a container',
    () => vm({ template: undefined }, ({ rootfs }) => ({ image: rootfs })),
    '[lab/hypervisors/pve/web] image must be a CloudImage, got a ContainerImage; write image: CloudImage.of(url, checksum) (PROP_TYPE)',
  );
});

describe('a guest', () => {
  refuses(
    'without props',
    () => new ProxmoxVm(lab().pve, 'web', undefined as never),
    '[lab/hypervisors/pve/web] props must be an object, got undefined; write { host: … } (PROP_TYPE)',
  );
  refuses(
    'without a host',
    () => vm({ host: undefined }),
    "[lab/hypervisors/pve/web] host is missing; write host: servers.host('web') (PROP_MISSING)",
  );
  refuses(
    'whose host is a name',
    () => vm({ host: 'web' }),
    `[lab/hypervisors/pve/web] host must be a Host, got "web"; write host: servers.host('web') (PROP_TYPE)`,
  );
  refuses(
    'whose name DNS refuses',
    () => lab().servers.host('web_1', 30),
    '[lab/servers/web_1] the name of a host must be a DNS label: up to 63 lower-case letters, digits and dashes, got "web_1"; write it like web-1 (PROP_FORMAT)',
  );
  refuses(
    'without a node',
    () => vm({ node: undefined }),
    "[lab/hypervisors/pve/web] has no node, and lab/hypervisors/pve has 3; write node: 'pve-01' (GUEST_NODE)",
  );
  refuses(
    'with more cores than its node has threads',
    () => vm({ cores: 8 }),
    '[lab/hypervisors/pve/web] cores must be at most the 4 threads of node pve-01 (Dell OptiPlex 7040), or its processors wait for each other, got 8; write cores: 4, or choose a larger node (GUEST_CORES)',
  );
  refuses(
    'with more memory than its node has',
    () => vm({ memory: Size.gibibytes(16) }),
    '[lab/hypervisors/pve/web] memory is 16 GiB, and node pve-01 (Dell OptiPlex 7040) has 15 GiB for guests; give it less, or choose a larger node (GUEST_MEMORY)',
  );
  refuses(
    'with half a MiB of memory',
    () => vm({ memory: Size.kibibytes(65_000) }),
    '[lab/hypervisors/pve/web] memory must be a whole number of MiB, 16 or more, got "66.56 MB"; write Size.mebibytes(512), or Size.gibibytes(2) (GUEST_MEMORY)',
  );
  refuses(
    'whose memory is a number',
    () => vm({ memory: 4096 }),
    '[lab/hypervisors/pve/web] memory must be a Size, got 4096; write memory: Size.gibibytes(2) (PROP_TYPE)',
  );
  refuses(
    'whose disk is larger than the pool',
    () => vm({ disk: Size.gibibytes(512) }),
    '[lab/hypervisors/pve/web] disk is 512 GiB, and storage tank [lab/hypervisors/pve/tank] has 200 GiB; make it smaller, or choose a larger storage (GUEST_DISK)',
  );
  refuses(
    'whose disk is no whole number of GiB',
    () => vm({ disk: Size.mebibytes(20_000) }),
    '[lab/hypervisors/pve/web] disk must be a whole number of GiB, got "20.97 GB"; write Size.gibibytes(16) (GUEST_DISK)',
  );
  refuses(
    'whose second port is on a number',
    () => vm({ otherNics: [20] }),
    "[lab/hypervisors/pve/web] a network port is on a Host or a Vlan, got 20; write host: servers.host('web', 10) (GUEST_NIC)",
  );
  refuses(
    'whose further ports are a number',
    () => vm({ otherNics: 1 }),
    "[lab/hypervisors/pve/web] otherNics must be a list, got 1; write otherNics: [storage.host('web-storage')] (PROP_TYPE)",
  );
  refuses(
    'with a tag in capitals',
    () => vm({ tags: ['Web'] }),
    '[lab/hypervisors/pve/web] tags must be lower-case letters, digits, dashes and underscores, got "Web"; write it like database (PROP_FORMAT)',
  );
  refuses(
    'with a misspelt property',
    () => vm({ ram: Size.gibibytes(4) }),
    '[lab/hypervisors/pve/web] there is no property ram; use one of host, otherNics, node, vmId, cores, memory, disk, storage, stateful, protection, notBackedUpBecause, onBoot, startOrder, outbound, routes, nicRate, tags, template, image, installer, imageStorage, highAvailability, dataDisks, software, cpuType, firmware, osType, tpm, numa, hugePages, cpuAffinity, pciDevices, usbDevices (PROP_UNKNOWN)',
  );
  refuses(
    'without a backup for no reason',
    () => vm({ notBackedUpBecause: 'no' }),
    '[lab/hypervisors/pve/web] notBackedUpBecause must be a reason of 10 characters or more, got "no"; write it like a replica, rebuilt from its primary (PROP_FORMAT)',
  );
  refuses(
    'on the host of another',
    () => {
      const { pve, servers, debian } = lab();
      const host = servers.host('web', 20);
      new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-01', host, template: debian });
      new ProxmoxVm(pve, 'web-2', { ...GUEST, node: 'pve-02', host, template: debian });
    },
    '[lab/hypervisors/pve/web-2] the host web.lab.example.net is already that of lab/hypervisors/pve/web; give each guest a host of its own (GUEST_NAME)',
  );
  refuses(
    'whose MAC address a machine has',
    () => {
      const { pve, site, servers, debian } = lab();
      const mac = '02:b5:2f:dc:81:7f';
      new Machine(site, 'nas', { model: MODEL, feeds: [new PowerFeed(site, 'other', { capacity: MODEL.power })], macs: { eno1: mac } });
      new ProxmoxVm(pve, 'web', { ...GUEST, vmId: 150, node: 'pve-01', host: servers.host('web', 20), template: debian });
    },
    '[lab/hypervisors/pve/web] MAC address 02:b5:2f:dc:81:7f of net0 is already that of lab/nas/eno1; choose another vmId (MAC_TAKEN)',
  );
});

describe('a virtual machine', () => {
  refuses(
    'from a template and an image',
    () => vm({}, ({ image }) => ({ image })),
    '[lab/hypervisors/pve/web] is made from its template and its image; give it one of them (VM_SOURCE)',
  );
  refuses(
    'with other firmware than its template',
    () => vm({ firmware: 'ovmf' }),
    '[lab/hypervisors/pve/web] has firmware ovmf, and its template lab/hypervisors/pve/debian-13 was made for seabios; leave firmware out, or change that of the template (VM_FIRMWARE)',
  );
  refuses(
    'with a smaller disk than its template',
    () => vm({ disk: Size.gibibytes(4) }),
    '[lab/hypervisors/pve/web] disk is 4 GiB, and that of its template lab/hypervisors/pve/debian-13 is 8 GiB; a disk never shrinks; write disk: Size.gibibytes(8) or more (TEMPLATE_DISK)',
  );
  refuses(
    'on another node than its template, on local storage',
    () => {
      const { pve, servers, image, disks } = lab();
      const fast = new ZfsStorage(pve, 'fast', { pool: 'fast', nodes: [pve.nodeOf('pve-01')] });
      const template = new VmTemplate(pve, 'fast-debian', { image, storage: fast });
      new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-02', host: servers.host('web', 20), storage: disks, template });
    },
    '[lab/hypervisors/pve/web] is created on pve-02, and its template lab/hypervisors/pve/fast-debian lies on local storage fast of pve-01; choose one of these nodes, or put the template on a storage that the node has (TEMPLATE_STORAGE)',
  );
  refuses(
    'from a template of another cluster',
    () => vm({ template: lab().debian }),
    '[lab/hypervisors/pve/web] is made from lab/hypervisors/pve/debian-13, which is in another cluster; create the template in its cluster too (TEMPLATE_CLUSTER)',
  );
  refuses(
    'from a template that is a name',
    () => vm({ template: 'debian-13' }),
    `[lab/hypervisors/pve/web] template must be a VmTemplate, got "debian-13"; write template: new VmTemplate(pve, 'debian-13', { … }) (PROP_TYPE)`,
  );
});

describe('high availability', () => {
  refuses(
    'in a cluster of one node',
    () => new ProxmoxVm(...inCluster({}, 1, { highAvailability: {} })),
    '[lab/hypervisors/pve/web] highAvailability has nowhere to move it from pve-01; leave highAvailability out until there is a second node (HA_ONE_NODE)',
  );
  refuses(
    'on one node of three',
    () => vm({ highAvailability: { nodes: ['pve-01'] } }),
    '[lab/hypervisors/pve/web] highAvailability has nowhere to move it from pve-01; name two nodes or more (HA_ONE_NODE)',
  );
  refuses(
    'on the same node twice, which would replicate to itself',
    () => vm({ highAvailability: { nodes: ['pve-01', 'pve-02', 'pve-01'] } }),
    '[lab/hypervisors/pve/web] highAvailability.nodes names pve-01 twice, and its disk would be replicated to the node that it is on; name each node once (HA_NODE_TWICE)',
  );
  refuses(
    'of a guest that is created elsewhere',
    () => vm({ highAvailability: { nodes: ['pve-02', 'pve-03'] } }),
    '[lab/hypervisors/pve/web] is created on pve-01, where HA may not run it; choose one of pve-02, pve-03, or add it to the nodes of highAvailability (GUEST_NODE)',
  );
  refuses(
    'on a local disk that cannot be replicated',
    () =>
      vm({ highAvailability: {} }, ({ pve }) => ({
        storage: ProxmoxStorage.fromName(pve, 'local-lvm', { type: 'lvmthin', content: ['images'] }),
      })),
    '[lab/hypervisors/pve/web] is highly available, and its disk lies on local-lvm [lab/hypervisors/pve/local-lvm], a local storage of type lvmthin that is lost with its node; put the disk on a ZFS pool, which is replicated, or on shared storage, see https://pve.proxmox.com/wiki/Storage_Replication (HA_ON_LOCAL_DISK)',
  );
  refuses(
    'on a pool that one of the nodes lacks',
    () =>
      vm({ highAvailability: {} }, ({ pve }) => ({ storage: new ZfsStorage(pve, 'fast', { pool: 'fast', nodes: pve.nodes.slice(0, 2) }) })),
    '[lab/hypervisors/pve/web] may run on pve-03, which does not have storage fast [lab/hypervisors/pve/fast]; choose one of pve-01, pve-02, or give pve-03 a storage of that name (STORAGE_NOT_ON_NODE)',
  );
  refuses(
    'with a local installer',
    () =>
      vm({ highAvailability: {}, template: undefined, installer: InstallerImage.of('https://images.example.net/pfsense.iso', CHECKSUM) }),
    '[lab/hypervisors/pve/web] is highly available, and its installer lies on files [lab/hypervisors/pve/files], which is local to a node; write imageStorage: … with a shared storage, or leave installer out once it is installed (HA_LOCAL_INSTALLER)',
  );
  refuses(
    'replicated every seven minutes',
    () => vm({ highAvailability: { replicateEvery: Duration.minutes(7) } }),
    '[lab/hypervisors/pve/web] highAvailability.replicateEvery must divide an hour into whole minutes, or a day into whole hours, got "7m"; write Duration.minutes(15), or Duration.hours(6) (SCHEDULE)',
  );
  refuses(
    'replicated by less than a megabyte a second',
    () => vm({ highAvailability: { replicationRate: Bandwidth.megabits(4) } }),
    '[lab/hypervisors/pve/web] highAvailability.replicationRate must be at least 8 Mb/s, got "4 Mb/s"; write Bandwidth.megabits(400) (REPLICATION_RATE)',
  );
  refuses(
    'with a misspelt property',
    () => vm({ highAvailability: { replicate: true } }),
    '[lab/hypervisors/pve/web.highAvailability] there is no property replicate; use one of nodes, failback, replicateEvery, replicationRate (PROP_UNKNOWN)',
  );
});

describe('guests that are kept apart', () => {
  const two = (version: string, props: readonly object[]) => {
    const { pve, servers, debian } = lab({ version: Version.of(version) });
    pve.keepApart(
      'databases',
      props.map(
        (own, i) => new ProxmoxVm(pve, `db-${i + 1}`, { ...GUEST, host: servers.host(`db-${i + 1}`, 30 + i), template: debian, ...own }),
      ),
    );
  };
  refuses(
    'on one node',
    () => two('9.1', [{ node: 'pve-01' }, { node: 'pve-01' }]),
    '[lab/hypervisors/pve/db-2] runs on pve-01 like lab/hypervisors/pve/db-1, and databases keeps them apart; put one of them on another node (KEEP_APART_SAME_NODE)',
  );
  refuses(
    'on fewer nodes than there are guests',
    () => two('9.1', Array(3).fill({ highAvailability: { nodes: ['pve-01', 'pve-02'] } })),
    '[lab/hypervisors/pve] databases keeps 3 guests apart, and they may run on 2 nodes in all; allow them more nodes, or keep fewer apart (KEEP_APART_NODES)',
  );
  refuses(
    'under a name that Proxmox VE refuses',
    () => lab().pve.keepApart('1', []),
    '[lab/hypervisors/pve] the id of what is kept apart must be a letter and then letters, digits, dashes and underscores, got "1"; write it like databases (PROP_FORMAT)',
  );
  refuses(
    'by their names',
    () => lab().pve.keepApart('databases', ['db-1', 'db-2'] as never),
    '[lab/hypervisors/pve] guests must be a ProxmoxVm or ProxmoxContainer, got "db-1"; write guests: [vm1, vm2] (PROP_TYPE)',
  );
  refuses(
    'by HA of a version that cannot',
    () => two('8.4', [{ highAvailability: {} }, { highAvailability: {} }]),
    '[lab/hypervisors/pve/db-1] is moved by HA, and Proxmox VE 8.4 cannot keep it apart from lab/hypervisors/pve/db-2; give them highAvailability.nodes that have none in common, leave highAvailability out, or upgrade to 9 (KEEP_APART_VERSION)',
  );
});

describe('a container', () => {
  const container = (props: object) => {
    const { pve, servers, rootfs } = lab();
    return new ProxmoxContainer(pve, 'dns', { ...GUEST, node: 'pve-01', host: servers.host('dns', 53), image: rootfs, ...props });
  };
  refuses(
    'that is privileged without a reason',
    () => container({ privilegedBecause: 'yes' }),
    '[lab/hypervisors/pve/dns] a privileged container, whose root is the root of its node, needs a reason of 10 characters or more, got "yes"; say in privilegedBecause why it must be, or leave it out (CONTAINER_PRIVILEGED)',
  );
  refuses(
    'that is to be highly available',
    () => container({ highAvailability: {} }),
    '[lab/hypervisors/pve/dns] is a container, which Terraform would create again where it was once HA had moved it; use a ProxmoxVm, or run one container on each of two nodes, see https://github.com/bpg/terraform-provider-proxmox/issues/658 (CONTAINER_HA)',
  );
  refuses(
    'from a cloud image',
    () => container({ image: lab().image }),
    '[lab/hypervisors/pve/dns] image must be a ContainerImage, got a CloudImage; write image: ContainerImage.of(url, checksum) (PROP_TYPE)',
  );
});

describe('a backup job', () => {
  const job = (props: object) => new BackupJob(lab().pve, 'nightly', { schedule: Schedule.daily('02:30'), ...props });
  refuses(
    'that keeps nothing',
    () => job({ keep: {} }),
    '[lab/hypervisors/pve/nightly] keep is empty, which fills the storage without end; write keep: { last: 3, daily: 7 } (BACKUP_KEEPS_NOTHING)',
  );
  refuses(
    'that keeps half a copy',
    () => job({ keep: { daily: 0.5 } }),
    '[lab/hypervisors/pve/nightly] keep.daily must be a whole number, got 0.5; write keep.daily: 1 (PROP_TYPE)',
  );
  refuses(
    'whose name Proxmox VE refuses',
    () => new BackupJob(lab().pve, '2x', { schedule: Schedule.daily('02:30') }),
    '[lab/hypervisors/pve/2x] the name of a backup job must be a letter and then letters, digits, dashes and underscores, got "2x"; write it like nightly (PROP_FORMAT)',
  );
  refuses('of no guests', () => job({ guests: [] }), '[lab/hypervisors/pve/nightly] guests is empty; write guests: [vm] (PROP_EMPTY)');
  refuses(
    'of a guest of another cluster',
    () => job({ guests: [vm({})] }),
    '[lab/hypervisors/pve/nightly] lab/hypervisors/pve/web is a guest of lab/hypervisors/pve, and a job sees its own cluster only; create a job in that cluster (BACKUP_GUEST)',
  );
  refuses(
    'of a name',
    () => job({ guests: ['web'] }),
    '[lab/hypervisors/pve/nightly] guests must be a ProxmoxVm or ProxmoxContainer, got "web"; write guests: [vm] (PROP_TYPE)',
  );
  refuses(
    'to a storage of disks',
    () => {
      const { pve, disks } = lab();
      new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30'), storage: disks });
    },
    "[lab/hypervisors/pve/nightly] needs a storage for backup, and lab/hypervisors/pve/tank holds images, rootdir; add 'backup' to its content, or choose another storage (STORAGE_CONTENT)",
  );
  refuses(
    'at a time that does not exist',
    () => Schedule.daily('24:00'),
    '[Schedule.daily] time must be a time from 00:00 to 23:59, got "24:00"; write it like 02:30 (PROP_FORMAT)',
  );
  refuses(
    'on no day',
    () => Schedule.weekly('sunday' as never, '02:30'),
    `[Schedule.weekly] day must be one of mon, tue, wed, thu, fri, sat, sun, got "sunday"; write day: 'mon' (PROP_CHOICE)`,
  );
  refuses(
    'every five hours',
    () => Schedule.every(Duration.hours(5)),
    '[Schedule.every] period must divide an hour into whole minutes, or a day into whole hours, got "5h"; write Duration.minutes(15), or Duration.hours(6) (SCHEDULE)',
  );
  refuses(
    'whose schedule is text',
    () => job({ schedule: '02:30' }),
    `[lab/hypervisors/pve/nightly] schedule must be a Schedule, got "02:30"; write schedule: Schedule.daily('02:30') (PROP_TYPE)`,
  );
});

function inCluster(props: object, count = 3, guest: object = {}): ConstructorParameters<typeof ProxmoxVm> {
  const { pve, servers, debian } = lab(props, count);
  return [pve, 'web', { ...GUEST, node: 'pve-01', host: servers.host('web', 20), template: debian, ...guest }];
}

function emptyCluster(): ProxmoxCluster {
  const { site, management } = lab();
  const workspace = new TerraformWorkspace(site, 'other', { backend: stack => new LocalBackend(stack, { path: 'terraform.tfstate' }) });
  return new ProxmoxCluster(workspace.stack, 'empty', {
    version: Version.of('9.1'),
    nodes: [{ host: management.host('pve-09', 19) }],
    apiToken: Secret.fromTerraformVariable('token'),
  });
}

/** In a cdktf app of another team. */
function plain(): ConstructorParameters<typeof ProxmoxVm> {
  const stack = new TerraformStack(new App({ outdir: mkdtempSync(join(tmpdir(), 'ashlar-hci-')) }), 'plain');
  const servers = new Vlan(stack, 'servers', { tag: 20, ipv4: '10.20.0.0/24', domain: 'lab.example.net' });
  const pve = new ProxmoxCluster(stack, 'pve', {
    version: Version.of('9.1'),
    nodes: [{ name: 'pve-01', address: '192.0.2.10' }],
    managedFrom: [servers],
    apiToken: Secret.fromTerraformVariable('token'),
    vmIds: { from: 100, to: 199 },
  });
  return [pve, 'web', { ...GUEST, host: servers.host('web', 20) }];
}
