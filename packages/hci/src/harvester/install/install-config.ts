import { toYaml } from '@ashlar/core';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';
import { secretPlace } from '../secret-place';
import { managementInterface } from './management-interface';

/**
 * The configuration that the installer of one node reads. It holds a place for the token, never the token: what serves the
 * file puts the value in.
 * @see https://docs.harvesterhci.io/v1.7/install/harvester-configuration
 */
export function renderInstallConfig(cluster: HarvesterCluster, node: HarvesterNode): string {
  const { install } = cluster;
  const creates = node === cluster.nodes[0];
  const zone = zoneOf(cluster, node);
  const config = {
    scheme_version: 1,
    ...(!creates && { server_url: `https://${cluster.vip.ip}:443` }),
    token: secretPlace(cluster.token),
    os: {
      hostname: node.name,
      ssh_authorized_keys: [...cluster.admin.keys],
      dns_nameservers: [...(cluster.givenResolvers ?? [cluster.vip.vlan.gateway])],
      ntp_servers: [...install.ntpServers],
      ...(Object.keys(install.sysctls).length > 0 && { sysctls: install.sysctls }),
      ...(install.modules.length > 0 && { modules: install.modules }),
      ...(install.persistentStatePaths.length > 0 && { persistent_state_paths: install.persistentStatePaths }),
      ...(zone !== undefined && { labels: { 'topology.kubernetes.io/zone': zone } }),
    },
    install: {
      automatic: true,
      mode: creates ? 'create' : 'join',
      ...(node.role !== 'default' && { role: node.role }),
      management_interface: managementInterface(node, install.bondMode, install.mtu),
      device: node.installDisk.device,
      ...(node.runsGuests && node.dataDisk !== node.installDisk && { data_disk: node.dataDisk.device }),
      iso_url: install.release.iso,
      ...(install.tty !== undefined && { tty: install.tty }),
      ...(install.skipChecks && { skipchecks: true }),
      ...(creates && {
        vip: cluster.vip.ip,
        vip_mode: cluster.vip.mac === undefined ? 'static' : 'dhcp',
        ...(cluster.vip.mac !== undefined && { vip_hw_addr: cluster.vip.mac }),
        cluster_pod_cidr: install.podCidr,
        cluster_service_cidr: install.serviceCidr,
        cluster_dns: install.clusterDns,
        harvester: { storage_class: { replica_count: Math.min(3, cluster.storage.replicas) } },
        ...(install.addons.length > 0 && {
          addons: Object.fromEntries(install.addons.map(addon => [addon.replaceAll('-', '_'), { enabled: true }])),
        }),
      }),
    },
    ...(creates && { system_settings: cluster.systemSettings() }),
  };
  return `# ${cluster.node.path}: ${node.name}. The token is put in where this is served.\n${toYaml(config)}`;
}

/** Its rack, when the nodes stand in three or more: Harvester then takes its management nodes from different ones, and otherwise promotes none. */
function zoneOf(cluster: HarvesterCluster, node: HarvesterNode): string | undefined {
  const racks = new Set(cluster.nodes.map(other => other.rack?.node.id));
  return racks.size >= 3 && !racks.has(undefined) ? node.rack?.node.id : undefined;
}
