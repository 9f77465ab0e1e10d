import { type Secret, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { Vlan } from '../segments/vlan';

/** What a gateway needs to know of a tunnel to decide what passes through it. */
export interface ITunnel extends IConstruct {
  readonly name: string;
  /** The construct on which it ends. */
  readonly runsOn: IConstruct;
  /** Prefixes of the tunnel's own addresses. */
  readonly prefixes: readonly string[];
  readonly peers: readonly {
    /** Prefixes behind the peer. */
    readonly prefixes: readonly string[];
    /** Segments of ours that the Internet reaches through the peer. */
    readonly routed: readonly Vlan[];
  }[];
  /** Keys, which are added on the device. @default - none */
  readonly secrets?: readonly { readonly path: string; readonly file: string; readonly secret: Secret }[];
}

/** Marks a tunnel. */
export const TUNNEL = Symbol.for('@ashlar/network.Tunnel');

export function isTunnel(x: unknown): x is ITunnel {
  return typeof x === 'object' && x !== null && TUNNEL in x;
}

/** The tunnels that end on `device`, by name. */
export function tunnelsOf(device: IConstruct): readonly ITunnel[] {
  return Site.of(device)
    .findAll()
    .filter(isTunnel)
    .filter(tunnel => tunnel.runsOn === device)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
