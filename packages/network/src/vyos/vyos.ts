import {
  Check,
  ConfigError,
  Connections,
  type IConnectable,
  type ILifecycle,
  type IPlaced,
  type IRouting,
  type IServing,
  isPlaced,
  type Lifecycle,
  onRender,
  Port,
  type Routing,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsZones } from '../dns/dns-zones';
import { DynamicUplink, type Uplink } from '../gateway/dynamic-uplink';
import { GATEWAY, type IGateway } from '../gateway/gateway';
import { declareGatewayFlows, gatewayAddresses, uplinkOf } from '../gateway/gateway-flows';
import { gatewayLifecycle } from '../gateway/gateway-lifecycle';
import { GatewayPlan } from '../gateway/gateway-plan';
import { GATEWAY_RULES } from '../gateway/rules';
import { tunnelsOf } from '../gateway/tunnel';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { Vlan } from '../segments/vlan';
import { CommitArchive } from './commit-archive';
import type { Version } from './component-versions';
import { NetworkPorts } from './network-ports';
import { vyosDeployment } from './vyos-deployment';
import { inspectVyOs, renderVyOs } from './vyos-render';

/** Who may log in, by SSH with one of the keys; nobody has a password. */
export interface VyOsAdmin {
  /** Up to 32 lower-case letters, digits and dashes. */
  readonly name: string;
  /** Public keys as `authorized_keys` has them, e.g. `ssh-ed25519 AAAA… admin@example.net`. */
  readonly sshKeys: readonly string[];
}

export interface VyOsProps {
  /** Release, whose syntax is written. */
  readonly version: Version;
  /** Its address on the segment that leads to the Internet, or how the provider gives it one. */
  readonly wan: Uplink;
  /** Network port towards the Internet, e.g. `eth0`. */
  readonly wanInterface: string;
  /**
   * Network port that carries the segments, tagged, e.g. `eth1`; or a port for each of them, untagged: that of the management segment
   * first, the others in the order of `segments`.
   */
  readonly lanInterface: string | readonly string[];
  /** Segment from which it is managed, by SSH. */
  readonly management: Vlan;
  /** The other segments that it routes. It has the gateway address of each. */
  readonly segments: readonly Vlan[];
  readonly admins: readonly VyOsAdmin[];
  /** What it runs on, such as a Machine. @default - the guest that has one of its addresses, if any */
  readonly runsOn?: IPlaced;
  /** Servers that answer for the site's domain. @default - it answers itself, for every host */
  readonly dns?: DnsZones;
  /** Resolvers that it forwards other names to, by address. @default 9.9.9.9 and 149.112.112.112 */
  readonly nameServers?: readonly string[];
  /** Time servers, by name. @default 0.pool.ntp.org, 1.pool.ntp.org, 2.pool.ntp.org */
  readonly timeServers?: readonly string[];
  /** Its autonomous system (1–4294967294), which BGP needs. @default - no BGP */
  readonly asn?: number;
  /** Receives NetFlow 9 records of what passes, on 2055/udp. @default - nobody */
  readonly flowCollector?: Host;
  /** Where every commit is copied to. @default - nowhere; the last 100 stay on the device */
  readonly commitArchive?: CommitArchive;
}

/**
 * A VyOS gateway: its whole configuration, written to `devices/vyos/<id>/` as `config.boot`, as `set` commands, and with the commands
 * and the runbook that put it in place with `commit-confirm`.
 *
 * Between segments it passes what a flow of the model allows, and segments of one zone; the rest is dropped and logged.
 */
export class VyOs extends Construct implements IGateway, IConnectable, IRouting, ILifecycle, IServing {
  public static isVyOs(x: unknown): x is VyOs {
    return typeof x === 'object' && x !== null && VYOS in x;
  }

  public readonly version: Version;
  public readonly wan: Uplink;
  public readonly ports: NetworkPorts;
  public readonly management: Vlan;
  /** The management segment first. */
  public readonly segments: readonly Vlan[];
  public readonly admins: readonly VyOsAdmin[];
  public readonly runsOn?: IPlaced;
  public readonly dns?: DnsZones;
  public readonly nameServers: readonly string[];
  public readonly timeServers: readonly string[];
  public readonly asn?: number;
  public readonly flowCollector?: Host;
  public readonly commitArchive?: CommitArchive;
  public readonly connections: Connections;

