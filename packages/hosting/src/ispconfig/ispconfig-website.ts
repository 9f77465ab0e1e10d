import { Check, ConfigError, Size, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { type IIspConfigObject, type IspConfigCall, OBJECT } from './ispconfig-call';
import { IspConfigClient } from './ispconfig-client';

export interface IspConfigWebsiteProps {
  readonly domain: string;
  /** Space that its files may take. */
  readonly quota: Size;
  /** Whether it runs PHP, in a process manager of its own. @default false */
  readonly php?: boolean;
  /** Whether a reverse proxy has the certificate, and asks over HTTP. @default false */
  readonly behindProxy?: boolean;
}

/** A web site, by itself with a certificate of Let's Encrypt; what comes over HTTP is sent to HTTPS. */
export class IspConfigWebsite extends Construct implements IIspConfigObject {
  public readonly domain: string;
  private readonly client: IspConfigClient;
  private readonly props: IspConfigWebsiteProps;

  /** @throws ISPCONFIG_SCOPE, and the errors of {@link Check} */
  constructor(scope: IspConfigClient, id: string, props: IspConfigWebsiteProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, OBJECT, { value: true });
    if (!IspConfigClient.isIspConfigClient(scope)) {
      throw new ConfigError(this, 'ISPCONFIG_SCOPE', 'a web site belongs to a client', {
        fix: `write new IspConfigWebsite(client, '${id}', …)`,
      });
    }
    const check = new Check(this);
    check.known(props, ['domain', 'quota', 'php', 'behindProxy']);
    const form = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
    this.domain = check.text('domain', props.domain, form, 'a domain name in lower case', 'example.org');
    check.instance('quota', props.quota, Size, 'Size.gibibytes(5)');
    if (props.php !== undefined) check.boolean('php', props.php);
    if (props.behindProxy !== undefined) check.boolean('behindProxy', props.behindProxy);
    this.client = scope;
    this.props = props;
  }

  public calls(): readonly IspConfigCall[] {
    const { server, owner } = this.client;
    const own = {
      server_id: server.serverId,
      domain: this.domain,
      hd_quota: this.props.quota.toMebibytes(),
      php: this.props.php ? 'php-fpm' : 'no',
      ssl_domain: this.domain,
      ...(this.props.behindProxy && { ssl: 'n', ssl_letsencrypt: 'n', rewrite_to_https: 'n' }),
    };
    return [{ key: `web_domain/${this.domain}`, function: 'sites_web_domain_add', client: owner, params: { ...DEFAULTS, ...own } }];
  }
}

/** No CGI and no includes of the server; PHP processes end when nobody asks. -1 is without limit. */
const DEFAULTS = {
  ip_address: '*',
  type: 'vhost',
  parent_domain_id: 0,
  vhost_type: 'name',
  document_root: '',
  system_user: '',
  system_group: '',
  traffic_quota: -1,
  cgi: 'n',
  ssi: 'n',
  suexec: 'y',
  errordocs: 1,
  is_subdomainwww: 1,
  subdomain: 'www',
  ruby: 'n',
  redirect_type: '',
  redirect_path: '',
  rewrite_to_https: 'y',
  ssl: 'y',
  ssl_letsencrypt: 'y',
  ssl_state: '',
  ssl_locality: '',
  ssl_organisation: '',
  ssl_organisation_unit: '',
  ssl_country: '',
  ssl_key: '',
  ssl_request: '',
  ssl_cert: '',
  ssl_bundle: '',
  ssl_action: '',
  stats_password: '',
  stats_type: '',
  allow_override: 'All',
  apache_directives: '',
  php_open_basedir: '',
  pm: 'ondemand',
  pm_max_requests: 0,
  pm_process_idle_timeout: 10,
  custom_php_ini: '',
  backup_interval: 'none',
  backup_copies: 1,
  http_port: 80,
  https_port: 443,
  active: 'y',
  traffic_quota_lock: 'n',
} as const;
