import { createHash } from 'node:crypto';
import { Check, Claims, ConfigError, Ledger, type Output, onRender, Port, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import { DnsAlias } from './dns-alias';
import { DnsService } from './dns-service';
import { renderPrimaryConf, renderSecondaryConf } from './named-conf';
import { reverseName, reverseZones } from './reverse-zone';
import { type DnsRecord, type DnsZone, renderZone } from './zone-file';

export interface DnsZonesProps {
  /** Server that the zones are written for. */
  readonly primary: Host;
  /** Servers that fetch the zones from the primary. @default - none */
  readonly secondaries?: readonly Host[];
  /** Mail address of whoever is responsible. @default - hostmaster at the site's domain */
  readonly contact?: string;
}

/**
 * The DNS of the site, for BIND: the domains of its hosts and the reverse zones of its prefixes, from every host, alias and
 * service in the model.
 *
 * With a ledger, the serial of a zone grows when the content of the zone changes, and only then; without one it stays 1, and
 * secondaries do not notice a change. The flows between its servers, notifications and transfers, it declares itself.
 */
export class DnsZones extends Construct {
  public static isDnsZones(x: unknown): x is DnsZones {
    return typeof x === 'object' && x !== null && ZONES in x;
  }

  public readonly primary: Host;
  public readonly secondaries: readonly Host[];
  public readonly contact: string;

  /** @throws DNS_ZONES_TWICE, DNS_SERVER_TWICE */
  constructor(scope: Construct, id: string, props: DnsZonesProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ZONES, { value: true });
    const check = new Check(this);
    check.known(props, ['primary', 'secondaries', 'contact']);
    const host = (name: string, value: Host) => check.instance(name, value, { name: 'Host', is: Host.isHost }, "servers.host('ns1', 5)");
    this.primary = host('primary', props.primary);
    this.secondaries = [...(props.secondaries ?? [])];
    for (const secondary of this.secondaries) host('secondaries', secondary);
    const twice = this.secondaries.find((secondary, i) => secondary === this.primary || this.secondaries.indexOf(secondary) < i);
    if (twice)
      throw new ConfigError(this, 'DNS_SERVER_TWICE', `${pathOf(twice)} is named twice`, {
        fix: 'name each server once, as primary or as secondary',
      });
    this.contact = check.text(
      'contact',
      props.contact ?? `hostmaster@${Site.of(this).domain}`,
      /^[\w.+-]+@[a-z0-9.-]+$/,
      'a mail address',
      'hostmaster@example.net',
    );
    Claims.of(this).claim(
      'dns zones',
      '',
      this,
      holder =>
        new ConfigError(this, 'DNS_ZONES_TWICE', `the zones of the site are already written by ${pathOf(holder)}`, {
          fix: 'add its servers there',
        }),
    );
    for (const secondary of this.secondaries) {
      this.primary.connections.allowFrom(secondary, Port.tcp(53));
      this.primary.connections.allowFrom(secondary, Port.udp(53));
      secondary.connections.allowFrom(this.primary, Port.udp(53));
    }
    onRender(this, output => this.render(output));
  }

  /** Primary first. */
  public get servers(): readonly Host[] {
    return [this.primary, ...this.secondaries];
  }

  /** Every zone with its records, forward zones first. Read it when the model is complete. */
  public zones(): DnsZone[] {
    const all = Site.of(this).findAll();
    const vlans = all.filter(Vlan.isVlan).sort((a, b) => a.tag - b.tag);
    const forward = outermost([Site.of(this).domain, ...vlans.map(vlan => vlan.domain)]);
    const reverse = vlans.flatMap(vlan => vlan.subnets.flatMap(reverseZones));
    const records = new Map(
      [...forward, ...reverse].map((name): [string, DnsRecord[]] => [
        name,
        this.servers.map(server => ({ name, type: 'NS', data: server.fqdn })),
      ]),
    );
    const add = (record: DnsRecord) => records.get(zoneOf(record.name, records))?.push(record);

    for (const record of all.flatMap(recordsOf).sort(byName)) add(record);
    for (const vlan of vlans) {
      for (const host of vlan.hosts)
        for (const subnet of vlan.subnets) add({ name: reverseName(subnet, host.number), type: 'PTR', data: host.fqdn });
    }
    return [...records].map(([name, list]) => ({ name, primary: this.primary.fqdn, contact: this.contact, records: list }));
  }

  private render(output: Output): void {
    const zones = this.zones();
    const names = zones.map(zone => zone.name);
    const folder = (server: Host) => `devices/bind/${server.name}`;
    for (const zone of zones) output.write(this, `${folder(this.primary)}/zones/${zone.name}.zone`, renderZone(zone, this.serial(zone)));
    const addresses = (hosts: readonly Host[]) => hosts.flatMap(host => host.addresses.map(address => address.ip));
    output.write(this, `${folder(this.primary)}/named.conf.local`, renderPrimaryConf(names, addresses(this.secondaries)));
    for (const secondary of this.secondaries) {
      output.write(this, `${folder(secondary)}/named.conf.local`, renderSecondaryConf(names, addresses([this.primary])));
    }
  }

  private serial(zone: DnsZone): number {
    const digest = createHash('sha256').update(renderZone(zone, 0)).digest('hex');
    return Ledger.find(this)?.revision(`zone ${zone.name}`, digest) ?? 1;
  }
}

const ZONES = Symbol.for('@ashlar/network.DnsZones');

/** Names that are not below another of them. */
function outermost(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  const set = new Set(unique);
  return unique.filter(name => name.split('.').every((_, i, labels) => i === 0 || !set.has(labels.slice(i).join('.'))));
}

/** The zone in which a name lies. */
function zoneOf(name: string, zones: ReadonlyMap<string, unknown>): string {
  for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) if (zones.has(at) || !at.includes('.')) return at;
}

function recordsOf(construct: unknown): DnsRecord[] {
  if (Host.isHost(construct))
    return construct.addresses.map(({ ip, family }) => ({ name: construct.fqdn, type: family === 4 ? 'A' : 'AAAA', data: ip }));
  if (DnsAlias.isDnsAlias(construct)) return [{ name: construct.fqdn, type: 'CNAME', data: construct.target.fqdn }];
  if (DnsService.isDnsService(construct)) {
    return construct.targets.map(target => ({ name: construct.fqdn, type: 'SRV', data: `0 0 ${construct.port} ${target.fqdn}` }));
  }
  return [];
}

function byName(a: DnsRecord, b: DnsRecord): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
