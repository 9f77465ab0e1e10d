import { Check, ConfigError, Connections, Duration, type IConnectable, pathOf, Secret, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { claimPrefix } from '../segments/prefix-claims';
import { familyOf, Subnet } from '../segments/subnet';
import type { Vlan } from '../segments/vlan';
import { isWireGuardPeer, PEER } from './is-wireguard';
import { checkedRouted } from './routed-segment';
import { refuseLarge } from './tunnel-mtu';
import { checkedEndpoint, type WireGuardEndpoint } from './wireguard-endpoint';
import type { WireGuardInterface } from './wireguard-interface';
import { checkedKey } from './wireguard-key';

export interface WireGuardPeerProps {
  /** 44 characters of base 64, as `wg pubkey` prints it. */
  readonly publicKey: string;
  /** Prefixes behind the peer, in CIDR notation; `0.0.0.0/0` and `::/0` when the Internet is. No prefix lies behind two peers. */
  readonly allowedIps: readonly string[];
  /** Where it listens. @default - it begins, and we learn where it is */
  readonly endpoint?: WireGuardEndpoint;
  /** A second secret, which also a quantum computer would have to know. @default - none */
  readonly presharedKey?: Secret;
  /** How often we send something, so that a NAT on the way keeps its mapping (1–65535 seconds). @default - 25 s when we are behind one */
  readonly persistentKeepalive?: Duration;
  /** Public segments of ours that the Internet reaches through the peer, and that answer through it. @default - none */
  readonly routed?: readonly Vlan[];
}

/** Whom a tunnel leads to. Flows with it are flows with everybody behind it. */
export class WireGuardPeer extends Construct implements IConnectable {
  public static isWireGuardPeer(x: unknown): x is WireGuardPeer {
    return isWireGuardPeer(x);
  }

  public readonly tunnel: WireGuardInterface;
  public readonly publicKey: string;
  public readonly presharedKey?: Secret;
  /** As given. */
  public readonly allowedIps: readonly string[];
  public readonly endpoint?: Required<WireGuardEndpoint>;
  /** Seconds. */
  public readonly persistentKeepalive?: number;
  public readonly routed: readonly Vlan[];
  public readonly connections: Connections;

  /**
   * @throws WIREGUARD_KEY, WIREGUARD_KEY_TAKEN, WIREGUARD_ALLOWED_IPS, WIREGUARD_ROUTED, WIREGUARD_UNREACHABLE,
   * WIREGUARD_MTU, SUBNET_OVERLAP
   */
  constructor(tunnel: WireGuardInterface, id: string, props: WireGuardPeerProps) {
    super(vacant(tunnel, id), id);
    Object.defineProperty(this, PEER, { value: true });
    const check = new Check(this);
    check.known(props, ['publicKey', 'allowedIps', 'endpoint', 'presharedKey', 'persistentKeepalive', 'routed']);
    check.label('the name of a peer', id);
    this.tunnel = tunnel;
    this.publicKey = checkedKey(this, 'publicKey', props.publicKey);
    tunnel._claimKey(this, this.publicKey);
    if (props.presharedKey !== undefined) {
      this.presharedKey = check.instance('presharedKey', props.presharedKey, Secret, "Secret.fromOpenBao('kv/vpn', 'office')");
    }
    if (props.endpoint !== undefined) {
      this.endpoint = checkedEndpoint(this, props.endpoint);
      if (familyOf(this.endpoint.host) === 6) refuseLarge(this, tunnel.runsOn, tunnel.mtu, 6);
    }
    this.allowedIps = check.list('allowedIps', props.allowedIps, "'10.50.0.0/24'").map(prefix => this.claimedPrefix(prefix));
    if (this.endpoint === undefined && tunnel.endpoint === undefined) {
      throw new ConfigError(this, 'WIREGUARD_UNREACHABLE', 'neither side knows where the other is, so that nobody can begin', {
        fix: `give the peer an endpoint, or ${pathOf(tunnel)} one that the peer is told`,
      });
    }
    const keepalive = props.persistentKeepalive ?? (this.endpoint && tunnel.isBehindNat ? Duration.seconds(25) : undefined);
    if (keepalive !== undefined) {
      check.instance('persistentKeepalive', keepalive, Duration, 'Duration.seconds(25)');
      this.persistentKeepalive = check.integer('persistentKeepalive', keepalive.toSeconds(), 1, 65_535, 'seconds');
    }
    this.routed = (props.routed ?? []).map(vlan => checkedRouted(this, vlan));
    this.connections = new Connections(this, { addresses: () => this.prefixes });
  }

  /** Prefixes behind it, without the Internet. */
  public get prefixes(): readonly string[] {
    return this.allowedIps.filter(prefix => !prefix.endsWith('/0'));
  }

  /** A prefix that lies behind two peers leads to the one that was set last, in silence. */
  private claimedPrefix(prefix: string): string {
    if (prefix === '0.0.0.0/0' || prefix === '::/0') {
      const other = this.tunnel.peers.find(peer => peer !== this && peer.allowedIps.includes(prefix));
      if (!other) return prefix;
      throw new ConfigError(this, 'WIREGUARD_ALLOWED_IPS', `${prefix} is already behind ${pathOf(other)}`, {
        fix: 'make an interface of its own for one of them',
      });
    }
    const subnet = Subnet.of(this, 'allowedIps', prefix, String(prefix).includes(':') ? 6 : 4);
    if (!this.tunnel._give(this, subnet)) claimPrefix(this, subnet);
    return subnet.cidr;
  }
}
