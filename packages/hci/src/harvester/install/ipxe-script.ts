import type { Nic } from '@ashlar/hardware';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';

/**
 * Arguments of the kernel that installs a node without questions.
 * @see https://docs.harvesterhci.io/v1.7/install/pxe-boot-install
 */
export function kernelArguments(cluster: HarvesterCluster, node: HarvesterNode): readonly string[] {
  const first = node.nics[0] as Nic;
  return [
    // One ip= only: the installer takes no second one.
    `ip=${first.name}:dhcp`,
    'net.ifnames=1',
    'rd.cos.disable',
    'rd.noverifyssl',
    'console=tty1',
    ...(cluster.install.tty === undefined ? [] : [`console=${cluster.install.tty}`]),
    `root=live:${cluster.install.release.rootfs}`,
    'harvester.install.automatic=true',
    `harvester.install.config_url=${cluster.install.configUrl}/${node.name}.yaml`,
  ];
}

/** What iPXE runs on a node, by name of the node: whatever serves DHCP hands it to the MAC address of its first port. */
export function renderIpxe(cluster: HarvesterCluster, node: HarvesterNode): string {
  const { kernel, initrd } = cluster.install.release;
  return [
    '#!ipxe',
    `kernel ${kernel} initrd=${initrd.slice(initrd.lastIndexOf('/') + 1)} ${kernelArguments(cluster, node).join(' ')}`,
    `initrd ${initrd}`,
    'boot',
    '',
  ].join('\n');
}
