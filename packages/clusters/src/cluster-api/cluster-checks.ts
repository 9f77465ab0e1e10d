import { Check, Claims, ConfigError, pathOf, Version } from '@ashlar/core';
import { Host, Pool, Subnet, Vlan } from '@ashlar/network';
import { checkControlPlaneCount } from '../etcd/control-plane';
import { ClusterClass } from './cluster-class';
import type { ClusterFactory } from './cluster-factory';
import type { DownstreamCluster, DownstreamClusterProps } from './downstream-cluster';
import { checkDownstreamVersion } from './downstream-version';
import { nodeHosts } from './node-hosts';

/** What of the props had to be worked out. */
export interface CheckedProps {
  readonly subnet: Subnet;
  readonly nodes: readonly Host[];
  readonly pods: Subnet;
  readonly services: Subnet;
  readonly workers: { readonly min: number; readonly max: number };
}

/** @throws DOWNSTREAM_*, LOAD_BALANCER_POOL, HOST_*, SUBNET_*, PROP_* */
export function checkDownstream(cluster: DownstreamCluster, factory: ClusterFactory, props: DownstreamClusterProps): CheckedProps {
  const check = new Check(cluster);
  check.known(props, [
    'vlan',
    'version',
    'running',
    'class',
    'controlPlanes',
    'workers',
    'apiAddress',
    'nodes',
    'loadBalancers',
    'podCidr',
    'serviceCidr',
  ]);
  check.text(
    'the name of a cluster',
    cluster.name,
    /^[a-z][a-z0-9-]{0,39}$/,
    'a DNS label of up to 40 characters that begins with a letter',
    'media',
  );
  const vlan = check.instance('vlan', props.vlan, { name: 'Vlan', is: Vlan.isVlan }, 'media');
  if (!vlan.ipv4) {
    throw new ConfigError(
      cluster,
      'DOWNSTREAM_VLAN',
      `${pathOf(vlan)} has no IPv4 prefix, and the providers give machines IPv4 addresses`,
      {
        fix: 'give it an ipv4',
      },
    );
  }
  Claims.of(cluster).claim('segment of a downstream cluster', vlan.node.path, cluster, holder => {
    return new ConfigError(cluster, 'DOWNSTREAM_VLAN', `vlan is ${pathOf(vlan)}, which is that of ${pathOf(holder)}`, {
      fix: 'give each cluster a segment of its own',
    });
  });
  checkDownstreamVersion(cluster, props.version, props.running);
  if (props.running) check.instance('running', props.running, Version, "Version.of('1.33.6')");
  if (props.class !== undefined) check.instance('class', props.class, ClusterClass, 'ClusterClass.SMALL');
  const controlPlanes = check.integer('controlPlanes', props.controlPlanes ?? 3, 1, 7);
  checkControlPlaneCount(cluster, controlPlanes, 'DOWNSTREAM_CONTROL_PLANES');
  const workers = checkWorkers(cluster, props.workers);
  checkApiAddress(cluster, factory, props);
  const nodes = nodeHosts(cluster, props.nodes, vlan, controlPlanes, workers.max);
  if (props.loadBalancers !== undefined) checkPool(cluster, props.loadBalancers, vlan);
  return {
    subnet: vlan.ipv4,
    nodes,
    workers,
    pods: Subnet.of(cluster, 'podCidr', props.podCidr ?? '10.244.0.0/16', 4),
    services: Subnet.of(cluster, 'serviceCidr', props.serviceCidr ?? '10.96.0.0/16', 4),
  };
}

function checkWorkers(cluster: DownstreamCluster, workers: DownstreamClusterProps['workers']): CheckedProps['workers'] {
  const check = new Check(cluster);
  check.present('workers', workers, '{ count: 2 }');
  if ('count' in workers) {
    check.known(workers, ['count']);
    const count = check.integer('workers.count', workers.count, 0, 100);
    return { min: count, max: count };
  }
  check.known(workers, ['min', 'max']);
  const [min, max] = [check.integer('workers.min', workers.min, 0, 100), check.integer('workers.max', workers.max, 0, 100)];
  if (max > min) return { min, max };
  throw new ConfigError(cluster, 'DOWNSTREAM_WORKERS', `workers.max is ${max}, and workers.min is ${min}`, {
    fix: max === min ? `write workers: { count: ${min} }` : `write workers: { min: ${max}, max: ${min} }`,
  });
}

function checkApiAddress(cluster: DownstreamCluster, factory: ClusterFactory, { apiAddress, vlan }: DownstreamClusterProps): void {
  const { infrastructure } = factory;
  const segment = infrastructure.apiSegment ?? vlan;
  new Check(cluster).instance(
    'apiAddress',
    apiAddress,
    { name: 'Host', is: Host.isHost },
    `${segment.name}.host('${cluster.name}-api', 20)`,
  );
  if (apiAddress.vlan !== segment) {
    const why = infrastructure.apiSegment ? `where ${infrastructure.title} answers for it` : 'where its machines pass it on';
    throw new ConfigError(cluster, 'DOWNSTREAM_API_ADDRESS', `apiAddress is ${pathOf(apiAddress)}, outside ${pathOf(segment)}, ${why}`, {
      fix: `write apiAddress: ${segment.name}.host('${cluster.name}-api', …)`,
    });
  }
  Claims.of(cluster).claim('address of an API', apiAddress.node.path, cluster, holder => {
    return new ConfigError(cluster, 'DOWNSTREAM_API_ADDRESS', `apiAddress is ${pathOf(apiAddress)}, which is that of ${pathOf(holder)}`, {
      fix: 'give each cluster one of its own',
    });
  });
}

function checkPool(cluster: DownstreamCluster, pool: Pool, vlan: Vlan): void {
  new Check(cluster).instance('loadBalancers', pool, { name: 'Pool', is: Pool.isPool }, `${vlan.name}.pool('services', …)`);
  if (pool.vlan !== vlan) {
    throw new ConfigError(cluster, 'LOAD_BALANCER_POOL', `loadBalancers is in ${pool.vlan.name}, where its machines cannot answer for it`, {
      fix: `make the pool in ${vlan.name}`,
    });
  }
}
