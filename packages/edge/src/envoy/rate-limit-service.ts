import { ConfigError, Connections, type IConnectable, pathOf } from '@ashlar/core';
import { type IWorkload, KubernetesCluster, podAddresses, podSelection } from '@ashlar/kubernetes';
import { Construct } from 'constructs';

/** What Envoy Gateway runs to count requests in Redis for all proxies together; Redis lets it in. */
export class RateLimitService extends Construct implements IConnectable {
  public readonly connections: Connections;
  /** `host:port` of Redis. */
  public readonly redis: string;

  /** @throws ENVOY_REDIS */
  constructor(scope: Construct, id: string, props: { cluster: KubernetesCluster; namespace: string; redis: IWorkload }) {
    super(scope, id);
    const { cluster, namespace, redis } = props;
    const port = redis.connections?.defaultPort;
    if (!port || KubernetesCluster.find(redis) !== cluster) {
      throw new ConfigError(scope, 'ENVOY_REDIS', `redis must be a workload of ${pathOf(cluster)} with a port`, {
        got: redis,
        fix: 'pass the Workload itself, with port: 6379',
      });
    }
    const labels = { 'app.kubernetes.io/name': 'envoy-ratelimit' };
    this.connections = new Connections(this, {
      addresses: () => podAddresses(redis),
      pods: { ...podSelection(redis, namespace, labels) },
    });
    this.redis = `${redis.host}:${port.from}`;
    redis.connections.allowFrom(this);
  }
}
