import { ProxmoxFileResource } from '@ashlar/provider-proxmox';
import { Deferred } from '@ashlar/terraform/bindings';
import { inOwnState } from '../tenancy/tenant-of';
import { cloudInit } from './cloud-init';
import type { ProxmoxGuest } from './proxmox-guest';

/** The user data of a guest: its volume id, and the resources that upload it. */
export interface Snippet {
  readonly id: string;
  readonly files: readonly ProxmoxFileResource[];
}

/**
 * Uploads the user data of a guest to every node that it may run on: Proxmox VE reads it at each start, so that a guest
 * whose snippet is missing on a node does not start there.
 *
 * The guest names it by its volume id. It is read at the first boot, so that a change of it must not replace the guest.
 */
export function userData(guest: ProxmoxGuest): Snippet {
  const storage = guest.cluster.storageFor(guest, 'snippets');
  for (const node of guest.nodes) storage.requireOn(node, guest);
  const fileName = `${guest.vmId}.user-data.yaml`; // another name would be another guest to the provider
  const { hostName, fqdn, firstBoot, cluster } = guest;
  const sourceRaw = new Deferred(() => ({
    data: cloudInit(guest, { hostName, fqdn, admin: cluster.admin, firstBoot }),
    file_name: fileName,
  }));
  const nodes = storage.shared ? [guest.homeNode] : [...guest.nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = nodes.map(node => {
    return new ProxmoxFileResource(guest, `user-data-${storage.shared ? storage.name : node.name}`, {
      nodeName: node.name,
      datastoreId: storage.name,
      contentType: 'snippets',
      overwrite: true,
      sourceRaw,
      dependsOn: inOwnState(guest, storage.resources),
    });
  });
  return { id: `${storage.name}:snippets/${fileName}`, files };
}
