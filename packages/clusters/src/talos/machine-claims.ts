import { Claims, ConfigError, type IInstance, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { dataDisksOf } from './node-port';
import type { TalosMember } from './talos-member';

/** Makes machines those of one cluster, each once. @throws TALOS_NODE_TWICE, PROP_TYPE */
export function claimMachines(cluster: IConstruct, nodes: readonly IInstance[]): void {
  const seen = new Set<IInstance>();
  for (const node of nodes) {
    if (typeof node !== 'object' || node === null || !('addresses' in node) || !('connections' in node)) {
      throw new ConfigError(cluster, 'PROP_TYPE', 'a machine of a cluster must be an instance', {
        got: node,
        fix: 'pass the virtual machine, or the machine, itself',
      });
    }
    if (seen.has(node)) {
      throw new ConfigError(cluster, 'TALOS_NODE_TWICE', `${pathOf(node)} is listed twice`, {
        fix: 'list each machine once, as a control plane or as a worker',
      });
    }
    seen.add(node);
    Claims.of(cluster).claim('talos machine', pathOf(node), cluster, holder => {
      return new ConfigError(cluster, 'TALOS_NODE_TWICE', `${pathOf(node)} is already a machine of ${pathOf(holder)}`, {
        fix: 'give each cluster machines of its own',
      });
    });
  }
}

/** The system would be installed over data. @throws TALOS_INSTALL_DISK */
export function refuseDataDisk(cluster: IConstruct, members: readonly TalosMember[], installDisk: string): void {
  for (const { node } of members) {
    const disk = dataDisksOf(node).find(({ device }) => device === installDisk);
    if (!disk) continue;
    throw new ConfigError(cluster, 'TALOS_INSTALL_DISK', `installDisk ${installDisk} is the data disk ${disk.name} of ${pathOf(node)}`, {
      fix: 'write the disk that it boots from, such as /dev/vda',
    });
  }
}
