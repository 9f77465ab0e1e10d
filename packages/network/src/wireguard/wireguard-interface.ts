import { Check, Claims, ConfigError, type IConnectable, onRender, Port, pathOf, Secret, Site, vacant } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import { isGateway } from '../gateway/gateway';
import { type ITunnel, TUNNEL } from '../gateway/tunnel';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { isPrivate, type Subnet } from '../segments/subnet';
import { INTERFACE, isWireGuardInterface } from './is-wireguard';
import { checkedRoaming, type RoamingPeerProps, renderRoamingPeer } from './roaming-peer';
import { WIREGUARD_ENDPOINT_NAME } from './rules/wireguard-endpoint-name';
import { WIREGUARD_LOOP } from './rules/wireguard-loop';
import { TunnelAddresses } from './tunnel-addresses';
import { checkedMtu } from './tunnel-mtu';
import { renderWgQuick } from './wg-quick';
import { checkedEndpoint, DEFAULT_PORT, type WireGuardEndpoint } from './wireguard-endpoint';
import { checkedKey } from './wireguard-key';
import { WireGuardPeer, type WireGuardPeerProps } from './wireguard-peer';

export interface WireGuardInterfaceProps {
  /** Its own addresses with the length of the tunnel's prefix, one a family, e.g. `10.255.0.1/24`. */
  readonly addresses: readonly string[];
  /** Its private key, as `wg genkey` prints it. */
  readonly privateKey: Secret;
  /** The public key of `privateKey`, which peers are given. */
  readonly publicKey: string;
  /** UDP port (1–65535). @default 51820 */
  readonly listenPort?: number;
  /** Where peers that begin find it. @default - none does, and every peer has an endpoint */
  readonly endpoint?: WireGuardEndpoint;
  /**
   * Largest packet inside the tunnel in bytes (1280–8920). @default - what the way outside carries, less 80 for the headers: 1420, over
   * PPPoE 1412. Where every peer is reached over IPv4 alone, 20 more fit
   */
  readonly mtu?: number;
}

/** A WireGuard interface of a gateway or of a Linux host. @see https://www.wireguard.com/ */
export class WireGuardInterface extends Construct implements ITunnel {
  public static isWireGuardInterface(x: unknown): x is WireGuardInterface {
    return isWireGuardInterface(x);
  }

  /** Name of the interface: `wg0`. */
  public readonly name: string;
  public readonly runsOn: IConnectable;
  public readonly addresses: readonly string[];
  public readonly privateKey: Secret;
  public readonly publicKey: string;
  public readonly listenPort: number;
  public readonly endpoint?: Required<WireGuardEndpoint>;
  public readonly mtu: number;
  /** Its transfer network. */
  private readonly transfer: TunnelAddresses;
  private readonly own: WireGuardPeer[] = [];

  /**
   * @throws WIREGUARD_KEY, WIREGUARD_KEY_TAKEN, WIREGUARD_ADDRESS, WIREGUARD_MTU, WIREGUARD_PORT, SUBNET_OVERLAP
   */
  constructor(device: IConnectable & Construct, id: string, props: WireGuardInterfaceProps) {
    super(vacant(device, id), id);
    Object.defineProperties(this, { [INTERFACE]: { value: true }, [TUNNEL]: { value: true } });
    const check = new Check(this);
    check.known(props, ['addresses', 'privateKey', 'publicKey', 'listenPort', 'endpoint', 'mtu']);
    this.name = check.text('the name of an interface', id, /^wg\d{1,2}$/, 'wg and a number up to 99', 'wg0');
    this.runsOn = check.instance('scope', device, { name: 'gateway or Host', is: x => isGateway(x) || Host.isHost(x) }, 'gateway');
    this.privateKey = check.instance('privateKey', props.privateKey, Secret, "Secret.fromOpenBao('kv/vpn', 'wg0')");
    this.publicKey = checkedKey(this, 'publicKey', props.publicKey);
    this._claimKey(this, this.publicKey);
    this.transfer = new TunnelAddresses(this, check.list('addresses', props.addresses, "'10.255.0.1/24'"));
    this.addresses = this.transfer.own;
    this.listenPort = check.integer('listenPort', props.listenPort ?? DEFAULT_PORT, 1, 65_535);
    Claims.of(this).claim(`udp port of ${device.node.path}`, this.listenPort, this, holder => {
      return new ConfigError(this, 'WIREGUARD_PORT', `${this.listenPort}/udp is already that of ${pathOf(holder)}`, {
        fix: 'choose another listenPort',
      });
    });
    if (props.endpoint !== undefined) this.endpoint = checkedEndpoint(this, { port: this.listenPort, ...props.endpoint });
    this.mtu = checkedMtu(this, device, props.mtu);
    if (this.endpoint) device.connections.allowFrom(Internet.of(this), Port.udp(this.listenPort));
    Site.of(this).addRules(WIREGUARD_ENDPOINT_NAME, WIREGUARD_LOOP);
    if (Host.isHost(device)) onRender(this, output => renderWgQuick(this, device, output));
  }

