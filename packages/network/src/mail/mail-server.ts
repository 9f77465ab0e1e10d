import { Check, Claims, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import ipaddr from 'ipaddr.js';
import { DnsRecordSet } from '../dns/dns-record-set';
import { Host } from '../segments/host';
import { isMailServer, MAIL_SERVER } from './is-mail-server';
import { MAIL_HELO } from './rules/mail-helo';
import { MAIL_PTR } from './rules/mail-ptr';

export interface MailServerProps {
  /** Machine on which it runs. */
  readonly host: Host;
  /** Name with which it greets others (HELO, EHLO) and to which MX records point. @default - the name of the host */
  readonly name?: string;
  /** Public addresses from which others see it, where the host's own are translated. @default - the addresses of the host */
  readonly addresses?: readonly string[];
  /** Name that the reverse zone of these addresses answers, where somebody else serves that zone. @default - what the site's own zones answer */
  readonly pointer?: string;
}

/**
 * A server that takes or sends mail for domains.
 *
 * Receivers refuse mail from an address whose reverse name is missing, or is another than the one in HELO, or does not lead back to the
 * address: rules hold the three together. Port 25 is opened where the flow is allowed, and not here.
 */
export class MailServer extends Construct {
  public static isMailServer(x: unknown): x is MailServer {
    return isMailServer(x);
  }

  public readonly host: Host;
  public readonly name: string;
  /** Public addresses, IPv4 before IPv6. */
  public readonly addresses: readonly string[];
  public readonly pointer: string | undefined;

  /** @throws MAIL_SERVER_ADDRESS, MAIL_SERVER_PRIVATE, MAIL_SERVER_NAME */
  constructor(scope: Construct, id: string, props: MailServerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MAIL_SERVER, { value: true });
    const check = new Check(this);
    check.known(props, ['host', 'name', 'addresses', 'pointer']);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "dmz.host('mx1', 25)");
    const dnsName = (prop: string, value: string) =>
      check.text(prop, value, DNS_NAME, 'a complete DNS name in lower case', 'mx1.example.net');
    this.name = dnsName('name', props.name ?? this.host.fqdn);
    this.pointer = props.pointer === undefined ? undefined : dnsName('pointer', props.pointer);
    const addresses = check.list('addresses', props.addresses ?? this.host.addresses.map(({ ip }) => ip), "'203.0.113.25'");
    this.addresses = addresses
      .map(address => this.publicAddress(address))
      .sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
    Claims.of(this).claim('mail server', this.name, this, holder => {
      return new ConfigError(this, 'MAIL_SERVER_NAME', `the name ${this.name} is already that of ${pathOf(holder)}`, {
        fix: 'give each server a name of its own',
      });
    });
    if (this.name !== this.host.fqdn) this.addNames();
    Site.of(this).addRules(MAIL_PTR, MAIL_HELO);
  }

  /** Addresses of the name that is not the host's own. */
  private addNames(): void {
    for (const [type, six] of [
      ['A', false],
      ['AAAA', true],
    ] as const) {
      const values = this.addresses.filter(address => address.includes(':') === six);
      if (values.length > 0) new DnsRecordSet(this, type, { name: this.name, type, values });
    }
  }

  private publicAddress(address: string): string {
    if (typeof address !== 'string' || !(ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address))) {
      throw new ConfigError(this, 'MAIL_SERVER_ADDRESS', 'addresses are single IPv4 or IPv6 addresses', {
        got: address,
        fix: "write '203.0.113.25'",
      });
    }
    const parsed = ipaddr.parse(address);
    if (NOT_PUBLIC.includes(parsed.range())) {
      throw new ConfigError(this, 'MAIL_SERVER_PRIVATE', `sends from ${address}, which nobody outside can check`, {
        fix: 'write addresses: the public ones to which the gateway translates it',
      });
    }
    return parsed.toString();
  }
}

const DNS_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const NOT_PUBLIC: readonly string[] = [
  'private',
  'uniqueLocal',
  'loopback',
  'linkLocal',
  'carrierGradeNat',
  'unspecified',
  'multicast',
  'broadcast',
];
