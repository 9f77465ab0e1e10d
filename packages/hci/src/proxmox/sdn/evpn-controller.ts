import { Check, Claims, ConfigError, Port, pathOf, vacant } from '@ashlar/core';
import { ProxmoxSdnControllerEvpnResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Sdn } from './sdn';

export interface EvpnControllerProps {
  /** Autonomous system of the cluster (1–4294967295); a private one is 64512–65534 or 4200000000–4294967294. @see RFC 6996 */
  readonly asn: number;
  /** IP addresses of route reflectors besides the nodes, which are peers of each other. @default - none */
  readonly peers?: readonly string[];
}

/** The BGP of a cluster that tells each node where the addresses of EVPN zones are. A cluster has one. */
export class EvpnController extends Construct {
  public static isEvpnController(x: unknown): x is EvpnController {
    return typeof x === 'object' && x !== null && CONTROLLER in x;
  }

  public readonly name: string;
  public readonly cluster: ProxmoxCluster;
  public readonly asn: number;
  /** @internal */
  public readonly _resource: ProxmoxSdnControllerEvpnResource;

  /** @throws EVPN_CONTROLLER */
  constructor(scope: Construct, id: string, props: EvpnControllerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CONTROLLER, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['asn', 'peers']);
    this.name = check.text(
      'the name of a controller',
      id,
      /^[a-z][a-z0-9]{1,7}$/,
      '2 to 8 lower-case letters and digits, a letter first',
      'evpn',
    );
    this.asn = check.integer('asn', props.asn, 1, 4_294_967_295);
    Claims.of(this).claim('evpn controller', pathOf(this.cluster), this, holder => {
      return new ConfigError(this, 'EVPN_CONTROLLER', `${pathOf(this.cluster)} already has an EVPN controller, ${pathOf(holder)}`, {
        fix: 'give its zones that one',
      });
    });
    const others =
      props.peers === undefined
        ? []
        : check
            .list('peers', props.peers, "'192.0.2.1'")
            .map(ip => check.text('peers', ip, /^[0-9a-f:.]*[.:][0-9a-f:.]*$/, 'IP addresses', '192.0.2.1'));
    const sdn = Sdn.of(this.cluster);
    this._resource = new ProxmoxSdnControllerEvpnResource(this, 'controller', {
      id: this.name,
      asn: this.asn,
      peers: [...new Set([...this.cluster.nodes.map(node => node.address), ...others])].sort(),
      dependsOn: sdn.after(),
    });
    sdn.apply(this._resource);
    this.cluster.connections.allowFrom(this.cluster, Port.tcp(179));
  }
}

const CONTROLLER = Symbol.for('@ashlar/hci.EvpnController');
