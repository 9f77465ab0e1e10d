import { ConfigError, pathOf } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { CLUSTER } from '../cluster-of';
import { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { ProxmoxNode } from '../proxmox-node';
import { SdnVnet } from '../sdn/sdn-vnet';
import { SdnZone } from '../sdn/sdn-zone';
import { ProxmoxStorage } from '../storage/proxmox-storage';
import { nearestName } from './nearest-name';

/** What may be done with: the cluster as a whole, something in it, or a path such as `/pool/web`. */
export type AccessTarget = ProxmoxCluster | ProxmoxNode | ProxmoxGuest | ProxmoxStorage | SdnZone | SdnVnet | string;

const NAME = '[A-Za-z0-9._-]+';
/** Paths that Proxmox VE knows. @see https://pve.proxmox.com/wiki/User_Management#_objects_and_paths */
const PATHS: readonly RegExp[] = [
  '',
  'access',
  `access/groups(/${NAME})?`,
  `access/realm(/${NAME})?`,
  `mapping(/${NAME}){0,2}`,
  `nodes(/${NAME})?`,
  `pool(/${NAME}){0,3}`,
  'sdn',
  `sdn/(controllers|dns|fabrics|ipams)(/${NAME})?`,
  `sdn/zones(/${NAME}){0,2}`,
  `sdn/zones/${NAME}/${NAME}/[1-9][0-9]{0,3}`,
  `storage(/${NAME})?`,
  'vms(/[1-9][0-9]{2,8})?',
].map(path => new RegExp(`^/${path}$`));
const ROOTS = ['/', '/access', '/mapping', '/nodes', '/pool', '/sdn', '/sdn/zones', '/storage', '/vms'];

/** Where a privilege is given. @throws ACL_PATH, ACL_CLUSTER */
export function accessPath(by: IConstruct, cluster: ProxmoxCluster, at: AccessTarget): string {
  if (typeof at !== 'string') return pathOfConstruct(by, cluster, at);
  if (!PATHS.some(form => form.test(at))) {
    const near = nearestName(at, ROOTS);
    throw new ConfigError(by, 'ACL_PATH', 'there is no such path in Proxmox VE', {
      got: at,
      fix:
        near && near !== '/'
          ? `write it like ${near}, or pass the construct itself`
          : 'pass the construct itself, or write it like /vms/100',
    });
  }
  const [, kind, name] = at.split('/');
  if (kind === 'nodes' && name !== undefined) cluster.nodeOf(name);
  return at;
}

function pathOfConstruct(by: IConstruct, cluster: ProxmoxCluster, at: unknown): string {
  const home = Construct.isConstruct(at)
    ? ([...at.node.scopes].reverse().find(scope => CLUSTER in scope) as ProxmoxCluster | undefined)
    : undefined;
  if (home !== undefined && home !== cluster) {
    throw new ConfigError(by, 'ACL_CLUSTER', `is of ${pathOf(cluster)}, and ${pathOf(at as IConstruct)} is not`, {
      fix: 'create a user in each cluster',
    });
  }
  if (at === cluster) return '/';
  if (ProxmoxNode.isProxmoxNode(at)) return `/nodes/${at.name}`;
  if (ProxmoxGuest.isProxmoxGuest(at)) return `/vms/${at.vmId}`;
  if (ProxmoxStorage.isProxmoxStorage(at)) return `/storage/${at.name}`;
  if (SdnZone.isSdnZone(at)) return `/sdn/zones/${at.name}`;
  if (SdnVnet.isSdnVnet(at)) return `/sdn/zones/${at.zone.name}/${at.name}`;
  throw new ConfigError(by, 'ACL_PATH', 'a role is given for a cluster, a node, a guest, a storage, a zone, a vnet or a path', {
    got: at,
    fix: 'pass the construct itself, or write it like /vms/100',
  });
}
