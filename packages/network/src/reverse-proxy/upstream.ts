import { Check, ConfigError, type IConnectable, isConnectable, Port, pathOf } from '@ashlar/core';
import type { Construct } from 'constructs';
import { HealthCheck } from './health-check';
import type { ReverseProxy } from './reverse-proxy';

export interface UpstreamProps {
  /** What answers: a host, a VM, anything of single addresses. Several share the requests. */
  readonly to: IConnectable | readonly IConnectable[];
  /** TCP port on which it answers. */
  readonly port: Port;
  /** @default - whether it accepts a connection, where the proxy looks at all */
  readonly healthCheck?: HealthCheck;
  /** How several servers share the requests. @default - `roundrobin` for sites, `leastconn` for TCP, whose connections last */
  readonly balance?: 'roundrobin' | 'leastconn' | 'source';
}

/** One server behind a proxy. */
export interface UpstreamServer {
  /** From its place in the model: `servers-web`. */
  readonly name: string;
  readonly ip: string;
  /** The address as URLs and HAProxy take it: IPv6 in brackets. */
  readonly host: string;
}

/** The servers to which a proxy passes requests. */
export class Upstream {
  public readonly targets: readonly IConnectable[];
  public readonly port: Port;
  public readonly healthCheck?: HealthCheck;
  public readonly balance?: UpstreamProps['balance'];

  /**
   * Records the flows from the proxy.
   * @throws PROXY_PORT, PROXY_TARGET, PROXY_BALANCE, PROXY_HEALTH_CHECK
   */
  constructor(
    private readonly owner: Construct,
    private readonly proxy: ReverseProxy,
    props: UpstreamProps,
    use: 'sites' | 'tcp' = 'sites',
  ) {
    const check = new Check(owner);
    const { product } = proxy;
    this.port = singleTcp(owner, check.instance('port', props.port, Port, 'Port.tcp(8080)'));
    this.targets = Array.isArray(props.to)
      ? [...check.list('to', props.to, 'web')]
      : [check.present('to', props.to as IConnectable, 'web')];
    for (const target of this.targets) this.refuseTarget(target);
    if (this.targets.length > 1 && !product.balances) {
      throw new ConfigError(owner, 'PROXY_BALANCE', `${product.name} passes requests to one server, and to names ${this.targets.length}`, {
        fix: 'name one, or use HAProxy or Traefik',
      });
    }
    if (props.balance !== undefined) this.balance = check.choice('balance', props.balance, ['roundrobin', 'leastconn', 'source'] as const);
    if (props.healthCheck !== undefined) {
      const health = check.instance('healthCheck', props.healthCheck, HealthCheck, "HealthCheck.http('/healthz')");
      const kinds = product.healthChecks[use];
      if (!kinds.includes(health.kind)) {
        throw new ConfigError(owner, 'PROXY_HEALTH_CHECK', `${product.name} has no health check by ${health.kind}`, {
          fix: kinds.length > 0 ? `use one by ${kinds.join(' or ')}` : 'leave healthCheck out',
        });
      }
      this.healthCheck = health;
    }
    for (const target of this.targets) {
      proxy.connections.allowTo(target, this.port);
      if (this.healthCheck?.port !== undefined) proxy.connections.allowTo(target, this.healthCheck.port);
    }
  }

  /** By name. Read at synthesis, when the addresses are known. @throws PROXY_BACKEND_ADDRESS */
  public servers(): readonly UpstreamServer[] {
    return this.targets
      .map(target => {
        const ip = this.addressOf(target);
        if (ip === undefined) throw new ConfigError(this.owner, 'PROXY_BACKEND_ADDRESS', `${pathOf(target)} has no address of its own`);
        return {
          name: pathOf(target)
            .split('/')
            .slice(1)
            .join('-')
            .replace(/[^\w.:-]/g, '_'),
          ip,
          host: ip.includes(':') ? `[${ip}]` : ip,
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Its single address in a family that the proxy has, IPv4 first; undefined when there is none, or several. */
  public addressOf(target: IConnectable): string | undefined {
    const addresses = target.connections.endpoint.addresses().map(prefix => prefix.split('/'));
    for (const family of this.proxy.families) {
      const own = addresses.filter(([ip]) => (ip as string).includes(':') === (family === 6));
      const [only] = own;
      if (own.length === 1 && only && only[1] === (family === 4 ? '32' : '128')) return only[0];
    }
    return undefined;
  }

  private refuseTarget(target: IConnectable): void {
    if (!isConnectable(target)) {
      throw new ConfigError(this.owner, 'PROXY_TARGET', 'to takes something that has connections', {
        got: target,
        fix: 'pass the construct itself: a host, a VM',
      });
    }
  }
}

/** @throws PROXY_PORT when it is a range, or not TCP */
export function singleTcp(owner: Construct, port: Port): Port {
  if (port.protocol === 'tcp' && port.from === port.to) return port;
  throw new ConfigError(owner, 'PROXY_PORT', 'requests are passed to one TCP port', {
    got: String(port),
    fix: 'write port: Port.tcp(8080)',
  });
}
