import { type Command, Duration, type Lifecycle, type NameUse, type Need, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ChartRelease } from './chart-release';
import type { IInstaller } from './installer';
import { isWorkload } from './is-workload';
import type { KubernetesCluster } from './kubernetes-cluster';
import type { Unit } from './unit';

/** As long as Helm waits, unless it is told otherwise. @see https://helm.sh/docs/helm/helm_upgrade/ */
const ROLLOUT = Duration.minutes(5);
const NOTHING = { nothing: 'what is applied again is as it was' } as const;

/** A cluster that this program did not make: a person brings it up, and gives access to it. */
export function foreignCluster(cluster: KubernetesCluster, runsOn: readonly IConstruct[]): Lifecycle {
  const { name, version } = cluster;
  return {
    startsAfter: [
      ...(cluster.node.scope ? [{ on: cluster.node.scope, for: 'what it is a part of' }] : []),
      ...runsOn.map(on => ({ on, for: 'the machine under it' })),
    ],
    start: [
      {
        id: 'access',
        title: `Get access to the cluster ${name}`,
        action: {
          byHand: `Bring up the cluster ${name} with Kubernetes ${version.major}.${version.minor}, and add its kubeconfig to $KUBECONFIG as context ${name}.`,
        },
        check: { command: ready(name) },
        undo: { byHand: `Remove the context ${name} from $KUBECONFIG.` },
        budget: Duration.minutes(15),
      },
    ],
  };
}

/** Ends with 0 once the API of a cluster answers. */
export function ready(cluster: string): Command {
  return ['kubectl', '--context', cluster, 'get', '--raw', '/readyz', '--request-timeout=5s'];
}

/** A chart comes by the cluster's installer; before that is there, by Helm with the committed values. */
export function releaseLifecycle(release: ChartRelease): Lifecycle {
  const { cluster, name, namespace } = release;
  const { networkPlugin, installer } = cluster;
  const afterNetwork = networkPlugin && networkPlugin !== release ? [{ on: networkPlugin, for: 'the network of its pods' }] : [];
  const needs = [theCluster(cluster), ...afterNetwork, ...release.startsAfter.map(on => ({ on, for: 'what its pods need first' }))];
  if (!release.withCluster) {
    return installer
      ? { startsAfter: [...needs, theInstaller(installer)], start: [delivered(release, `the chart ${name}`)] }
      : { startsAfter: needs };
  }
  const check = kubectl(
    cluster.name,
    'wait',
    'deployment',
    '--all',
    '--for=condition=Available',
    '--namespace',
    namespace,
    '--timeout=10s',
  );
  const step = { id: 'install', check: { command: check }, budget: ROLLOUT };
  if (cluster.carriesBootstrap) {
    const waits = `The chart ${name} comes with the cluster.`;
    return { startsAfter: needs, start: [{ ...step, title: `Wait for the chart ${name}`, action: { waits }, undo: NOTHING }] };
  }
  const install = helmInstall(release);
  const remove: Command = ['helm', '--kube-context', cluster.name, 'uninstall', name, '--namespace', namespace];
  return {
    startsAfter: needs,
    start: [{ ...step, title: `Install the chart ${name} in ${cluster.name}`, action: { run: [install] }, undo: { run: [remove] } }],
  };
}

/** A unit comes by the cluster's installer; without one it is applied. What must be there first comes with the cluster or is applied. */
export function unitLifecycle(unit: Unit): Lifecycle {
  const { cluster } = unit;
  const uses = registriesOf(unit);
  const charts = cluster.bootstrapReleases;
  if (unit.isBootstrap) {
    const startsAfter = [theCluster(cluster), ...charts.map(on => ({ on, for: 'the kinds that it defines' })), ...before(unit)];
    return cluster.carriesBootstrap ? { startsAfter, uses } : { startsAfter, uses, start: [applied(unit)] };
  }
  const { installer, networkPlugin } = cluster;
  if (installer)
    return {
      startsAfter: [theCluster(cluster), theInstaller(installer), ...before(unit)],
      uses,
      start: [delivered(unit, `the namespace ${unit.node.id}`)],
    };
  const afterNetwork = networkPlugin ? [{ on: networkPlugin, for: 'the network of its pods' }] : [];
  return { startsAfter: [theCluster(cluster), ...afterNetwork, ...before(unit)], uses, start: [applied(unit)] };
}

function theCluster(on: KubernetesCluster): Need {
  return { on, for: 'the cluster that it runs in' };
}

function theInstaller(on: IInstaller): Need {
  return { on, for: 'what brings it' };
}

/** Units and charts without which its objects, or its pods, do nothing. */
function before(unit: Unit): Need[] {
  return unit.startsAfter.map(on => ({ on, for: 'what its objects need first' }));
}

/** How Helm installs a chart before anything in the cluster can. */
function helmInstall(release: ChartRelease): Command {
  const { cluster, name, chart, repository, version, namespace } = release;
  const source = repository.startsWith('oci://') ? [`${repository}/${chart}`] : [chart, '--repo', repository];
  const where = ['--version', version, '--namespace', namespace, '--create-namespace', '--values', release.valuesFile];
  return ['helm', '--kube-context', cluster.name, 'upgrade', '--install', name, ...source, ...where, '--wait', '--timeout', ROLLOUT.toGo()];
}

function delivered(one: Unit | ChartRelease, what: string): Step {
  const { waits, check } = (one.cluster.installer as NonNullable<KubernetesCluster['installer']>).deliveryOf(one);
  const title = `Wait for ${what} in ${one.cluster.name}`;
  return {
    id: 'delivered',
    title,
    action: { waits },
    check: { command: check },
    undo: { nothing: 'waiting changes nothing' },
    budget: ROLLOUT,
  };
}

function applied(unit: Unit): Step {
  const folder = `kubernetes/${unit.cluster.name}/${unit.node.id}`;
  const on = (...args: string[]) => kubectl(unit.cluster.name, ...args, '--filename', folder);
  return {
    id: 'apply',
    title: `Apply ${folder}`,
    action: { run: [on('apply', '--server-side', '--field-manager=ashlar')] },
    check: { command: on('diff', '--server-side', '--field-manager=ashlar') },
    undo: { run: [on('delete', '--ignore-not-found')] },
    budget: ROLLOUT,
  };
}

function kubectl(cluster: string, ...args: string[]): Command {
  return ['kubectl', '--context', cluster, ...args];
}

/** Registries that the images of a unit come from. */
function registriesOf(unit: Unit): NameUse[] {
  const images = unit.node.findAll().flatMap(construct => (isWorkload(construct) ? [construct.image] : []));
  const hosts = new Set(images.map(image => image.registry));
  return [...hosts].sort().map(name => ({ name, for: 'its images' }));
}
