import type { Version } from '@ashlar/core';
import { type ProxmoxPrivilege, privilegesOf } from './privilege';

const GUEST: readonly ProxmoxPrivilege[] = [
  'Datastore.AllocateSpace',
  'Datastore.Audit',
  'SDN.Use',
  'Sys.Audit',
  'VM.Allocate',
  'VM.Audit',
  'VM.Config.CDROM',
  'VM.Config.CPU',
  'VM.Config.Disk',
  'VM.Config.HWType',
  'VM.Config.Memory',
  'VM.Config.Network',
  'VM.Config.Options',
  'VM.PowerMgmt',
];
const FIREWALL: readonly ProxmoxPrivilege[] = ['Sys.Audit', 'Sys.Modify', 'VM.Audit', 'VM.Config.Network'];
const NODE: readonly ProxmoxPrivilege[] = ['Sys.Audit', 'Sys.Modify'];
const STORAGE: readonly ProxmoxPrivilege[] = ['Datastore.Allocate', 'Datastore.Audit'];
const SDN: readonly ProxmoxPrivilege[] = ['SDN.Allocate', 'SDN.Audit'];
const ACCESS: readonly ProxmoxPrivilege[] = ['Permissions.Modify', 'Realm.AllocateUser', 'Sys.Audit', 'Sys.Modify', 'User.Modify'];
const HA: readonly ProxmoxPrivilege[] = ['Sys.Audit', 'Sys.Console'];

/**
 * What Proxmox VE asks for when Terraform makes, reads, changes and removes each kind of resource. What a version does not know is left out.
 * @see https://pve.proxmox.com/pve-docs/api-viewer/
 * @see https://registry.terraform.io/providers/bpg/proxmox/0.111.1/docs#api-token-authentication
 */
export const KINDS: Readonly<Record<string, readonly ProxmoxPrivilege[]>> = {
  proxmox_acl: ACCESS,
  proxmox_acme_certificate: NODE,
  proxmox_acme_dns_plugin: NODE,
  proxmox_backup_job: ['Datastore.AllocateSpace', 'Datastore.Audit', 'Sys.Audit', 'Sys.Modify', 'VM.Audit', 'VM.Backup'],
  proxmox_cluster_options: NODE,
  proxmox_download_file: ['Datastore.AllocateSpace', 'Datastore.AllocateTemplate', 'Datastore.Audit', 'Sys.AccessNetwork', 'Sys.Audit'],
  proxmox_hagroup: HA,
  proxmox_haresource: HA,
  proxmox_harule: HA,
  proxmox_metrics_server: NODE,
  proxmox_network_linux_bridge: NODE,
  proxmox_network_linux_vlan: NODE,
  proxmox_node_disk_zfs: [...STORAGE, ...NODE],
  proxmox_node_firewall: FIREWALL,
  proxmox_pool_membership: ['Pool.Allocate', 'Pool.Audit', 'VM.Allocate'],
  proxmox_replication: [...STORAGE, 'VM.Audit', 'VM.Replicate'],
  proxmox_sdn_applier: SDN,
  proxmox_sdn_controller_evpn: SDN,
  proxmox_sdn_subnet: SDN,
  proxmox_sdn_vnet: SDN,
  proxmox_sdn_zone_evpn: SDN,
  proxmox_sdn_zone_qinq: SDN,
  proxmox_sdn_zone_simple: SDN,
  proxmox_sdn_zone_vlan: SDN,
  proxmox_sdn_zone_vxlan: SDN,
  proxmox_storage_cifs: STORAGE,
  proxmox_storage_directory: STORAGE,
  proxmox_storage_lvm: STORAGE,
  proxmox_storage_lvmthin: STORAGE,
  proxmox_storage_nfs: STORAGE,
  proxmox_storage_pbs: STORAGE,
  proxmox_storage_zfspool: STORAGE,
  proxmox_user_token: ACCESS,
  proxmox_virtual_environment_cluster_firewall: FIREWALL,
  proxmox_virtual_environment_cluster_firewall_security_group: FIREWALL,
  proxmox_virtual_environment_container: [...GUEST, 'Datastore.AllocateTemplate'],
  proxmox_virtual_environment_dns: NODE,
  proxmox_virtual_environment_file: ['Datastore.AllocateTemplate', 'Datastore.Audit', 'Sys.Audit'],
  proxmox_virtual_environment_firewall_alias: FIREWALL,
  proxmox_virtual_environment_firewall_ipset: FIREWALL,
  proxmox_virtual_environment_firewall_options: FIREWALL,
  proxmox_virtual_environment_firewall_rules: FIREWALL,
  proxmox_virtual_environment_hosts: NODE,
  proxmox_virtual_environment_pool: ['Pool.Allocate', 'Pool.Audit'],
  proxmox_virtual_environment_role: ACCESS,
  proxmox_virtual_environment_time: NODE,
  proxmox_virtual_environment_user: ACCESS,
  proxmox_virtual_environment_vm: [...GUEST, 'VM.Clone', 'VM.Config.Cloudinit', 'VM.GuestAgent.Audit', 'VM.Migrate', 'VM.Monitor'],
};

/** What Terraform needs for resources of some kinds, and nothing else. */
export function terraformPrivileges(version: Version, kinds: Iterable<string>): ProxmoxPrivilege[] {
  const needed = new Set([...kinds].flatMap(kind => KINDS[kind] ?? []));
  return privilegesOf(version).filter(privilege => needed.has(privilege));
}
