import type { HarvesterGuest } from './harvester-guest';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Where Kubernetes may put a guest: on nodes that have its networks and that it may run on, preferably the first, and never
 * beside guests that it is kept apart from. The terms of networks are those that Harvester itself would add.
 * @see https://docs.harvesterhci.io/v1.7/vm/index#automatically-applied-affinity-rules
 */
export function affinityOf(guest: HarvesterGuest): object | undefined {
  const { cluster, nodes, apart } = guest;
  const networks = [...new Set(guest.nics.flatMap(nic => cluster.networkOf(nic.vlan)?.name ?? []))].sort();
  const everywhere = nodes.length === cluster.workers.length && nodes.every((node, i) => node === cluster.workers[i]);
  const expressions = [
    ...(everywhere ? [] : [{ key: HOSTNAME, operator: 'In', values: nodes.map(node => node.name).sort() }]),
    ...networks.map(name => ({ key: `network.harvesterhci.io/${name}`, operator: 'In', values: ['true'] })),
  ];
  const preferred = everywhere || nodes.length < 2 ? [] : nodes.slice(0, -1).map((node, i) => preference(node.name, 100 - i));
  const nodeAffinity = {
    ...(expressions.length > 0 && {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: expressions }] },
    }),
    ...(preferred.length > 0 && { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
  };
  const affinity = {
    ...(Object.keys(nodeAffinity).length > 0 && { nodeAffinity }),
    ...(apart.length > 0 && {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: {
              matchExpressions: [{ key: 'harvesterhci.io/vmName', operator: 'In', values: apart.map(other => other.hostName).sort() }],
            },
            topologyKey: HOSTNAME,
          },
        ],
      },
    }),
  };
  return Object.keys(affinity).length > 0 ? affinity : undefined;
}

function preference(name: string, weight: number): object {
  return { weight, preference: { matchExpressions: [{ key: HOSTNAME, operator: 'In', values: [name] }] } };
}
