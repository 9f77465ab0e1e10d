import { Check, ConfigError } from '@ashlar/core';
import { Host, Pool } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/** An address for which the load balancer of a cluster answers. @throws GATEWAY_ADDRESS, PROP_* */
export function poolAddress(scope: IConstruct, address: Host): Host {
  const host = new Check(scope).instance('address', address, { name: 'Host', is: Host.isHost }, "loadBalancers.host('edge')");
  const pools = host.vlan.node.children.filter(Pool.isPool);
  if (pools.some(pool => pool.use === 'load-balancer' && pool.has(host.number))) return host;
  throw new ConfigError(
    scope,
    'GATEWAY_ADDRESS',
    `address ${host.ip} is in no pool of a load balancer, so that nothing would answer for it`,
    {
      fix: `take it from the pool that the cluster has: loadBalancers.host('${host.name}')`,
    },
  );
}
