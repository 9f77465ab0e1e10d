import type { IConstruct } from 'constructs';
import type { IVlan } from './addressing';

/** Between which segments a device forwards packets. */
export interface Routing {
  /** What it is, e.g. `VyOS 1.5`. */
  readonly device: string;
  /** Segments of which it has the gateway address. */
  readonly joins: readonly IVlan[];
  /** Where packets to the Internet leave. */
  readonly uplink: { readonly label: string; readonly vlan?: IVlan };
  /** Other ways that leave it. @default - none */
  readonly tunnels?: readonly { readonly label: string; readonly prefixes: readonly string[] }[];
}

/** A construct that forwards packets between segments. */
export interface IRouting extends IConstruct {
  readonly routing: Routing;
}

export function isRouting(construct: IConstruct): construct is IRouting {
  return 'routing' in construct;
}
