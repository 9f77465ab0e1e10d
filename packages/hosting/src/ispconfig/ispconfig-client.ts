import { Check, ConfigError, Secret, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { type IIspConfigObject, type IspConfigCall, OBJECT, reference } from './ispconfig-call';
import { IspConfigServer } from './ispconfig-server';

export interface IspConfigClientProps {
  /** Name of the person. */
  readonly contactName: string;
  /** @default - none */
  readonly companyName?: string;
  readonly email: string;
  /** Country by ISO 3166-1, e.g. `DE`. */
  readonly country: string;
  readonly password: Secret;
}

/** A customer of a panel, who owns zones, mail and web sites. The id is the login name. */
export class IspConfigClient extends Construct implements IIspConfigObject {
  public static isIspConfigClient(x: unknown): x is IspConfigClient {
    return typeof x === 'object' && x !== null && CLIENT in x;
  }

  public readonly server: IspConfigServer;
  public readonly username: string;
  private readonly props: IspConfigClientProps;

  /** @throws ISPCONFIG_SCOPE, and the errors of {@link Check} */
  constructor(scope: IspConfigServer, username: string, props: IspConfigClientProps) {
    super(vacant(scope, username), username);
    Object.defineProperty(this, CLIENT, { value: true });
    Object.defineProperty(this, OBJECT, { value: true });
    if (!IspConfigServer.isIspConfigServer(scope)) {
      throw new ConfigError(this, 'ISPCONFIG_SCOPE', 'a client belongs to a panel', {
        fix: `write new IspConfigClient(panel, '${username}', …)`,
      });
    }
    const check = new Check(this);
    check.known(props, ['contactName', 'companyName', 'email', 'country', 'password']);
    this.username = check.text(
      'the id of a client',
      username,
      /^[a-z][\w.-]{0,63}$/,
      'a login name of up to 64 letters, digits and . _ -',
      'acme',
    );
    check.text('contactName', props.contactName, /^[^<>]{1,64}$/, 'a name of up to 64 characters', 'Jo Doe');
    if (props.companyName !== undefined)
      check.text('companyName', props.companyName, /^[^<>]{1,64}$/, 'a name of up to 64 characters', 'Acme');
    check.text('email', props.email, /^[\w.+-]+@[a-z0-9.-]+\.[a-z]{2,}$/, 'a mail address', 'jo@example.org');
    check.text('country', props.country, /^[A-Z]{2}$/, 'a country code of two capital letters', 'DE');
    check.instance('password', props.password, Secret, "Secret.fromOpenBao('kv/ispconfig', 'acme')");
    this.server = scope;
    this.props = props;
  }

  /** Stands for the id of the client in the calls of what it owns. */
  public get owner(): IspConfigCall['client'] {
    return { name: 'client_id', value: { $id: this.key } };
  }

  public calls(): readonly IspConfigCall[] {
    const { contactName, companyName = '', email, country, password } = this.props;
    const own = {
      company_name: companyName,
      contact_name: contactName,
      country,
      email,
      username: this.username,
      password: reference(password),
    };
    const { serverId } = this.server;
    const servers = { default_mailserver: serverId, default_webserver: serverId, default_dnsserver: serverId, default_dbserver: serverId };
    return [
      {
        key: this.key,
        function: 'client_add',
        client: { name: 'reseller_id', value: 0 },
        params: { ...EMPTY, ...LIMITS, ...servers, ...own },
      },
    ];
  }

  private get key(): string {
    return `client/${this.username}`;
  }
}

const CLIENT = Symbol.for('@ashlar/hosting.IspConfigClient');

/** What the API wants to be there, and we have nothing to say about. */
const EMPTY = {
  customer_no: '',
  vat_id: '',
  street: '',
  zip: '',
  city: '',
  state: '',
  telephone: '',
  mobile: '',
  fax: '',
  internet: '',
  icq: '',
  notes: '',
  parent_client_id: 0,
  language: 'en',
  usertheme: 'default',
  template_master: 0,
  template_additional: '',
  created_at: 0,
} as const;

/** -1 is without limit. What gives a shell, or runs programs of the client, is 0: it is opened in the panel, for one who asks. */
const LIMITS = {
  limit_maildomain: -1,
  limit_mailbox: -1,
  limit_mailalias: -1,
  limit_mailaliasdomain: -1,
  limit_mailforward: -1,
  limit_mailcatchall: -1,
  limit_mailrouting: 0,
  limit_mail_wblist: 0,
  limit_mailfilter: -1,
  limit_fetchmail: -1,
  limit_mailquota: -1,
  limit_spamfilter_wblist: 0,
  limit_spamfilter_user: 0,
  limit_spamfilter_policy: 0,
  limit_web_ip: '',
  limit_web_domain: -1,
  limit_web_quota: -1,
  web_php_options: 'no,php-fpm',
  limit_web_subdomain: -1,
  limit_web_aliasdomain: -1,
  limit_ftp_user: -1,
  limit_shell_user: 0,
  ssh_chroot: 'no,jailkit',
  limit_webdav_user: 0,
  limit_dns_zone: -1,
  limit_dns_slave_zone: -1,
  limit_dns_record: -1,
  limit_database: -1,
  limit_cron: 0,
  limit_cron_type: 'url',
  limit_cron_frequency: 5,
  limit_traffic_quota: -1,
  limit_client: 0,
} as const;
