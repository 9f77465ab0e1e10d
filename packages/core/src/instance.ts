import type { IAddressed } from './addressing';
import type { IConnectable } from './connections';
import type { FirstBoot } from './first-boot';
import type { IPlaced } from './placement';

/** A running operating system with a name and addresses: a virtual machine, a container, a machine of its own. */
export interface IInstance extends IPlaced, IAddressed, IConnectable {
  /** Short name, a DNS label. */
  readonly hostName: string;
  /** Name in the site's domain. */
  readonly fqdn: string;
  /** What it does at its first boot. */
  readonly firstBoot: FirstBoot;
}
