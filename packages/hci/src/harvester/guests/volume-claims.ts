import type { Size } from '@ashlar/core';
import { imageClass, imageName } from '../storage/harvester-image';
import { HarvesterStorage } from '../storage/harvester-storage';
import type { HarvesterGuest } from './harvester-guest';

/** A disk of a guest, by its name in the virtual machine, and the claim that it is. */
export interface GuestVolume {
  readonly name: string;
  readonly claim: string;
}

/** The disks of a guest, the one that it boots from first. */
export function volumesOf(guest: HarvesterGuest): readonly GuestVolume[] {
  return ['boot', ...guest.dataDisks.map(disk => disk.name)].map((name, i) => ({
    name: i === 0 ? 'boot' : `data-${name}`,
    claim: `${guest.hostName}-${i === 0 ? 'boot' : `data-${name}`}`,
  }));
}

/**
 * The claims of a guest's volumes. Argo CD neither prunes nor deletes those that hold data, so that a guest that is removed by
 * mistake comes back with them. They are blocks that two nodes may have at once, as live migration needs.
 */
export function claimManifests(guest: HarvesterGuest, namespace: string): object[] {
  const [boot, ...data] = volumesOf(guest);
  const imageId = { 'harvesterhci.io/imageId': `${namespace}/${imageName(guest.image)}` };
  return [
    claim(guest, boot?.claim as string, namespace, imageClass(guest.image), guest.disk, imageId, guest.stateful),
    ...guest.dataDisks.map((disk, i) => claim(guest, data[i]?.claim as string, namespace, HarvesterStorage.CLASS, disk.size, {}, true)),
  ];
}

function claim(
  guest: HarvesterGuest,
  name: string,
  namespace: string,
  storageClassName: string,
  size: Size,
  annotations: object,
  kept: boolean,
) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace,
      labels: { 'harvesterhci.io/vmName': guest.hostName },
      annotations: { ...annotations, ...(kept && { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' }) },
    },
    spec: {
      accessModes: ['ReadWriteMany'],
      volumeMode: 'Block',
      storageClassName,
      resources: { requests: { storage: size.toQuantity() } },
    },
  };
}
