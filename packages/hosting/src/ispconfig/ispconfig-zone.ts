import { Check, ConfigError, Site, vacant } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import { publicRecords } from '../public-record';
import { PublicZones } from '../public-zones';
import { type IIspConfigObject, type IspConfigCall, OBJECT } from './ispconfig-call';
import { ispConfigRecord } from './ispconfig-record';
import { IspConfigServer } from './ispconfig-server';

export interface IspConfigZoneProps {
  /** The domain that is delegated to the name servers of the panel. */
  readonly domain: string;
  /** Name servers of the panel, the primary in front. */
  readonly nameServers: readonly Host[];
  /** Mail address of whoever is responsible. @default - hostmaster at the domain */
  readonly contact?: string;
}

/** Seconds. @see RFC 1912 section 2.2 */
const TIMES = { refresh: 3600, retry: 900, expire: 1_209_600, minimum: 300, ttl: 3600 } as const;

/**
 * A public zone that a panel serves, with every record of the model that belongs into it.
 *
 * Its calls are made as the administrator: the panel refuses a TXT record of SPF, DKIM or DMARC from anybody else.
 */
export class IspConfigZone extends Construct implements IIspConfigObject {
  public readonly domain: string;
  private readonly server: IspConfigServer;
  private readonly nameServers: readonly Host[];
  private readonly contact: string;

  /** @throws ISPCONFIG_SCOPE, PUBLIC_ZONE_TAKEN, and the errors of {@link Check} */
  constructor(scope: IspConfigServer, id: string, props: IspConfigZoneProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, OBJECT, { value: true });
    if (!IspConfigServer.isIspConfigServer(scope)) {
      throw new ConfigError(this, 'ISPCONFIG_SCOPE', 'a zone belongs to a panel', { fix: `write new IspConfigZone(panel, '${id}', …)` });
    }
    const check = new Check(this);
    check.known(props, ['domain', 'nameServers', 'contact']);
    const form = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
    this.domain = check.text('domain', props.domain, form, 'a domain name in lower case', 'example.org');
    for (const host of check.list('nameServers', props.nameServers, 'ns1'))
      check.instance('nameServers', host, { name: 'Host', is: Host.isHost }, '[ns1, ns2]');
    this.contact = check.text(
      'contact',
      props.contact ?? `hostmaster@${this.domain}`,
      /^[\w+-]+@[a-z0-9.-]+$/,
      'a mail address without a dot before the @, which the panel refuses',
      'hostmaster@example.org',
    );
    this.server = scope;
    this.nameServers = props.nameServers;
    PublicZones.of(this).claim(this, this.domain);
  }

  public calls(): readonly IspConfigCall[] {
    const { serverId } = this.server;
    const key = `dns_zone/${this.domain}`;
    const params = {
      server_id: serverId,
      origin: `${this.domain}.`,
      ns: `${(this.nameServers[0] as Host).fqdn}.`,
      mbox: `${this.contact.replace('@', '.')}.`,
      // The panel counts it up at each change.
      serial: 1,
      ...TIMES,
      active: 'y',
      xfer: '',
      also_notify: '',
      update_acl: '',
    } as const;
    const servers = this.nameServers.map(host => ({ name: this.domain, type: 'NS', value: host.fqdn, from: this }));
    const records = [...servers, ...publicRecords(Site.of(this), this.domain)];
    return [
      { key, function: 'dns_zone_add', client: { name: 'client_id', value: 0 }, params },
      ...records.map(record => ispConfigRecord(record, { server_id: serverId, zone: { $id: key }, ttl: TIMES.ttl })),
    ];
  }
}
