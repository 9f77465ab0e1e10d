import {
  Check,
  Claims,
  ConfigError,
  Connections,
  type IConnectable,
  type ILifecycle,
  type Lifecycle,
  Port,
  pathOf,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';
import type { HealthCheckKind } from './health-check';
import { isReverseProxy, REVERSE_PROXY } from './is-reverse-proxy';
import { ProxiedSite, type ProxiedSiteProps } from './proxied-site';
import { proxyLifecycle } from './proxy-lifecycle';
import { RetiredSite, type RetiredSiteProps } from './retired-site';
import { PROXY_ACME } from './rules/proxy-acme';
import { PROXY_BACKEND_ADDRESS } from './rules/proxy-backend-address';
import { PROXY_CHALLENGE } from './rules/proxy-challenge';
import { PROXY_LOOP } from './rules/proxy-loop';
import { TcpService, type TcpServiceProps } from './tcp-service';
import type { Upstream } from './upstream';
import { VirtualIp, type VirtualIpProps } from './virtual-ip';

/** What a product can do. A site that asks for more is refused, so that no option is dropped in silence. */
export interface ProxyProduct {
  readonly name: string;
  /** Options of {@link ProxiedSiteProps} that not every product has. */
  readonly options: readonly ProductOption[];
  readonly healthChecks: { readonly sites: readonly HealthCheckKind[]; readonly tcp: readonly HealthCheckKind[] };
  /** ACME challenges that it answers itself. */
  readonly challenges: readonly ('http-01' | 'dns-01')[];
  /** Whether it shares requests between several servers. */
  readonly balances: boolean;
  /** Whether it can check the certificate that a server shows. */
  readonly verifies: boolean;
  /** TCP ports that it listens on whatever is declared. */
  readonly listens: readonly number[];
}

export type ProductOption = 'rateLimit' | 'forwardAuth' | 'balance';

/** Where a reverse proxy runs. */
export interface ReverseProxyPlace {
  readonly hosts: readonly Host[];
  readonly vip?: VirtualIpProps;
}

/**
 * What stands before web sites: it takes requests by name, ends TLS, and passes them on. It records the flows to what it passes
 * requests to; who may reach it is said where it is used: `proxy.connections.allowFrom(Internet.of(site), Port.tcp(443))`.
 */
export abstract class ReverseProxy extends Construct implements IConnectable, ILifecycle {
  public static isReverseProxy(x: unknown): x is ReverseProxy {
    return isReverseProxy(x);
  }

  /** In the order of preference for the virtual address. */
  public readonly hosts: readonly Host[];
  public readonly vip?: VirtualIp;
  /** Flows of its hosts. A virtual address has its own: `vip.connections.allowFrom(…)`. */
  public readonly connections: Connections;
  private readonly listening = new Set<number>();

  /** @throws PROXY_HOST_TWICE, PROXY_LISTEN, PROXY_VIP */
  protected constructor(
    scope: Construct,
    id: string,
    place: ReverseProxyPlace,
    /** What it can do. */
    public readonly product: ProxyProduct,
  ) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, REVERSE_PROXY, { value: true });
    const check = new Check(this);
    check.label('the id of a reverse proxy', id);
    this.hosts = [...check.list('hosts', place?.hosts, "servers.host('edge1', 11)")];
    for (const [i, host] of this.hosts.entries()) {
      check.instance('hosts', host, { name: 'Host', is: Host.isHost }, "[servers.host('edge1', 11)]");
      if (this.hosts.indexOf(host) < i) {
        throw new ConfigError(this, 'PROXY_HOST_TWICE', `${pathOf(host)} is named twice`, { fix: 'name each host once' });
      }
    }
    if (place.vip !== undefined) this.vip = new VirtualIp(this, this.hosts, place.vip);
    this.connections = new Connections(this, {
      addresses: () => this.hosts.flatMap(host => host.connections.endpoint.addresses()),
    });
    for (const port of product.listens) this.listen(this, port);
    Site.of(this).addRules(PROXY_ACME, PROXY_BACKEND_ADDRESS, PROXY_CHALLENGE, PROXY_LOOP);
  }

  /** Publishes a web site under its names. */
  public site(id: string, props: ProxiedSiteProps): ProxiedSite {
    return new ProxiedSite(this, id, props);
  }

  /** Passes connections to one of its ports on, without looking into them. */
  public tcp(id: string, props: TcpServiceProps): TcpService {
    return new TcpService(this, id, props);
  }

  /** Answers under names that are no site any more. */
  public retire(id: string, props: RetiredSiteProps): RetiredSite {
    return new RetiredSite(this, id, props);
  }

  /** By id, as are the others. */
  public get sites(): readonly ProxiedSite[] {
    return this.node.children.filter(ProxiedSite.isProxiedSite).sort(byId);
  }

  public get tcpServices(): readonly TcpService[] {
    return this.node.children.filter(TcpService.isTcpService).sort(byId);
  }

  public get retired(): readonly RetiredSite[] {
    return this.node.children.filter(RetiredSite.isRetiredSite).sort(byId);
  }

  /** Families in which every host can open a connection, IPv4 first. */
  public get families(): readonly (4 | 6)[] {
    return ([4, 6] as const).filter(family => this.hosts.every(host => host.addresses.some(a => a.family === family)));
  }

  /** Everything that requests are passed to, and on whose behalf. */
  public get upstreams(): readonly { readonly owner: Construct; readonly upstream: Upstream }[] {
    return [
      ...this.sites.flatMap(owner => owner.upstreams.map(upstream => ({ owner, upstream }))),
      ...this.tcpServices.map(owner => ({ owner, upstream: owner.upstream })),
    ];
  }

  public get lifecycle(): Lifecycle {
    return proxyLifecycle(this);
  }

  /** Whether it takes connections on a TCP port. */
  public listensOn(port: number): boolean {
    return this.listening.has(port);
  }

  /** Takes a TCP port of every host for `claimant`. @throws PROXY_LISTEN */
  public listen(claimant: Construct, port: number): void {
    this.listening.add(port);
    for (const host of this.hosts) {
      Claims.of(this).claim(`proxy port of ${host.node.path}`, port, claimant, holder => {
        return new ConfigError(claimant, 'PROXY_LISTEN', `${Port.tcp(port)} of ${pathOf(host)} is already that of ${pathOf(holder)}`, {
          fix: 'listen on another port, or on another host',
        });
      });
    }
  }
}

function byId(a: Construct, b: Construct): number {
  return a.node.id < b.node.id ? -1 : 1;
}
