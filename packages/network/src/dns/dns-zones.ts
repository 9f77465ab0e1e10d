import { createHash } from 'node:crypto';
import {
  Check,
  Claims,
  ConfigError,
  type ILifecycle,
  type IServing,
  Ledger,
  type Lifecycle,
  type Output,
  onRender,
  Port,
  pathOf,
  Site,
  vacant,
  warn,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import { classlessDelegation } from './classless-delegation';
import { dnsLifecycle, servedBy } from './dns-lifecycle';
import { claimDnsPort } from './dns-port';
import { isDnsZones, ZONES } from './is-dns-zones';
import { type NamedConf, type NamedView, renderNamedConf } from './named-conf';
import { classlessZone } from './reverse-zone';
import { DNS_RULES } from './rules';
import type { View } from './site-records';
import { prefixesOfProviders, type ServedDomains, siteZones } from './site-zones';
import { TsigKey } from './tsig-key';
import { type DnsRecord, type DnsZone, renderZone } from './zone-file';

export interface DnsZonesProps {
  /** Server that the zones are written for. */
  readonly primary: Host;
  /** Servers that fetch the zones from the primary. @default - none */
  readonly secondaries?: readonly Host[];
  /** Mail address of whoever is responsible. @default - hostmaster at the site's domain */
  readonly contact?: string;
  /**
   * Domains besides those of the site and its segments, such as those of its mail, or the reverse zone around a prefix when the whole
   * /24 is ours. @default - none
   */
  readonly domains?: readonly string[];
  /** Signs transfers. @default - secondaries are known by their addresses */
  readonly tsig?: TsigKey;
  /** What the Internet may ask for. @default - nothing: only the site is answered */
  readonly external?: ExternalView;
  /** Signs the zones with keys that the primary makes and rolls itself. @default false @see RFC 9364 */
  readonly dnssec?: boolean;
}

/** The part of the names that everybody sees, without private addresses. The reverse zones of public prefixes are in it. */
export interface ExternalView {
  /** Domains of the zones, such as the site's; what lies below one of them is a part of it. The site is answered for them too. */
  readonly domains: readonly string[];
  /** Signs transfers of this view. Needed when there are secondaries: by the key they tell the views apart. */
  readonly tsig?: TsigKey;
}

/**
 * The DNS of the site, for BIND: the domains of its hosts and the reverse zones of its prefixes, from every host, alias, service and record
 * set in the model.
 *
 * With a ledger, the serial of a zone grows when the content of the zone changes, and only then; without one it stays 1, and
 * secondaries do not notice a change. The flows between its servers, notifications and transfers, it declares itself.
 */
export class DnsZones extends Construct implements ILifecycle, IServing {
  public static isDnsZones(x: unknown): x is DnsZones {
    return isDnsZones(x);
  }

  public readonly primary: Host;
  public readonly secondaries: readonly Host[];
  public readonly contact: string;
  /** Whether the zones are signed. */
  public readonly dnssec: boolean;
  private readonly domains: readonly string[];
  private readonly tsig?: TsigKey;
  private readonly external?: ExternalView;

  /** @throws DNS_ZONES_TWICE, DNS_SERVER_TWICE, DNS_VIEW_KEY, DNS_PORT_TAKEN */
  constructor(scope: Construct, id: string, props: DnsZonesProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ZONES, { value: true });
    const check = new Check(this);
    check.known(props, ['primary', 'secondaries', 'contact', 'domains', 'tsig', 'external', 'dnssec']);
    const host = (name: string, value: Host) => check.instance(name, value, { name: 'Host', is: Host.isHost }, "servers.host('ns1', 5)");
    this.primary = host('primary', props.primary);
    this.secondaries = [...(props.secondaries ?? [])];
    for (const secondary of this.secondaries) host('secondaries', secondary);
    const twice = this.secondaries.find((secondary, i) => secondary === this.primary || this.secondaries.indexOf(secondary) < i);
    if (twice) {
      throw new ConfigError(this, 'DNS_SERVER_TWICE', `${pathOf(twice)} is named twice`, {
        fix: 'name each server once, as primary or as secondary',
      });
    }
    const contact = props.contact ?? `hostmaster@${Site.of(this).domain}`;
    this.contact = check.text('contact', contact, /^[\w.+-]+@[a-z0-9.-]+$/, 'a mail address', 'hostmaster@example.net');
    this.domains = [...(props.domains ?? [])];
    for (const domain of this.domains) check.text('domains', domain, DOMAIN, 'domain names in lower case', 'example.net');
    if (props.tsig !== undefined) this.tsig = check.instance('tsig', props.tsig, TsigKey, "TsigKey.of('transfer', { secret })");
    if (props.external !== undefined) this.external = this.checkedExternal(check, props.external);
    this.dnssec = check.boolean('dnssec', props.dnssec ?? false);
    Claims.of(this).claim('dns zones', '', this, holder => {
      return new ConfigError(this, 'DNS_ZONES_TWICE', `the zones of the site are already written by ${pathOf(holder)}`, {
        fix: 'add its servers there',
      });
    });
    for (const server of this.servers) claimDnsPort(this, server);
    this.declareFlows();
    if (this.secondaries.length > 0 && !Ledger.find(this)) {
      const problem = 'has secondaries and no ledger, so that its serials stay 1 and nobody fetches a change';
      warn(this, 'DNS_SERIAL', problem, "write new Ledger(site, 'ledger', { file }) before it");
    }
    Site.of(this).addRules(...DNS_RULES);
    onRender(this, output => this.render(output));
  }

  /** Primary first. */
  public get servers(): readonly Host[] {
    return [this.primary, ...this.secondaries];
  }

  /** Whether the Internet may ask. */
  public get isPublic(): boolean {
    return this.external !== undefined;
  }

  /** Every zone with its records as a view shows them, forward zones first; none when there is no such view. Read it when the model is complete. */
  public zones(view: View = 'internal'): DnsZone[] {
    if (!this.views.includes(view)) return [];
    const servers = (name: string) => this.servers.map((server): DnsRecord => ({ name, type: 'NS', data: server.fqdn }));
    return siteZones(Site.of(this), this.served, view).map(({ name, records }) => {
      return { name, primary: this.primary.fqdn, contact: this.contact, records: [...servers(name), ...records] };
    });
  }

  public get lifecycle(): Lifecycle {
    const secrets = [this.tsig, this.external?.tsig].flatMap(key => key?.secret ?? []);
    const servers = this.servers.map(host => ({
      host,
      software: 'bind9',
      folder: `devices/bind/${host.name}`,
      install: 'named.conf to /etc/bind, zones, if any, to /var/lib/bind; then `rndc reload`',
      name: Site.of(this).domain,
      type: 'SOA' as const,
      secrets,
    }));
    return dnsLifecycle(this, servers);
  }

  /** Its servers, by name and by address. */
  public get serves(): readonly string[] {
    return servedBy(this.servers);
  }

  private get served(): ServedDomains {
    return { internal: this.domains, external: this.external?.domains ?? [] };
  }

  private declareFlows(): void {
    for (const secondary of this.secondaries) {
      this.primary.connections.allowFrom(secondary, Port.tcp(53));
      this.primary.connections.allowFrom(secondary, Port.udp(53));
      secondary.connections.allowFrom(this.primary, Port.udp(53));
    }
  }

  private checkedExternal(check: Check, external: ExternalView): ExternalView {
    check.known(external, ['domains', 'tsig']);
    for (const domain of check.list('external.domains', external.domains, "'example.net'")) {
      check.text('external.domains', domain, DOMAIN, 'domain names in lower case', 'example.net');
    }
    if (external.tsig !== undefined) check.instance('external.tsig', external.tsig, TsigKey, "TsigKey.of('outside', { secret })");
    if (this.secondaries.length > 0 && (!this.tsig || !external.tsig || this.tsig.name === external.tsig.name)) {
      throw new ConfigError(this, 'DNS_VIEW_KEY', 'has secondaries and two views, which they tell apart by the key of each', {
        fix: "write tsig: TsigKey.of('inside', { secret }), and external: { domains, tsig: TsigKey.of('outside', { secret }) }",
      });
    }
    return external;
  }

  private get views(): readonly View[] {
    return this.external ? ['internal', 'external'] : ['internal'];
  }

  private render(output: Output): void {
    const all = this.views.map(view => ({ view, zones: this.zones(view) }));
    const folder = (server: Host) => `devices/bind/${server.name}`;
    for (const { view, zones } of all) {
      const path = `${folder(this.primary)}/zones${this.external ? `/${view}` : ''}`;
      for (const zone of zones) output.write(this, `${path}/${zone.name}.zone`, renderZone(zone, this.serial(zone, view)));
    }
    const views = all.map(({ view, zones }): NamedView => {
      const key = view === 'internal' ? this.tsig : this.external?.tsig;
      return { view, zones: zones.map(zone => zone.name), ...(key && { key }) };
    });
    for (const server of this.servers) output.write(this, `${folder(server)}/named.conf`, renderNamedConf(this.conf(server, views)));
    this.renderDelegations(output);
  }

  private conf(server: Host, views: readonly NamedView[]): NamedConf {
    const addresses = (host: Host) => host.addresses.map(address => address.ip);
    const role = server === this.primary ? 'primary' : 'secondary';
    const companions = role === 'primary' ? this.secondaries : [this.primary];
    const segments = Site.of(this).findAll().filter(Vlan.isVlan);
    const site = [...new Set(segments.sort((a, b) => a.tag - b.tag).flatMap(vlan => vlan.cidrs))];
    const dnssec = this.dnssec && role === 'primary';
    return {
      role,
      addresses: addresses(server),
      site,
      companions: companions.map(host => ({ addresses: addresses(host) })),
      views,
      dnssec,
    };
  }

  /** What the provider of a short public prefix has to enter, so that the world finds our names for it. */
  private renderDelegations(output: Output): void {
    const servers = this.servers.map(server => server.fqdn);
    for (const subnet of prefixesOfProviders(Site.of(this), this.served)) {
      const file = `devices/bind/delegation-${subnet.cidr.replace('/', '-')}.md`;
      output.write(this, file, classlessDelegation(subnet, classlessZone(subnet), servers));
    }
  }

  private serial(zone: DnsZone, view: View): number {
    const digest = createHash('sha256').update(renderZone(zone, 0)).digest('hex');
    const document = view === 'internal' ? `zone ${zone.name}` : `zone ${zone.name} ${view}`;
    return Ledger.find(this)?.revision(document, digest) ?? 1;
  }
}

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
