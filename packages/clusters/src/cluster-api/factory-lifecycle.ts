import { Duration, type Lifecycle, type Step } from '@ashlar/core';
import type { ClusterFactory } from './cluster-factory';

/** A factory starts once its providers run, and have what lets them into the infrastructure. It goes with its cluster. */
export function factoryLifecycle(factory: ClusterFactory): Lifecycle {
  const { management, operator, units, infrastructure } = factory;
  return {
    startsAfter: [
      { on: management, for: 'the API that its controllers watch' },
      { on: operator, for: 'the installation of its providers' },
      ...units.map(on => ({ on, for: 'its providers' })),
      ...infrastructure.standsOn.map(on => ({ on, for: 'the machines that it makes' })),
    ],
    start: [...credentials(factory), providers(factory)],
  };
}

/** The root of trust between the two: nothing in the output has it. */
function credentials({ management, infrastructure }: ClusterFactory): Step[] {
  if (!infrastructure.credentials) return [];
  const { namespace, name } = infrastructure.credentials;
  return [
    {
      id: 'credentials',
      title: `Let the provider of ${infrastructure.title} in`,
      action: {
        byHand: `Put the credentials for ${infrastructure.title} into the Secret ${name} of namespace ${namespace} of ${management.name}.`,
      },
      check: { command: ['kubectl', '--context', management.name, '--namespace', namespace, 'get', 'secret', name] },
      undo: { byHand: `Revoke the account of ${infrastructure.title}, and delete the Secret ${name} of namespace ${namespace}.` },
      budget: Duration.minutes(5),
    },
  ];
}

function providers({ management, providers }: ClusterFactory): Step {
  const kinds = [...new Set(providers.map(({ kind }) => kind.toLowerCase()))].sort().join(',');
  const wait = ['wait', kinds, '--all', '--all-namespaces', '--for=condition=Ready', '--timeout=10s'];
  return {
    id: 'providers',
    title: `Wait until Cluster API runs in ${management.name}`,
    action: { waits: 'Argo CD applies the providers, and the operator of Cluster API installs them.' },
    check: { command: ['kubectl', '--context', management.name, ...wait] },
    undo: { nothing: 'waiting changes nothing' },
    budget: Duration.minutes(10),
  };
}