  /** By name. */
  public get peers(): readonly WireGuardPeer[] {
    return [...this.own].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  }

  /** Prefixes of the tunnel itself. */
  public get prefixes(): readonly string[] {
    return this.transfer.subnets.map(subnet => subnet.cidr);
  }

  /** What is added on the device, because it must not be in Git. */
  public get secrets(): ITunnel['secrets'] {
    const path = `interfaces wireguard ${this.name}`;
    return [
      { path: `${path} private-key`, file: this.name, secret: this.privateKey },
      ...this.peers.flatMap(({ node, presharedKey }) =>
        presharedKey ? [{ path: `${path} peer ${node.id} preshared-key`, file: `${this.name}-${node.id}`, secret: presharedKey }] : [],
      ),
    ];
  }

  /** Whether a NAT, or a firewall of somebody else, is between it and the Internet. */
  public get isBehindNat(): boolean {
    const device = this.runsOn;
    if (isGateway(device)) return DynamicUplink.is(device.wan) || isPrivate(device.wan.ip);
    return Host.isHost(device) && isPrivate(device.ip);
  }

  /** Another site, or a provider of transit. */
  public peer(id: string, props: WireGuardPeerProps): WireGuardPeer {
    const peer = new WireGuardPeer(this, id, props);
    this.own.push(peer);
    if (peer.endpoint) this.runsOn.connections.allowTo(Internet.of(this), Port.udp(peer.endpoint.port));
    return peer;
  }

  /**
   * Somebody on the road: gets an address of the tunnel from the site's ledger, and a configuration file.
   * @throws WIREGUARD_ROAMING when the interface has no endpoint for it to find
   */
  public roaming(id: string, props: RoamingPeerProps): WireGuardPeer {
    const roaming = checkedRoaming(this, id, props);
    const peer = this.peer(id, { publicKey: props.publicKey, presharedKey: props.presharedKey, allowedIps: this.transfer.allocate(id) });
    onRender(peer, output => renderRoamingPeer(peer, roaming, output));
    return peer;
  }

  /** @internal A prefix of its transfer network becomes that of a peer; false when it lies elsewhere. */
  public _give(peer: WireGuardPeer, subnet: Subnet): boolean {
    if (!this.transfer.holds(subnet.cidr)) return false;
    this.transfer.claim(peer, subnet);
    return true;
  }

  /** @internal WireGuard knows a peer by its key alone: one that comes twice replaces the first. */
  public _claimKey(holder: IConstruct, key: string): void {
    Claims.of(this).claim(`wireguard key of ${this.node.path}`, key, holder, other => {
      return new ConfigError(holder, 'WIREGUARD_KEY_TAKEN', `the public key is already that of ${pathOf(other)}`, {
        got: key,
        fix: 'make a pair of keys for each device with `wg genkey`',
      });
    });
  }
}
