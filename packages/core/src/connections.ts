import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import { pathOf } from './owner';
import { Port } from './port';

/** Pods, as a network policy selects them. */
export interface PodSelection {
  /** The cluster they run in; two selections of one cluster see each other by label. */
  readonly cluster: IConstruct;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How the enforcement points on the way see one end of a flow. */
export interface Endpoint {
  /** Prefixes under which traffic from it arrives, and at which it is reached. Read at synthesis, when all is known. */
  addresses(): readonly string[];
  /** Set when it is a group of pods. */
  readonly pods?: PodSelection;
}

/** Somebody who connects or is connected to. */
export interface IConnectable extends IConstruct {
  readonly connections: Connections;
}

export function isConnectable(construct: unknown): construct is IConnectable {
  return typeof construct === 'object' && construct !== null && 'connections' in construct && construct.connections !== undefined;
}

/** `from` opens connections to `to` on `port`; answers are understood. */
export interface Flow {
  readonly from: IConnectable;
  readonly to: IConnectable;
  readonly port: Port;
}

/**
 * Who talks to whom. Said once, here; every enforcement point on the way (network policy, host firewall, gateway)
 * renders its part from it. What nobody allowed is dropped.
 */
export class Connections {
  private readonly incoming: Flow[] = [];
  private readonly outgoing: Flow[] = [];
  /** Ports by peer: a flow is kept once. */
  private readonly known = new Map<IConnectable, Set<string>>();

  /** @param defaultPort port of a flow that names none */
  constructor(
    private readonly owner: IConnectable,
    public readonly endpoint: Endpoint,
    public readonly defaultPort?: Port,
  ) {}

  /** Flows that others open to this. */
  public get ingress(): readonly Flow[] {
    return this.incoming;
  }

  /** Flows that this opens to others. */
  public get egress(): readonly Flow[] {
    return this.outgoing;
  }

  /**
   * Lets `peer` connect to this.
   * @param port @default - the service's own port
   * @throws FLOW_PEER, FLOW_PORT
   */
  public allowFrom(peer: IConnectable, port: Port | undefined = this.defaultPort): void {
    if (!isConnectable(peer)) {
      throw new ConfigError(this.owner, 'FLOW_PEER', 'allowFrom takes something that has connections', {
        got: peer,
        fix: 'pass the construct itself: a workload, a VM, a VLAN',
      });
    }
    if (!Port.is(port)) {
      throw new ConfigError(this.owner, 'FLOW_PORT', `the flow from ${pathOf(peer)} has no port`, {
        ...(port !== undefined && { got: port }),
        fix: 'write allowFrom(peer, Port.tcp(443))',
      });
    }
    const ports = this.known.get(peer) ?? new Set();
    if (ports.has(String(port))) return;
    this.known.set(peer, ports.add(String(port)));
    const flow: Flow = { from: peer, to: this.owner, port };
    this.incoming.push(flow);
    peer.connections.outgoing.push(flow);
  }

  /** Lets this connect to `peer`; the same flow as `peer.connections.allowFrom(this)`. */
  public allowTo(peer: IConnectable, port?: Port): void {
    if (!isConnectable(peer)) {
      throw new ConfigError(this.owner, 'FLOW_PEER', 'allowTo takes something that has connections', {
        got: peer,
        fix: 'pass the construct itself: a workload, a VM, a VLAN',
      });
    }
    peer.connections.allowFrom(this.owner, port);
  }
}
