import { Check, ConfigError, vacant } from '@ashlar/core';
import { MailDomain } from '@ashlar/network';
import { Construct } from 'constructs';
import { type IIspConfigObject, type IspConfigCall, OBJECT, reference } from './ispconfig-call';
import { IspConfigClient } from './ispconfig-client';

export interface IspConfigMailDomainProps {
  /** The mail of the domain as the model has it; its first DKIM key signs. */
  readonly mail: MailDomain;
}

/** A domain whose mailboxes a panel keeps. */
export class IspConfigMailDomain extends Construct implements IIspConfigObject {
  public static isIspConfigMailDomain(x: unknown): x is IspConfigMailDomain {
    return typeof x === 'object' && x !== null && DOMAIN in x;
  }

  public readonly client: IspConfigClient;
  public readonly domain: string;
  private readonly mail: MailDomain;

  /** @throws ISPCONFIG_SCOPE, ISPCONFIG_SELECTOR when the panel refuses the name of the DKIM key */
  constructor(scope: IspConfigClient, id: string, props: IspConfigMailDomainProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, DOMAIN, { value: true });
    Object.defineProperty(this, OBJECT, { value: true });
    if (!IspConfigClient.isIspConfigClient(scope)) {
      throw new ConfigError(this, 'ISPCONFIG_SCOPE', 'a mail domain belongs to a client', {
        fix: `write new IspConfigMailDomain(client, '${id}', …)`,
      });
    }
    const check = new Check(this);
    check.known(props, ['mail']);
    this.client = scope;
    this.mail = check.instance('mail', props.mail, { name: 'MailDomain', is: MailDomain.isMailDomain }, 'mail');
    this.domain = this.mail.domain;
    const { selector } = this.mail.signingKey;
    if (!/^[a-z0-9]{1,63}$/.test(selector)) {
      throw new ConfigError(
        this,
        'ISPCONFIG_SELECTOR',
        `ISPConfig takes selectors of lower-case letters and digits, and ${this.domain} signs with ${selector}`,
        {
          fix: 'give the key a selector like 2026a',
        },
      );
    }
  }

  public calls(): readonly IspConfigCall[] {
    const { selector, publicKey, privateKey } = this.mail.signingKey;
    return [
      {
        key: `mail_domain/${this.domain}`,
        function: 'mail_domain_add',
        client: this.client.owner,
        params: {
          server_id: this.client.server.serverId,
          domain: this.domain,
          active: 'y',
          dkim: 'y',
          dkim_selector: selector,
          dkim_public: publicKey,
          dkim_private: reference(privateKey),
        },
      },
    ];
  }
}

const DOMAIN = Symbol.for('@ashlar/hosting.IspConfigMailDomain');
