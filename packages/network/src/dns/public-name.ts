import { Check, Claims, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { familyOf, isPrivate } from '../segments/subnet';

export interface PublicNameProps {
  /** Complete name in lower case, in a public domain of the site. */
  readonly name: string;
  /** Public addresses at which it is reached, such as that of a port forward. */
  readonly addresses: readonly string[];
}

/** What the Internet is told of a name that has another, private address inside. */
export class PublicName extends Construct {
  public static isPublicName(x: unknown): x is PublicName {
    return typeof x === 'object' && x !== null && NAME in x;
  }

  public readonly fqdn: string;
  public readonly addresses: readonly string[];

  /** @throws DNS_PUBLIC_ADDRESS, DNS_NAME_TAKEN */
  constructor(scope: Construct, id: string, props: PublicNameProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, NAME, { value: true });
    const check = new Check(this);
    check.known(props, ['name', 'addresses']);
    const form = /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
    this.fqdn = check.text('name', props.name, form, 'a complete DNS name in lower case', 'shop.example.net');
    this.addresses = [...check.list('addresses', props.addresses, "'203.0.113.5'")];
    for (const ip of this.addresses) {
      if (familyOf(ip) !== undefined && !isPrivate(ip)) continue;
      throw new ConfigError(this, 'DNS_PUBLIC_ADDRESS', 'the Internet has no way to the address', {
        got: ip,
        fix: 'write a public address',
      });
    }
    Claims.of(this).claim('public dns name', this.fqdn, this, holder => {
      return new ConfigError(this, 'DNS_NAME_TAKEN', `${this.fqdn} is already published by ${pathOf(holder)}`, {
        fix: 'name all addresses there',
      });
    });
  }
}

const NAME = Symbol.for('@ashlar/network.PublicName');
