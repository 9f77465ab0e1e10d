import { Check, ConfigError, type Output, onRender, Port, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { familyOf, isPrivate } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
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
  /** Segments whose hosts may ask it. */
  readonly clients: readonly Vlan[];
  /** Zones of the site, for which it asks their own servers. */
  readonly dns: DnsZones;
  /** Whom it asks for everything else; the next one when one does not answer. */
  readonly upstreams: readonly UpstreamResolver[];
}

/**
 * A resolver for the segments of the site, for Unbound: it asks the site's servers for the site's names, and others over TLS for the rest.
 * Answers are validated, except those of the site's servers, and private addresses in answers of others are dropped.
 *
 * The flows to and from it, it declares itself.
 */
export class DnsResolver extends Construct {
  public readonly host: Host;
  public readonly clients: readonly Vlan[];
  private readonly dns: DnsZones;
  private readonly upstreams: readonly UpstreamResolver[];

  /** @throws DNS_PORT_TAKEN, DNS_UPSTREAM, DNS_RESOLVER_FAMILY */
  constructor(scope: Construct, id: string, props: DnsResolverProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['host', 'clients', 'dns', 'upstreams']);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "servers.host('resolver', 6)");
    this.clients = [...check.list('clients', props.clients, 'people')];
    for (const vlan of this.clients) check.instance('clients', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[people]');
    this.dns = check.instance('dns', props.dns, { name: 'DnsZones', is: DnsZones.isDnsZones }, 'zones');
    this.upstreams = [...check.list('upstreams', props.upstreams, "{ name: 'dns.example.org', addresses: ['198.51.100.53'] }")];
    claimDnsPort(this, this.host);
    for (const upstream of this.upstreams) this.checkUpstream(check, upstream);
    const addresses = this.upstreams.flatMap(upstream => upstream.addresses);
    const twice = addresses.find((address, i) => addresses.indexOf(address) < i);
    if (twice !== undefined) throw new ConfigError(this, 'DNS_UPSTREAM', 'an upstream is named twice', { got: twice, fix: 'name it once' });
    if (this.serverAddresses().length === 0) {
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
    onRender(this, output => this.render(output));
  }

  private checkUpstream(check: Check, upstream: UpstreamResolver): void {
    check.known(upstream, ['name', 'addresses']);
    check.text('upstreams.name', upstream.name, HOST_NAME, 'the DNS name in its certificate', 'dns.example.org');
    for (const address of check.list('upstreams.addresses', upstream.addresses, "'198.51.100.53'")) {
      const family = familyOf(address);
      if (family === undefined || isPrivate(address)) {
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
    return this.dns.servers.flatMap(({ addresses }) => addresses.filter(({ family }) => this.families.has(family)).map(({ ip }) => ip));
  }

  private declareFlows(): void {
    for (const port of [Port.tcp(53), Port.udp(53)]) {
      for (const vlan of this.clients) this.host.connections.allowFrom(vlan, port);
      for (const server of this.dns.servers) this.host.connections.allowTo(server, port);
    }
    this.host.connections.allowTo(Internet.of(Site.of(this)), Port.tcp(853));
  }

  private render(output: Output): void {
    const text = renderUnboundConf({
      addresses: this.host.addresses.map(({ ip }) => ip),
      clients: [...new Set(this.clients)].sort((a, b) => a.tag - b.tag).flatMap(vlan => vlan.cidrs),
      zones: this.dns.zones().map(({ name }) => name),
      servers: this.serverAddresses(),
      upstreams: this.upstreams.flatMap(({ name, addresses }) => addresses.map(address => ({ name, address }))),
    });
    output.write(this, `devices/unbound/${this.host.name}/unbound.conf`, text);
  }
}

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
