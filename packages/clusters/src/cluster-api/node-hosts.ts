import { Check, ConfigError, pathOf } from '@ashlar/core';
import { Host, type Vlan } from '@ashlar/network';
import type { DownstreamCluster } from './downstream-cluster';
import type { NumberRange } from './downstream-spec';

/** While control planes and workers are replaced, there is one more of each. */
const SURGE = 2;

/**
 * A host for each address that the machines of a cluster may have: which machine has which, the provider decides.
 * @throws DOWNSTREAM_NODES, HOST_* when others have one of them
 */
export function nodeHosts(
  cluster: DownstreamCluster,
  nodes: NumberRange | readonly Host[],
  vlan: Vlan,
  controlPlanes: number,
  workers: number,
): readonly Host[] {
  new Check(cluster).present('nodes', nodes, '{ from: 21, to: 32 }');
  const hosts = Array.isArray(nodes) ? given(cluster, nodes, vlan) : made(cluster, nodes as NumberRange, vlan);
  const needed = controlPlanes + workers + SURGE;
  if (hosts.length >= needed) return hosts;
  throw new ConfigError(
    cluster,
    'DOWNSTREAM_NODES',
    `nodes are ${hosts.length} addresses, and ${controlPlanes} control planes, ${workers} workers and ${SURGE} more while they are replaced need ${needed}`,
    { fix: 'widen the range, or have fewer machines' },
  );
}

function made(cluster: DownstreamCluster, range: NumberRange, vlan: Vlan): Host[] {
  const check = new Check(cluster);
  check.known(range, ['from', 'to']);
  const from = check.integer('nodes.from', range.from, vlan.firstHost, vlan.lastHost);
  const to = check.integer('nodes.to', range.to, vlan.firstHost, vlan.lastHost);
  if (to < from) {
    throw new ConfigError(cluster, 'DOWNSTREAM_NODES', `nodes end at ${to}, before they begin at ${from}`, {
      fix: `write { from: ${to}, to: ${from} }`,
    });
  }
  if (vlan.gatewayNumber >= from && vlan.gatewayNumber <= to) {
    throw new ConfigError(
      cluster,
      'DOWNSTREAM_NODES',
      `nodes ${from} to ${to} have the gateway ${vlan.gateway} of ${pathOf(vlan)} among them`,
      {
        fix: `begin above ${vlan.gatewayNumber}`,
      },
    );
  }
  const taken = vlan.hosts.find(host => host.number >= from && host.number <= to);
  if (taken) {
    throw new ConfigError(cluster, 'DOWNSTREAM_NODES', `nodes ${from} to ${to} have ${pathOf(taken)}, ${taken.ip}, among them`, {
      fix: 'choose numbers that no host has',
    });
  }
  const pool = vlan.poolWithin(from, to);
  if (pool) {
    throw new ConfigError(
      cluster,
      'DOWNSTREAM_NODES',
      `nodes ${from} to ${to} overlap ${pool.from} to ${pool.to} of ${pathOf(pool)}, a pool for ${pool.use}`,
      {
        fix: 'choose ranges that have no number in common',
      },
    );
  }
  return Array.from({ length: to - from + 1 }, (_, i) => vlan.host(`${cluster.name}-${from + i}`, from + i));
}

function given(cluster: DownstreamCluster, hosts: readonly Host[], vlan: Vlan): readonly Host[] {
  const check = new Check(cluster);
  check.list('nodes', hosts, `${vlan.name}.host('${cluster.name}-1')`);
  for (const host of hosts) {
    check.instance('nodes', host, { name: 'Host', is: Host.isHost }, `[${vlan.name}.host('${cluster.name}-1')]`);
    if (host.vlan === vlan) continue;
    throw new ConfigError(cluster, 'DOWNSTREAM_NODES', `nodes have ${pathOf(host)} among them, outside ${pathOf(vlan)}`, {
      fix: 'list hosts of its segment',
    });
  }
  return [...hosts].sort((a, b) => a.number - b.number);
}
