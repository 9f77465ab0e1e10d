import { CLUSTER } from './broken-cluster';
import { GUESTS } from './broken-guests';
import { type Configuration, changed, type Resource, resources } from './configuration';

/** A way to spoil a resource, and what the refusal must say. */
export interface Broken {
  readonly title: string;
  readonly type: string;
  readonly spoil: (resource: Resource) => void;
  readonly reason: RegExp;
}

const VM = 'proxmox_virtual_environment_vm';
const CONTAINER = 'proxmox_virtual_environment_container';
const RULES = 'proxmox_virtual_environment_firewall_rules';

/** Refused by the schema of the provider, which the engine enforces. */
export const AGAINST_THE_PROVIDER: readonly Broken[] = [
  { title: 'an unknown attribute', type: VM, spoil: vm => Object.assign(vm, { cores: 2 }), reason: /"cores"/ },
  { title: 'an unknown attribute of a block', type: VM, spoil: vm => Object.assign(vm.cpu, { core: 2 }), reason: /"core"/ },
  { title: 'a text for a number', type: VM, spoil: vm => Object.assign(vm, { vm_id: 'first' }), reason: /vm_id.*number/ },
  { title: 'a VM on no node', type: VM, spoil: vm => delete vm.node_name, reason: /"node_name"/ },
  { title: 'a disk on no interface', type: VM, spoil: vm => delete vm.disk[0].interface, reason: /"interface"/ },
  { title: 'two CPU blocks', type: VM, spoil: vm => Object.assign(vm, { cpu: [vm.cpu, vm.cpu] }), reason: /[Tt]oo many cpu/ },
  { title: 'an interface with a key left out', type: VM, spoil: vm => delete vm.network_device[0].trunks, reason: /"trunks"/ },
  {
    title: 'memory that is near in words',
    type: VM,
    spoil: vm => Object.assign(vm.cpu, { numa: 'near' }),
    reason: /numa.*bool/,
  },
  {
    title: 'a volume that is mounted nowhere',
    type: CONTAINER,
    spoil: ct => delete ct.mount_point[0].path,
    reason: /"path"/,
  },
  {
    title: 'an applier that applies sometimes',
    type: 'proxmox_sdn_applier',
    spoil: applier => Object.assign(applier, { on_create: 'sometimes' }),
    reason: /on_create.*bool/,
  },
  { title: 'a computed attribute', type: VM, spoil: vm => Object.assign(vm, { ipv4_addresses: [] }), reason: /ipv4_addresses/ },
];

