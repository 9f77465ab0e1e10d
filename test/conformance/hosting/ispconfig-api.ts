/** A type of a parameter, as the documentation of the remote API gives it. */
type Parameter = 'int' | 'bigint' | `varchar(${number})` | `char(${number})` | 'text' | `enum(${string})`;

/** Parameters of one function. */
type Parameters = Readonly<Record<string, Parameter>>;

const RECORD: Parameters = {
  server_id: 'int',
  zone: 'int',
  name: 'varchar(255)',
  type: 'enum(A,AAAA,ALIAS,CAA,CNAME,MX,NS,PTR,SRV,SSHFP,TLSA,TXT)',
  data: 'varchar(512)',
  aux: 'int',
  ttl: 'int',
  active: 'enum(n,y)',
  stamp: 'varchar(255)',
  serial: 'int',
};

const limits = (...names: string[]): Parameters => Object.fromEntries(names.map(name => [`limit_${name}`, 'int' as const]));

/**
 * What the functions of the remote API take, as its documentation lists it (`remoting_client/API-docs` of ISPConfig 3.2), with the
 * parameters that the forms behind them have gained since: DKIM of mail domains, Let's Encrypt, process managers of PHP.
 * @see https://www.ispconfig.org/documentation/
 */
export const FUNCTIONS: Readonly<Record<string, { readonly owner: 'client_id' | 'reseller_id'; readonly params: Parameters }>> = {
  client_add: {
    owner: 'reseller_id',
    params: {
      company_name: 'varchar(64)',
      contact_name: 'varchar(64)',
      customer_no: 'varchar(64)',
      vat_id: 'varchar(64)',
      street: 'varchar(255)',
      zip: 'varchar(32)',
      city: 'varchar(64)',
      state: 'varchar(32)',
      country: 'char(2)',
      telephone: 'varchar(32)',
      mobile: 'varchar(32)',
      fax: 'varchar(32)',
      email: 'varchar(255)',
      internet: 'varchar(255)',
      icq: 'varchar(16)',
      notes: 'text',
      default_mailserver: 'int',
      ...limits(
        'maildomain',
        'mailbox',
        'mailalias',
        'mailaliasdomain',
        'mailforward',
        'mailcatchall',
        'mailrouting',
        'mail_wblist',
        'mailfilter',
      ),
      ...limits('fetchmail', 'mailquota', 'spamfilter_wblist', 'spamfilter_user', 'spamfilter_policy'),
      default_webserver: 'int',
      limit_web_ip: 'text',
      ...limits('web_domain', 'web_quota', 'web_subdomain', 'web_aliasdomain', 'ftp_user', 'shell_user', 'webdav_user'),
      web_php_options: 'varchar(255)',
      ssh_chroot: 'varchar(255)',
      default_dnsserver: 'int',
      ...limits('dns_zone', 'dns_slave_zone', 'dns_record', 'database', 'cron', 'cron_frequency', 'traffic_quota', 'client'),
      default_dbserver: 'int',
      limit_cron_type: 'enum(url,chrooted,full)',
      parent_client_id: 'int',
      username: 'varchar(64)',
      password: 'varchar(64)',
      language: 'char(2)',
      usertheme: 'varchar(32)',
      template_master: 'int',
      template_additional: 'varchar(255)',
      created_at: 'bigint',
    },
  },
  dns_zone_add: {
    owner: 'client_id',
    params: {
      server_id: 'int',
      origin: 'varchar(255)',
      ns: 'varchar(255)',
      mbox: 'varchar(255)',
      serial: 'int',
      refresh: 'int',
      retry: 'int',
      expire: 'int',
      minimum: 'int',
      ttl: 'int',
      active: 'enum(n,y)',
      xfer: 'varchar(255)',
      also_notify: 'varchar(255)',
      update_acl: 'varchar(255)',
    },
  },
  ...Object.fromEntries(
    ['a', 'aaaa', 'caa', 'cname', 'mx', 'ns', 'srv', 'txt'].map(type => [`dns_${type}_add`, { owner: 'client_id', params: RECORD }]),
  ),
  mail_domain_add: {
    owner: 'client_id',
    params: {
      server_id: 'int',
      domain: 'varchar(255)',
      active: 'enum(n,y)',
      dkim: 'enum(n,y)',
      dkim_selector: 'varchar(63)',
      dkim_public: 'text',
      dkim_private: 'text',
    },
  },
  mail_user_add: {
    owner: 'client_id',
    params: {
      server_id: 'int',
      email: 'varchar(255)',
      login: 'varchar(64)',
      password: 'varchar(255)',
      name: 'varchar(255)',
      uid: 'int',
      gid: 'int',
      maildir: 'varchar(255)',
      quota: 'bigint',
      cc: 'varchar(255)',
      homedir: 'varchar(255)',
      autoresponder: 'enum(n,y)',
      autoresponder_start_date: 'varchar(19)',
      autoresponder_end_date: 'varchar(19)',
      autoresponder_text: 'text',
      autoresponder_subject: 'varchar(255)',
      move_junk: 'enum(y,a,n)',
      custom_mailfilter: 'text',
      postfix: 'enum(n,y)',
      access: 'enum(n,y)',
      disableimap: 'enum(n,y)',
      disablepop3: 'enum(n,y)',
      disabledeliver: 'enum(n,y)',
      disablesmtp: 'enum(n,y)',
    },
  },
  sites_web_domain_add: {
    owner: 'client_id',
    params: {
      server_id: 'int',
      ip_address: 'varchar(39)',
      domain: 'varchar(255)',
      type: 'enum(vhost,alias,subdomain)',
      parent_domain_id: 'int',
      vhost_type: 'enum(name,ip)',
      document_root: 'varchar(255)',
      system_user: 'varchar(255)',
      system_group: 'varchar(255)',
      hd_quota: 'bigint',
      traffic_quota: 'bigint',
      cgi: 'enum(n,y)',
      ssi: 'enum(n,y)',
      suexec: 'enum(n,y)',
      errordocs: 'int',
      is_subdomainwww: 'int',
      subdomain: 'enum(none,www,*)',
      php: 'enum(no,fast-cgi,mod,suphp,php-fpm)',
      ruby: 'enum(n,y)',
      redirect_type: 'varchar(255)',
      redirect_path: 'varchar(255)',
      rewrite_to_https: 'enum(n,y)',
      ssl: 'enum(n,y)',
      ssl_letsencrypt: 'enum(n,y)',
      ssl_state: 'varchar(255)',
      ssl_locality: 'varchar(255)',
      ssl_organisation: 'varchar(255)',
      ssl_organisation_unit: 'varchar(255)',
      ssl_country: 'varchar(255)',
      ssl_domain: 'varchar(255)',
      ssl_key: 'text',
      ssl_request: 'text',
      ssl_cert: 'text',
      ssl_bundle: 'text',
      ssl_action: 'varchar(16)',
      stats_password: 'varchar(255)',
      stats_type: 'varchar(255)',
      allow_override: 'varchar(255)',
      apache_directives: 'text',
      php_open_basedir: 'text',
      pm: 'enum(static,dynamic,ondemand)',
      pm_max_requests: 'int',
      pm_process_idle_timeout: 'int',
      custom_php_ini: 'text',
      backup_interval: 'enum(none,daily,weekly,monthly)',
      backup_copies: 'int',
      http_port: 'int',
      https_port: 'int',
      active: 'enum(n,y)',
      traffic_quota_lock: 'enum(n,y)',
    },
  },
};

