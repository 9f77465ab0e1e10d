import { Check, ConfigError, type IConnectable, type Port, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { AccessList } from './access-list';
import type { Certificate } from './certificate';
import { ForwardAuth, type ForwardAuthProps } from './forward-auth';
import { RateLimit } from './rate-limit';
import type { ReverseProxy } from './reverse-proxy';
import { SiteNames, type SiteNamesProps } from './site-names';
import { Upstream, type UpstreamProps } from './upstream';

/** A part of a site that something else answers. */
export interface ProxyLocation {
  /** Beginning of the paths, e.g. `/api`. */
  readonly path: string;
  readonly to: IConnectable | readonly IConnectable[];
  readonly port: Port;
}

/** What answers for the paths of a site that begin with `path`, or for all that are left. */
export interface SitePart {
  /** Unique in the proxy: `shop`, `shop:api` */
  readonly name: string;
  readonly path?: string;
  readonly upstream: Upstream;
}

export interface ProxiedSiteProps extends SiteNamesProps, UpstreamProps {
  /** How the servers are spoken to, those of its locations too. @default http */
  readonly scheme?: 'http' | 'https';
  /** With `https`: whether a server must show a valid certificate for the first of `names`. @default true */
  readonly verify?: boolean;
  /** Whether plain HTTP is answered with a redirect only. @default - true, where there is a certificate */
  readonly forceSsl?: boolean;
  /** Whether browsers are told to use HTTPS for a year. @default - as `forceSsl` */
  readonly hsts?: boolean;
  /** Whether connections may be upgraded and stay open for an hour in silence. Traefik always lets them. @default false */
  readonly websockets?: boolean;
  /** @default - whoever can reach the proxy */
  readonly accessList?: AccessList;
  /** Requests that one address may make. @default - any number */
  readonly rateLimit?: RateLimit;
  /** Service that is asked about each request. @default - none */
  readonly forwardAuth?: ForwardAuthProps;
  /** @default - `to` answers everything */
  readonly locations?: readonly ProxyLocation[];
}

/** A web site that a reverse proxy publishes: its names, its certificate, and what answers. */
export class ProxiedSite extends Construct {
  public static isProxiedSite(x: unknown): x is ProxiedSite {
    return typeof x === 'object' && x !== null && PROXIED_SITE in x;
  }

  public readonly name: string;
  /** Sorted. */
  public readonly names: readonly string[];
  /** The name by which servers are asked for their certificate, and for their health. */
  public readonly serverName: string;
  public readonly certificate: Certificate;
  /** Its locations, longest path first, then the whole site: the order in which they are tried. */
  public readonly parts: readonly SitePart[];
  public readonly scheme: 'http' | 'https';
  public readonly verify: boolean;
  public readonly forceSsl: boolean;
  public readonly hsts: boolean;
  public readonly websockets: boolean;
  public readonly accessList?: AccessList;
  public readonly rateLimit?: RateLimit;
  public readonly forwardAuth?: ForwardAuth;

  /** @throws PROXY_OPTION, PROXY_SSL, PROXY_VERIFY, PROXY_LOCATION and those of {@link SiteNames} and {@link Upstream} */
  constructor(
    public readonly proxy: ReverseProxy,
    id: string,
    props: ProxiedSiteProps,
  ) {
    super(vacant(proxy, id), id);
    Object.defineProperty(this, PROXIED_SITE, { value: true });
    const check = new Check(this);
    check.known(props, PROPS);
    this.name = check.label('the id of a site', id);
    for (const option of ['rateLimit', 'forwardAuth', 'balance'] as const) {
      if (props[option] === undefined || proxy.product.options.includes(option)) continue;
      throw new ConfigError(this, 'PROXY_OPTION', `${proxy.product.name} has no ${option}`, { fix: 'leave it out, or use another proxy' });
    }
    const names = new SiteNames(this, proxy, props);
    this.names = names.names;
    this.serverName = names.first;
    this.certificate = names.certificate;
    const secure = this.certificate.kind !== 'none';
    this.forceSsl = this.secured(check, 'forceSsl', props.forceSsl, secure, 'a certificate');
    this.hsts = this.secured(check, 'hsts', props.hsts, this.forceSsl, 'forceSsl');
    this.websockets = check.boolean('websockets', props.websockets ?? false);
    this.scheme = check.choice('scheme', props.scheme ?? 'http', ['http', 'https']);
    this.verify = check.boolean('verify', props.verify ?? true);
    if (this.scheme === 'https' && this.verify && !proxy.product.verifies) {
      throw new ConfigError(this, 'PROXY_VERIFY', `${proxy.product.name} takes any certificate that a server shows`, {
        fix: 'write verify: false where nobody can stand between them',
      });
    }
    this.parts = [...this.located(check, props), { name: id, upstream: new Upstream(this, proxy, props) }];
    if (props.accessList !== undefined) {
      const list = { name: 'AccessList', is: AccessList.isAccessList };
      this.accessList = check.instance('accessList', props.accessList, list, "new AccessList(site, 'staff', { clients: [management] })");
    }
    if (props.rateLimit !== undefined) {
      this.rateLimit = check.instance('rateLimit', props.rateLimit, RateLimit, 'RateLimit.perSecond(20, { burst: 50 })');
    }
    if (props.forwardAuth !== undefined) this.forwardAuth = new ForwardAuth(this, proxy, props.forwardAuth);
  }

  /** Every upstream, that of the authorization among them. */
  public get upstreams(): readonly Upstream[] {
    return [...this.parts.map(part => part.upstream), ...(this.forwardAuth ? [this.forwardAuth.upstream] : [])];
  }

  /** Without a certificate there is no HTTPS to insist on, and without insisting none that browsers should remember. */
  private secured(check: Check, name: string, value: boolean | undefined, possible: boolean, needs: string): boolean {
    if (value === undefined) return possible;
    if (check.boolean(name, value) && !possible) {
      throw new ConfigError(this, 'PROXY_SSL', `${name} needs ${needs}, and the site has none`, {
        fix: `give it ${needs}, or leave ${name} out`,
      });
    }
    return value;
  }

  private located(check: Check, props: ProxiedSiteProps): SitePart[] {
    const seen = new Set<string>();
    return (props.locations ?? [])
      .map(location => {
        check.known(location, ['path', 'to', 'port']);
        const path = check.text('path', location.path, /^(\/[\w.-]+)+\/?$/, 'the beginning of a path', '/api');
        if (seen.has(path)) throw new ConfigError(this, 'PROXY_LOCATION', `the path ${path} is named twice`, { fix: 'name it once' });
        seen.add(path);
        return {
          name: `${this.name}${path.replaceAll('/', ':')}`,
          path,
          upstream: new Upstream(this, this.proxy, { to: location.to, port: location.port }),
        };
      })
      .sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1));
  }
}

const PROXIED_SITE = Symbol.for('@ashlar/network.ProxiedSite');

const PROPS: readonly (keyof ProxiedSiteProps)[] = [
  'names',
  'to',
  'port',
  'certificate',
  'scheme',
  'verify',
  'forceSsl',
  'hsts',
  'websockets',
  'accessList',
  'rateLimit',
  'forwardAuth',
  'locations',
  'healthCheck',
  'balance',
];
