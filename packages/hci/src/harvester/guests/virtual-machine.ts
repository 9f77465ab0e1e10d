import { pathOf } from '@ashlar/core';
import { affinityOf } from './affinity';
import { firstBootName } from './first-boot-secret';
import { limitOf } from './guest-room';
import type { HarvesterGuest } from './harvester-guest';
import { RESERVED_MEMORY } from './reserved-memory';
import { volumesOf } from './volume-claims';

/**
 * The object of a guest. Limits are what Harvester computes the rest from: it takes the reserved memory off for the guest, and
 * requests a share of the processors. The same is written here, so that nothing differs afterwards.
 * @see https://docs.harvesterhci.io/v1.7/vm/index
 * @see https://kubevirt.io/user-guide/
 */
export function virtualMachineManifest(guest: HarvesterGuest, namespace: string) {
  const volumes = volumesOf(guest);
  const limit = limitOf(guest).toQuantity();
  const affinity = affinityOf(guest);
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: guest.hostName,
      namespace,
      labels: { 'harvesterhci.io/creator': 'harvester', 'harvesterhci.io/os': 'linux' },
      annotations: {
        'harvesterhci.io/reservedMemory': RESERVED_MEMORY.toQuantity(),
        'field.cattle.io/description': `managed by Ashlar: ${pathOf(guest)}`,
        ...(guest.stateful && { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' }),
      },
    },
    spec: {
      runStrategy: 'RerunOnFailure',
      template: {
        metadata: { labels: { 'harvesterhci.io/vmName': guest.hostName } },
        spec: {
          hostname: guest.hostName,
          // A drain waits until a highly available guest has moved; another one is moved if it can be, and else stopped.
          evictionStrategy: guest.highAvailability ? 'LiveMigrate' : 'LiveMigrateIfPossible',
          terminationGracePeriodSeconds: 120,
          ...(affinity && { affinity }),
          domain: {
            machine: { type: 'q35' },
            cpu: { cores: guest.cores, sockets: 1, threads: 1 },
            memory: { guest: guest.memory.toQuantity() },
            resources: { limits: { cpu: String(guest.cores), memory: limit }, requests: { cpu: share(guest.cores), memory: limit } },
            features: { acpi: { enabled: true } },
            devices: {
              disks: [
                ...volumes.map(({ name }, i) => ({
                  name,
                  disk: { bus: 'virtio' },
                  ...(i === 0 ? { bootOrder: 1 } : { serial: guest.dataDisks[i - 1]?.name }),
                })),
                { name: 'cloud-init', disk: { bus: 'virtio' } },
              ],
              interfaces: guest.nics.map(nic => ({ name: nic.name, model: 'virtio', bridge: {}, macAddress: nic.mac })),
              rng: {},
            },
          },
          networks: guest.nics.map(nic => ({ name: nic.name, multus: { networkName: `${namespace}/${nic.vlan.name}` } })),
          volumes: [
            ...volumes.map(({ name, claim }) => ({ name, persistentVolumeClaim: { claimName: claim } })),
            {
              name: 'cloud-init',
              cloudInitNoCloud: { secretRef: { name: firstBootName(guest) }, networkDataSecretRef: { name: firstBootName(guest) } },
            },
          ],
        },
      },
    },
  };
}

/** What Kubernetes reserves of the processors: a sixteenth, Harvester's own ratio. */
function share(cores: number): string {
  const thousandths = Math.floor((cores * 1000 * 100) / CPU_OVERCOMMIT);
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

/** Percent. @see https://docs.harvesterhci.io/v1.7/advanced/settings#overcommit-config */
export const CPU_OVERCOMMIT = 1600;