/** Refused by the schema of the Proxmox API, which the replaying provider enforces. */
export const AGAINST_THE_API: readonly Broken[] = [
  { title: 'no core', type: VM, spoil: vm => Object.assign(vm.cpu, { cores: 0 }), reason: /cpu\[0\]\.cores.*"cores" of POST.*at least 1/ },
  {
    title: 'an unknown BIOS',
    type: VM,
    spoil: vm => Object.assign(vm, { bios: 'coreboot' }),
    reason: /bios.*"bios" of POST.*seabios, ovmf/,
  },
  { title: 'a VM number below 100', type: VM, spoil: vm => Object.assign(vm, { vm_id: 99 }), reason: /vm_id.*"vmid".*at least 100/ },
  {
    title: 'a VM number of ten digits',
    type: VM,
    spoil: vm => Object.assign(vm, { vm_id: 1e9 }),
    reason: /vm_id.*"vmid".*at most 999999999/,
  },
  { title: 'no VM number', type: VM, spoil: vm => delete vm.vm_id, reason: /vm_id is not set: "vmid" of POST.*required/ },
  {
    title: 'a node name with a dot',
    type: VM,
    spoil: vm => Object.assign(vm, { node_name: 'pve.1' }),
    reason: /node_name.*"node".*pve-node/,
  },
  { title: 'a name that no DNS takes', type: VM, spoil: vm => Object.assign(vm, { name: 'my_vm' }), reason: /name.*dns-name/ },
  { title: 'less than 16 MiB', type: VM, spoil: vm => Object.assign(vm.memory, { dedicated: 8 }), reason: /memory.*at least 16/ },
  { title: 'an unknown CPU model', type: VM, spoil: vm => Object.assign(vm.cpu, { type: 'x86-64-v9' }), reason: /cpu.*type/ },
  { title: 'an unknown machine', type: VM, spoil: vm => Object.assign(vm, { machine: 'q36' }), reason: /machine.*must match/ },
  { title: 'a tag with a space', type: VM, spoil: vm => Object.assign(vm, { tags: ['a b'] }), reason: /tags.*pve-tag/ },
  {
    title: 'a VLAN of 4095',
    type: VM,
    spoil: vm => Object.assign(vm.network_device[0], { vlan_id: 4095 }),
    reason: /vlan_id.*at most 4094/,
  },
  { title: 'an unknown NIC', type: VM, spoil: vm => Object.assign(vm.network_device[0], { model: 'e1001' }), reason: /model.*vmxnet3/ },
  {
    title: 'a multicast MAC',
    type: VM,
    spoil: vm => Object.assign(vm.network_device[0], { mac_address: '03:00:00:00:00:01' }),
    reason: /mac_address.*mac-addr/,
  },
  { title: 'a disk on scsi31', type: VM, spoil: vm => Object.assign(vm.disk[0], { interface: 'scsi31' }), reason: /ends at scsi30/ },
  {
    title: 'a disk on nvme0',
    type: VM,
    spoil: vm => Object.assign(vm.disk[0], { interface: 'nvme0' }),
    reason: /no parameter "nvme\[n\]"/,
  },
  {
    title: 'an I/O thread for ide0',
    type: VM,
    spoil: vm => Object.assign(vm.disk[0], { interface: 'ide0', iothread: true }),
    reason: /iothread/,
  },
  { title: 'an unknown discard', type: VM, spoil: vm => Object.assign(vm.disk[0], { discard: 'yes' }), reason: /discard.*ignore, on/ },
  {
    title: 'a container without room',
    type: CONTAINER,
    spoil: ct => Object.assign(ct.memory, { dedicated: 8 }),
    reason: /memory.*at least 16/,
  },
  {
    title: 'a container of an unknown system',
    type: CONTAINER,
    spoil: ct => Object.assign(ct.operating_system, { type: 'suse' }),
    reason: /operating_system.*opensuse/,
  },
  {
    title: 'a container with an address and no prefix',
    type: CONTAINER,
    spoil: ct => Object.assign(ct.initialization.ip_config[0].ipv4, { address: '10.0.0.5' }),
    reason: /ip_config.*pve-ipv4-config/,
  },
  {
    title: 'an HA state that there is not',
    type: 'proxmox_haresource',
    spoil: ha => Object.assign(ha, { state: 'running' }),
    reason: /state.*started/,
  },
  {
    title: 'an HA resource of no kind',
    type: 'proxmox_haresource',
    spoil: ha => Object.assign(ha, { resource_id: 'qemu:100' }),
    reason: /sid/,
  },
  {
    title: 'a replication job with no number',
    type: 'proxmox_replication',
    spoil: job => Object.assign(job, { id: '100' }),
    reason: /"id".*must match/,
  },
  {
    title: 'a replication at no time',
    type: 'proxmox_replication',
    spoil: job => Object.assign(job, { schedule: '25:00' }),
    reason: /calendar-event/,
  },
  {
    title: 'a backup in an unknown mode',
    type: 'proxmox_backup_job',
    spoil: job => Object.assign(job, { mode: 'live' }),
    reason: /mode.*snapshot/,
  },
  {
    title: 'an unknown retention',
    type: 'proxmox_backup_job',
    spoil: job => Object.assign(job, { prune_backups: { 'keep-forever': '1' } }),
    reason: /prune.*no key "keep-forever"/,
  },
  {
    title: 'a checksum of no kind',
    type: 'proxmox_download_file',
    spoil: file => delete file.checksum_algorithm,
    reason: /"checksum-algorithm"/,
  },
  {
    title: 'a download by FTP',
    type: 'proxmox_download_file',
    spoil: file => Object.assign(file, { url: 'ftp://x/y' }),
    reason: /url.*must match/,
  },
  {
    title: 'a storage for unknown content',
    type: 'proxmox_storage_zfspool',
    spoil: s => Object.assign(s, { content: ['disk'] }),
    reason: /content/,
  },
  {
    title: 'a rule that does nothing',
    type: RULES,
    spoil: rules => delete rules.rule[0].action,
    reason: /action.*"action" of POST.*required/,
  },
  {
    title: 'a rule of two families',
    type: RULES,
    spoil: rules => Object.assign(rules.rule[0], { source: '10.0.0.1,fd00::1' }),
    reason: /source.*addr-spec/,
  },
  { title: 'a port of 70000', type: RULES, spoil: rules => Object.assign(rules.rule[0], { dport: '70000' }), reason: /dport.*dport-spec/ },
  {
    title: 'a policy that is none',
    type: 'proxmox_virtual_environment_firewall_options',
    spoil: options => Object.assign(options, { input_policy: 'ALLOW' }),
    reason: /input_policy.*ACCEPT, REJECT, DROP/,
  },
  ...GUESTS,
  ...CLUSTER,
  {
    title: 'an attribute that nothing checks',
    type: VM,
    spoil: vm => Object.assign(vm, { watchdog: { model: 'i6300esb' } }),
    reason: /pve-requests/,
  },
];

/** One of the configurations with one resource spoilt, or undefined when none has one of the kind. */
export function spoilt(configurations: readonly Configuration[], { type, spoil }: Broken): Configuration | undefined {
  // The one that says most is the one that most can be wrong in.
  const said = (resource: Resource) => JSON.stringify(resource).length;
  const [chosen] = configurations
    .flatMap(configuration => resources(configuration).map(found => ({ configuration, ...found })))
    .filter(found => found.type === type)
    .sort((a, b) => said(b.resource) - said(a.resource));
  if (!chosen) return undefined;
  return changed(chosen.configuration, copy => {
    for (const { address, resource } of resources(copy)) if (address === chosen.address) spoil(resource);
  });
}
