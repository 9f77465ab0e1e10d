import { Duration, type ILifecycle, type Lifecycle, type NameUse, type Need, type Step } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import type { ImageStore, StoredImage } from '../guests/image-store';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { workspaceOf } from './workspace-of';

/**
 * What must answer before a state of guests can be applied: the servers of its storages, the way to the Internet where nodes download
 * images or guests install packages at their first boot, and images that somebody puts in place.
 */
export class ApplyNeeds extends Construct implements ILifecycle {
  /** @param scope the cluster, or the tenant whose guests are in the state @param images what is downloaded in the state, if anything */
  constructor(
    scope: Construct,
    private readonly cluster: ProxmoxCluster,
    private readonly images?: ImageStore,
  ) {
    super(scope, 'before-apply');
    workspaceOf(this)?.startAfter(this, 'what its guests are made from');
  }

  public get lifecycle(): Lifecycle {
    const byHand = this.images?.files.filter(({ image }) => image.byHand) ?? [];
    const uses = [...this.storageServers(), ...this.downloads(), ...this.firstBoots()];
    return { startsAfter: [...this.ground(), ...this.disks()], uses: distinct(uses), start: byHand.map(putImage) };
  }

  private ground(): readonly Need[] {
    const { cluster } = this;
    if (this.node.scope !== cluster) return [{ on: cluster, for: 'storages, templates and its pool' }];
    return cluster.nodes.map(on => ({ on, for: 'the cluster that it configures' }));
  }

  /** Terraform makes each storage that it declares, and a server that does not answer fails it. */
  private storageServers(): NameUse[] {
    return this.storages().flatMap(({ name, standsOn = [] }) =>
      standsOn.filter(Host.isHost).map(host => ({ name: host.ip, for: `the storage ${name}` })),
    );
  }

  private storages(): readonly ProxmoxStorage[] {
    const own = this.cluster.storages.filter(storage => workspaceOf(storage) === workspaceOf(this));
    return own.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What its guests lie on. */
  private disks(): readonly Need[] {
    const used = new Set(this.guests().flatMap(guest => guest.volumes.map(({ storage }) => storage)));
    return [...used].flatMap(storage => storage.needs);
  }

  private downloads(): NameUse[] {
    const files = this.images?.files.filter(({ download }) => download) ?? [];
    const gateways = files.flatMap(({ node }) => node.host?.vlan.gateway ?? []);
    return [
      ...gateways.map(name => ({ name, for: 'the way to its images' })),
      ...files.map(({ image }) => ({ name: new URL(image.url).hostname, for: 'its images' })),
    ];
  }

  private firstBoots(): NameUse[] {
    // Those that route are the way themselves.
    const installing = this.guests().filter(guest => guest.rendersFirstBoot && !guest.routes);
    return [
      ...installing.map(guest => ({ name: guest.host.vlan.gateway, for: 'the packages of first boots' })),
      ...installing.flatMap(guest => guest.resolvers.map(name => ({ name, for: 'names at first boots' }))),
    ];
  }

  private guests(): readonly ProxmoxGuest[] {
    return this.cluster.guests.filter(guest => workspaceOf(guest) === workspaceOf(this));
  }
}

function putImage({ id, image, storage, node }: StoredImage): Step {
  const where = storage.shared ? storage.name : `${storage.name} of ${node.name}`;
  const [, path = ''] = id.split(':');
  return {
    id: path.replaceAll(/[^a-z0-9.-]+/gi, '-'),
    title: `Put an image on ${where}`,
    action: { byHand: `Download ${image.url} where there is a way to it, and put it on ${where} as ${path}` },
    check: { ask: `Is ${path} on ${where}, with the ${image.checksumAlgorithm.toUpperCase()} ${image.checksum}?` },
    undo: { byHand: `Remove ${path} from ${where}` },
    budget: Duration.minutes(20),
  };
}

/** Each name once, for the first that is said of it, by name: the order of construction shows nowhere. */
function distinct(uses: readonly NameUse[]): NameUse[] {
  const byName = new Map([...uses].reverse().map(use => [use.name, use]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
