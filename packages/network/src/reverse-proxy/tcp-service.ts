import { Check, ConfigError, Port, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import type { ReverseProxy } from './reverse-proxy';
import { singleTcp, Upstream, type UpstreamProps } from './upstream';

export interface TcpServiceProps extends UpstreamProps {
  /** Port of the proxy. @default - the same as that of the servers */
  readonly listen?: Port;
}

/** Connections that a proxy passes on without looking into them, such as those of a database or of a Kubernetes API. */
export class TcpService extends Construct {
  public static isTcpService(x: unknown): x is TcpService {
    return typeof x === 'object' && x !== null && TCP_SERVICE in x;
  }

  public readonly name: string;
  /** Port of the proxy. */
  public readonly listen: Port;
  public readonly upstream: Upstream;

  /** @throws PROXY_LISTEN, PROXY_OPTION, and those of {@link Upstream} */
  constructor(proxy: ReverseProxy, id: string, props: TcpServiceProps) {
    super(vacant(proxy, id), id);
    Object.defineProperty(this, TCP_SERVICE, { value: true });
    const check = new Check(this);
    check.known(props, ['to', 'port', 'listen', 'healthCheck', 'balance']);
    this.name = check.label('the id of a service', id);
    if (props.balance !== undefined && !proxy.product.options.includes('balance')) {
      throw new ConfigError(this, 'PROXY_OPTION', `${proxy.product.name} has no balance`, { fix: 'leave it out, or use another proxy' });
    }
    this.listen = singleTcp(this, check.instance('listen', props.listen ?? props.port, Port, 'Port.tcp(5432)'));
    proxy.listen(this, this.listen.from);
    this.upstream = new Upstream(this, proxy, props, 'tcp');
  }
}

const TCP_SERVICE = Symbol.for('@ashlar/network.TcpService');
