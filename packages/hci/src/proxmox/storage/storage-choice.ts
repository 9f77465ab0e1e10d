import { Check, ConfigError, pathOf } from '@ashlar/core';
import type { Construct } from 'constructs';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { ProxmoxStorage, type StorageContent } from './proxmox-storage';

/** The storage that was given, or the only one of the cluster that holds `content`. @throws STORAGE_MISSING, STORAGE_AMBIGUOUS, STORAGE_CONTENT */
export function chooseStorage(cluster: ProxmoxCluster, by: Construct, content: StorageContent, given?: ProxmoxStorage): ProxmoxStorage {
  if (given !== undefined) {
    new Check(by).instance(
      'storage',
      given,
      { name: 'ProxmoxStorage', is: ProxmoxStorage.isProxmoxStorage },
      "ProxmoxStorage.fromName(pve, 'local-zfs', { … })",
    );
    if (given.holds(content)) return given;
    throw new ConfigError(by, 'STORAGE_CONTENT', `needs a storage for ${content}, and ${pathOf(given)} holds ${given.content.join(', ')}`, {
      fix: `add '${content}' to its content, or choose another storage`,
    });
  }
  const [only, ...more] = cluster.storages.filter(storage => storage.holds(content));
  if (!only)
    throw new ConfigError(by, 'STORAGE_MISSING', `needs a storage for ${content}, and ${pathOf(cluster)} has none yet`, {
      fix: `create one with content ['${content}'] before it`,
    });
  if (more.length === 0) return only;
  throw new ConfigError(
    by,
    'STORAGE_AMBIGUOUS',
    `needs a storage for ${content}, and ${[only, ...more].map(s => s.name).join(', ')} hold that`,
    { fix: 'say which with storage: …' },
  );
}
