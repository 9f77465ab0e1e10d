import {
  Check,
  ConfigError,
  type ILifecycle,
  type IServing,
  type Lifecycle,
  type Output,
  onRender,
  Port,
  pathOf,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { isGateway } from '../gateway/gateway';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { familyOf, isPrivate } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { dnsLifecycle, servedBy } from './dns-lifecycle';
import { claimDnsPort } from './dns-port';
import { DnsZones } from './dns-zones';
import { renderUnboundConf } from './unbound-conf';

/** A resolver of somebody else, asked over TLS at port 853. @see RFC 7858 */
export interface UpstreamResolver {
  /** Name in its certificate, e.g. `dns.example.org`. */
  readonly name: string;
  /** Its public addresses. */
  readonly addresses: readonly string[];
}

export interface DnsResolverProps {
  /** Where it runs. */
  readonly host: Host;
  /** Segments whose hosts may ask it. @default - its own, and those that a gateway joins with it; in a site without gateways, all */
  readonly clients?: readonly Vlan[];
  /** Zones of the site, for which it asks their own servers. @default - none */
  readonly dns?: DnsZones;
  /**
   * Whom it asks for everything else; among several it prefers those that answer fast, whatever their order. None: it asks the
   * servers of each name itself, from the root on, in the clear.
   * @default - Quad9, at its IPv4 addresses @see https://docs.quad9.net/services/
   */
  readonly upstreams?: readonly UpstreamResolver[];
}

/**
 * A resolver for the segments of the site, for Unbound: it asks the site's servers for the site's names, and others over TLS for the rest.
 * Answers are validated, except those of the site's servers for what is not signed or not public, and private addresses in answers of
 * others are dropped.
 *
 * The flows to and from it, it declares itself.
 */
export class DnsResolver extends Construct implements ILifecycle, IServing {
  public readonly host: Host;
  private readonly named?: readonly Vlan[];
  private readonly dns?: DnsZones;
  private readonly upstreams: readonly UpstreamResolver[];

  /** @throws DNS_PORT_TAKEN, DNS_UPSTREAM, DNS_RESOLVER_FAMILY */
  constructor(scope: Construct, id: string, props: DnsResolverProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['host', 'clients', 'dns', 'upstreams']);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "servers.host('resolver', 6)");
    if (props.clients !== undefined) this.named = [...check.list('clients', props.clients, 'people')];
    for (const vlan of this.named ?? []) check.instance('clients', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[people]');
    if (props.dns !== undefined) this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    const upstreams = props.upstreams ?? [QUAD9];
    const none = Array.isArray(upstreams) && upstreams.length === 0;
    this.upstreams = none ? [] : [...check.list('upstreams', upstreams, "{ name: 'dns.example.org', addresses: ['198.51.100.53'] }")];
    claimDnsPort(this, this.host);
    for (const upstream of this.upstreams) this.checkUpstream(check, upstream);
    const addresses = this.upstreams.flatMap(upstream => upstream.addresses);
    const twice = addresses.find((address, i) => addresses.indexOf(address) < i);
    if (twice !== undefined) throw new ConfigError(this, 'DNS_UPSTREAM', 'an upstream is named twice', { got: twice, fix: 'name it once' });
    if (this.dns && this.serverAddresses().length === 0) {
      throw new ConfigError(
        this,
        'DNS_RESOLVER_FAMILY',
        `${pathOf(this.host)} has no address of a family in which ${pathOf(this.dns)} is served`,
        {
          fix: 'put it on a segment that has one, or give the segment of a name server both families',
        },
      );
    }
    this.declareFlows();
    if (!this.named) Site.of(this).onPrepare(() => this.admit(this.clients)); // segments and gateways may follow
    onRender(this, output => this.render(output));
  }

  /** Segments whose hosts may ask it. Unless they were named, read it when the model is complete. */
  public get clients(): readonly Vlan[] {
    return this.named ?? segmentsAround(this.host);
  }

  public get lifecycle(): Lifecycle {
    const server = {
      host: this.host,
      software: 'unbound',
      folder: `devices/unbound/${this.host.name}`,
      install: 'unbound.conf to /etc/unbound; then `unbound-control reload`',
      name: '.',
      type: 'NS' as const,
      secrets: [],
    };
    return dnsLifecycle(this, [server], this.dns ? [{ on: this.dns, for: 'the names of the site' }] : []);
  }

  /** Its host, by name and by address. */
  public get serves(): readonly string[] {
    return servedBy([this.host]);
  }

  private checkUpstream(check: Check, upstream: UpstreamResolver): void {
    check.known(upstream, ['name', 'addresses']);
    check.text('upstreams.name', upstream.name, HOST_NAME, 'the DNS name in its certificate', 'dns.example.org');
    for (const address of check.list('upstreams.addresses', upstream.addresses, "'198.51.100.53'")) {
      const family = familyOf(address);
      if (family === undefined || isPrivate(address) || NOWHERE.test(address)) {
        throw new ConfigError(this, 'DNS_UPSTREAM', `${upstream.name} is asked over the Internet, at public addresses`, {
          got: address,
          fix: 'write it like 198.51.100.53',
        });
      }
      if (!this.families.has(family)) {
        throw new ConfigError(this, 'DNS_UPSTREAM', `${pathOf(this.host)} has no IPv${family} address to ask ${upstream.name} from`, {
          got: address,
          fix: `leave it out, or give ${pathOf(this.host.vlan)} an IPv${family} prefix`,
        });
      }
    }
  }

  private get families(): ReadonlySet<4 | 6> {
    return new Set(this.host.addresses.map(({ family }) => family));
  }

  /** Of the name servers, those that it has a way to. */
  private serverAddresses(): string[] {
    return (this.dns?.servers ?? []).flatMap(({ addresses }) =>
      addresses.filter(({ family }) => this.families.has(family)).map(({ ip }) => ip),
    );
  }

  private admit(vlans: readonly Vlan[]): void {
    for (const port of DNS) for (const vlan of vlans) this.host.connections.allowFrom(vlan, port);
  }

  private declareFlows(): void {
    this.admit(this.named ?? []);
    for (const port of DNS) for (const server of this.dns?.servers ?? []) this.host.connections.allowTo(server, port);
    const outside = this.upstreams.length > 0 ? [Port.tcp(853)] : DNS;
    for (const port of outside) this.host.connections.allowTo(Internet.of(Site.of(this)), port);
  }

  private render(output: Output): void {
    const text = renderUnboundConf({
      addresses: this.host.addresses.map(({ ip }) => ip),
      clients: [...new Set(this.clients)].sort((a, b) => a.tag - b.tag).flatMap(vlan => vlan.cidrs),
      domain: Site.of(this).domain,
      zones: this.dns?.zones().map(({ name }) => name) ?? [],
      validated: this.dns?.dnssec ? this.dns.zones('external').map(({ name }) => name) : [],
      servers: this.serverAddresses(),
      upstreams: this.upstreams.flatMap(({ name, addresses }) => addresses.map(address => ({ name, address }))),
    });
    output.write(this, `devices/unbound/${this.host.name}/unbound.conf`, text);
  }
}

const DNS = [Port.tcp(53), Port.udp(53)];

/** Validates, keeps no address of who asks, and blocks names that are known to do harm. */
const QUAD9: UpstreamResolver = { name: 'dns.quad9.net', addresses: ['9.9.9.9', '149.112.112.112'] };

/** Loopback, "this network", multicast and what is reserved: nobody answers there. @see RFC 6890 */
const NOWHERE = /^(0|127|22[4-9]|2[345]\d)\.|^::1?$|^ff/i;

/** The segments that have a way to a host, in a family in which it has an address. */
function segmentsAround(host: Host): Vlan[] {
  const all = Site.of(host).findAll();
  const gateways = all.filter(isGateway);
  const joined = (vlan: Vlan) => gateways.some(({ segments }) => segments.includes(vlan) && segments.includes(host.vlan));
  const families = new Set(host.addresses.map(({ family }) => family));
  return all
    .filter(Vlan.isVlan)
    .filter(vlan => vlan.subnets.some(({ family }) => families.has(family)))
    .filter(vlan => vlan === host.vlan || gateways.length === 0 || joined(vlan));
}

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