  /** @throws GATEWAY_SEGMENT, GATEWAY_INTERFACE, GATEWAY_WAN, PROP_FORMAT */
  constructor(scope: Construct, id: string, props: VyOsProps) {
    super(vacant(scope, id), id);
    Object.defineProperties(this, { [VYOS]: { value: true }, [GATEWAY]: { value: true } });
    const check = new Check(this);
    check.known(props, KEYS);
    check.label('the name of a gateway', id);
    this.version = check.choice('version', props.version, ['1.4', '1.5']);
    this.wan = check.present('wan', props.wan, "wan.host('gateway', 2)");
    if (!DynamicUplink.is(this.wan)) check.instance('wan', this.wan, { name: 'Host', is: Host.isHost }, "wan.host('gateway', 2)");
    this.management = check.instance('management', props.management, { name: 'Vlan', is: Vlan.isVlan }, 'management');
    const others = check.present('segments', props.segments, '[servers]');
    for (const vlan of others) check.instance('segments', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[servers]');
    this.segments = [this.management, ...others];
    this.ports = new NetworkPorts(this, props.wanInterface, props.lanInterface);
    this.admins = check
      .list('admins', props.admins, "{ name: 'admin', sshKeys: ['ssh-ed25519 AAAA…'] }")
      .map(admin => checkedAdmin(this, check, admin));
    if (props.runsOn !== undefined) this.runsOn = check.instance('runsOn', props.runsOn, { name: 'Machine', is: isCarrier }, 'router');
    if (props.dns !== undefined) this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    this.nameServers = [...(props.nameServers ?? ['9.9.9.9', '149.112.112.112'])];
    for (const ip of this.nameServers) check.text('nameServers', ip, /^[\d.]+$|^[\da-f:]+$/, 'IP addresses', '9.9.9.9');
    this.timeServers = [...(props.timeServers ?? [0, 1, 2].map(n => `${n}.pool.ntp.org`))];
    for (const name of this.timeServers)
      check.text('timeServers', name, /^[a-z0-9][a-z0-9.:-]*$/, 'names of time servers', '0.pool.ntp.org');
    if (props.asn !== undefined) this.asn = check.integer('asn', props.asn, 1, 4_294_967_294);
    if (props.flowCollector !== undefined) {
      this.flowCollector = check.instance('flowCollector', props.flowCollector, { name: 'Host', is: Host.isHost }, "servers.host('flows')");
    }
    if (props.commitArchive !== undefined) {
      this.commitArchive = check.instance(
        'commitArchive',
        props.commitArchive,
        CommitArchive,
        "CommitArchive.sftp(backup, 'vyos', '/srv/vyos')",
      );
    }
    this.connections = new Connections(this, { addresses: () => gatewayAddresses(this) });
    this.declareFlows();
    Site.of(this).addRules(...GATEWAY_RULES);
    onRender(this, output => renderVyOs(this, output));
    Site.of(this).onRendered(output => inspectVyOs(this, output));
  }

  public get routing(): Routing {
    const tunnels = tunnelsOf(this).map(({ name, peers }) => {
      const prefixes = peers.flatMap(peer => [...peer.prefixes, ...peer.routed.map(vlan => `the Internet for ${vlan.name}`)]);
      return { label: name, prefixes };
    });
    return { device: `VyOS ${this.version}`, joins: this.segments, uplink: uplinkOf(this), tunnels };
  }

  public get lifecycle(): Lifecycle {
    return gatewayLifecycle(this, vyosDeployment(this, new GatewayPlan(this)));
  }

  /** Addresses at which segments have their router, their resolver and their time. */
  public get serves(): readonly string[] {
    return this.segments.flatMap(vlan => vlan.gateways);
  }

  private declareFlows(): void {
    declareGatewayFlows(this, [Port.tcp(22)]);
    const { connections } = this;
    const internet = Internet.of(this);
    connections.allowTo(internet, Port.icmp());
    // A lease is renewed by unicast, which the firewall sees, unlike the broadcasts before it.
    if (DynamicUplink.is(this.wan) && !this.wan.pppoe) connections.allowTo(internet, Port.udp(67));
    if (this.flowCollector) connections.allowTo(this.flowCollector, Port.udp(2055));
    if (this.commitArchive) connections.allowTo(this.commitArchive.host, Port.tcp(22));
  }
}

const VYOS = Symbol.for('@ashlar/network.VyOs');

const KEYS = [
  'version',
  'wan',
  'wanInterface',
  'lanInterface',
  'management',
  'segments',
  'admins',
  'runsOn',
  'dns',
  'nameServers',
  'timeServers',
  'asn',
  'flowCollector',
  'commitArchive',
];

function isCarrier(x: unknown): boolean {
  return Construct.isConstruct(x) && isPlaced(x as Construct);
}

const SSH_KEY =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,2}( \S.*)?$/;

function checkedAdmin(gateway: VyOs, check: Check, admin: VyOsAdmin): VyOsAdmin {
  check.known(admin, ['name', 'sshKeys']);
  check.text('admins.name', admin.name, /^[a-z][a-z0-9-]{0,31}$/, 'up to 32 lower-case letters, digits and dashes', 'admin');
  for (const key of check.list('admins.sshKeys', admin.sshKeys, "'ssh-ed25519 AAAA…'")) {
    check.text('admins.sshKeys', key, SSH_KEY, 'public keys as in authorized_keys', 'ssh-ed25519 AAAA… admin@example.net');
    const [type = '', blob = ''] = key.split(' ');
    if (!isKeyOf(type, blob)) {
      throw new ConfigError(gateway, 'SSH_KEY', `a key of ${admin.name} is not whole`, {
        got: key,
        fix: 'copy the line of the .pub file again',
      });
    }
  }
  return admin;
}

/** The blob names the type again, before the key. @see RFC 4253 section 6.6 */
function isKeyOf(type: string, blob: string): boolean {
  const bytes = Buffer.from(blob, 'base64');
  return bytes.toString('base64') === blob && bytes.length > 40 && bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString() === type;
}
