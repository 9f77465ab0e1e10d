import { Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { findsItsSecrets, firstBootManifest } from './guests/first-boot-secret';
import { keyPairManifests } from './guests/key-pairs';
import { virtualMachineManifest } from './guests/virtual-machine';
import { claimManifests } from './guests/volume-claims';
import type { HarvesterCluster } from './harvester-cluster';
import { clusterNetworkManifests, vmNetworkManifest } from './networks/network-manifests';
import { backupScheduleManifest } from './storage/backup-schedules';
import { imageManifest, imageName } from './storage/harvester-image';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The objects of a Harvester cluster: its own in `harvester`, those of guests in their namespace. */
export class Manifests {
  private readonly system: Unit;
  private readonly guests: Unit;

  constructor(private readonly cluster: HarvesterCluster) {
    // The pods around virtual machines have capabilities that the lower levels of Pod Security refuse.
    this.guests = new Unit(cluster.kubernetes, 'guests', { podSecurity: 'privileged' });
    this.system = new Unit(cluster.kubernetes, 'harvester', { existingNamespace: 'harvester-system' });
  }

  /** Adds what the finished model says. Run once, before it is checked. */
  public complete(): void {
    const { cluster } = this;
    const namespace = this.guests.namespace as string;
    for (const [name, value] of Object.entries(cluster.systemSettings())) this.add(this.system, setting(name, value));
    this.add(this.system, cluster.storage.manifest);
    for (const network of cluster.networks) for (const manifest of clusterNetworkManifests(network)) this.add(this.system, manifest);
    const guests = cluster.guests;
    // Also of segments without a guest of ours: other programs make guests there.
    const vlans = new Set([
      ...cluster.networks.flatMap(network => network.vlans),
      ...guests.flatMap(guest => guest.nics.map(nic => nic.vlan)),
    ]);
    for (const vlan of vlans) this.add(this.guests, vmNetworkManifest(cluster, vlan, namespace));
    for (const image of new Map(guests.map(guest => [imageName(guest.image), guest.image])).values()) {
      this.add(this.guests, imageManifest(image, namespace, cluster.storage));
    }
    for (const manifest of keyPairManifests(cluster, namespace)) this.add(this.guests, manifest);
    for (const guest of guests) {
      for (const manifest of claimManifests(guest, namespace)) this.add(this.guests, manifest);
      if (findsItsSecrets(guest)) this.add(this.guests, firstBootManifest(guest, namespace));
      this.add(this.guests, virtualMachineManifest(guest, namespace));
    }
    for (const guest of guests)
      if (cluster.backupJob?.covers(guest)) this.add(this.guests, backupScheduleManifest(guest, cluster.backupJob, namespace));
    if (cluster.backupTarget?.manifest) this.add(this.system, cluster.backupTarget.manifest);
  }

  private add(unit: Unit, manifest: object): void {
    const { apiVersion, kind, metadata, ...rest } = manifest as Manifest;
    // The chart fills in its own namespace where none is given, also for objects that have none.
    new ApiObject(unit, `${kind}-${metadata.name}`, { apiVersion, kind, metadata: { namespace: '', ...metadata }, ...rest });
  }
}

/** @see https://docs.harvesterhci.io/v1.7/advanced/settings */
export function setting(name: string, value: string): object {
  return { apiVersion: 'harvesterhci.io/v1beta1', kind: 'Setting', metadata: { name }, value };
}