/** Patterns of the forms behind the functions, and ranges, for the parameters that have one. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'dns_zone_add origin': /^[a-zA-Z0-9./-]{1,255}\.[a-zA-Z0-9-]{2,63}\.?$/,
  'dns_zone_add ns': /^[a-zA-Z0-9.-]{1,255}$/,
  'dns_zone_add mbox': /^[a-zA-Z0-9.\-_+]{0,255}\.$/,
  'dns_mx_add name': /^[a-zA-Z0-9.*-]{0,255}$/,
  'dns_mx_add data': /^[a-zA-Z0-9.-]{1,255}$/,
  'dns_txt_add name': /^(\*\.|[a-zA-Z0-9.\-_]){0,255}$/,
  'mail_domain_add dkim_selector': /^[a-z0-9]{0,63}$/,
  'mail_user_add login': /^[_a-z0-9][\w.\-_+@]{1,63}$/,
  'mail_user_add quota': /^\d+$/,
  'sites_web_domain_add hd_quota': /^(-1|\d{1,10})$/,
};

/** What is wrong with a call, one line for each fault. */
export function faults(call: { readonly function: string; readonly params: Readonly<Record<string, unknown>> }): string[] {
  const known = FUNCTIONS[call.function];
  if (!known) return [`there is no function ${call.function}`];
  const params = (call.params.params ?? {}) as Readonly<Record<string, unknown>>;
  const owner = call.params[known.owner];
  return [
    ...(owner === undefined
      ? [`${known.owner} is missing`]
      : isReference(owner, '$id') || Number.isInteger(owner)
        ? []
        : [`${known.owner} is no id`]),
    ...Object.keys(known.params)
      .filter(name => !(name in params))
      .map(name => `${name} is missing`),
    ...Object.keys(params)
      .filter(name => !(name in known.params))
      .map(name => `there is no ${name}`),
    ...Object.entries(known.params)
      .filter(([name]) => name in params)
      .flatMap(([name, type]) => valueFaults(call.function, name, type, params[name])),
  ];
}

function valueFaults(name: string, parameter: string, type: Parameter, value: unknown): string[] {
  if (isReference(value, '$id')) return type === 'int' ? [] : [`${parameter} is no id`];
  if (isReference(value, '$secret')) return /password|private/.test(parameter) ? [] : [`${parameter} is no secret`];
  const form = FORMS[`${name} ${parameter}`];
  if (form && !form.test(String(value))) return [`${parameter} is refused by its form: ${value}`];
  if (type === 'int' || type === 'bigint') return Number.isInteger(value) ? [] : [`${parameter} is no whole number: ${value}`];
  if (typeof value !== 'string') return [`${parameter} is no text`];
  const choices = /^enum\((.*)\)$/.exec(type)?.[1]?.split(',');
  if (choices) return choices.includes(value) ? [] : [`${parameter} is none of ${choices.join(', ')}: ${value}`];
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY);
  return value.length <= length ? [] : [`${parameter} has ${value.length} characters of ${length}`];
}

function isReference(value: unknown, key: '$id' | '$secret'): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[key] === 'string';
}
