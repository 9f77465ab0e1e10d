import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StateStore } from '../dev/state-store';
import { type Answer, type KubernetesObject, told } from '../kubernetes/api-client';
import type { ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { filesBelow } from '../tool';

// biome-ignore lint/suspicious/noExplicitAny: bodies of the API server
type Body = any;

/** How often it looks at what is there, in milliseconds. */
const PACE = 100;
/** How often nodes say that they are alive, in milliseconds. */
const RENEWAL = 5000;

/**
 * Plays what runs on the guests of a site, once Terraform has made them: K3s, which registers its nodes and applies what the cluster
 * begins with, and Argo CD, which applies the folder of each Application and tells how healthy it is. Nodes, pods, rollouts and every
 * check are real.
 */
export class PlayedCluster {
  private running = true;
  private ended: Promise<void> = Promise.resolve();
  private readonly registered = new Set<string>();
  private begun = false;
  private renewed = 0;
  /** Applications as they were applied last. */
  private readonly synced = new Map<string, string>();

  /**
   * @param out output of the app, which stands for the repository
   * @param played where stand-ins find what the machines would have
   */
  constructor(
    private readonly plane: ControlPlane,
    private readonly store: StateStore,
    private readonly out: string,
    private readonly played: string,
  ) {}

  public async start(): Promise<void> {
    for (const brought of DEFINITIONS) {
      await this.must(brought);
      const { group, versions } = brought.spec as Body;
      const served = async () => (await this.plane.client.call('GET', `/apis/${group}/${versions[0].name}`)).status === 200;
      await waitFor(`the definitions of ${group}`, 30, served);
    }
    this.ended = this.play();
  }

  public async stop(): Promise<void> {
    this.running = false;
    await this.ended;
  }

  private async play(): Promise<void> {
    while (this.running) {
      // What is not there yet is tried again.
      await this.turn().catch(() => undefined);
      await pause();
    }
  }

  private async turn(): Promise<void> {
    const guests = this.states()
      .flatMap(name => this.store.held(name))
      .flatMap(address => /_(k3s-\d+)_vm_/.exec(address)?.[1] ?? []);
    if (guests.length === 0) return;
    for (const guest of guests.filter(name => !this.registered.has(name))) {
      await this.must(node(guest));
      this.registered.add(guest);
    }
    this.giveAccess();
    await this.renewLeases();
    if (!this.begun) {
      await this.must(namespace('argocd'));
      for (const object of this.folder('kubernetes/prod/bootstrap')) await this.must(object);
      await this.must(stub('argocd', 'argocd-server'));
      this.begun = true;
    }
    if (!(await this.isAvailable('argocd', 'argocd-server'))) return;
    const { items } = (await this.plane.client.call('GET', '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications')).body;
    for (const application of items) await this.sync(application);
  }

  /** As the kubelet of each node does: without it, the node is taken for dead. */
  private async renewLeases(): Promise<void> {
    if (Date.now() - this.renewed < RENEWAL) return;
    this.renewed = Date.now();
    for (const name of this.registered) {
      const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date().toISOString().replace('Z', '000Z') };
      await this.must({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace: 'kube-node-lease' }, spec });
    }
  }

  /** As Argo CD does: what has changed is applied, and its health is told. */
  private async sync(application: Body): Promise<void> {
    const { source, destination } = application.spec;
    const { name } = application.metadata;
    const chart = source.chart as string | undefined;
    const objects = chart
      ? [namespace(destination.namespace), stub(destination.namespace, chart)]
      : this.folder(source.path.replace(/^apps\/[^/]+\/out\//, ''));
    const wanted = JSON.stringify(objects);
    const faults: string[] = [];
    if (this.synced.get(name) !== wanted) {
      for (const object of objects) {
        const answer = await this.plane.client.apply(object, false);
        if (answer.status >= 300) faults.push(`${object.kind} ${object.metadata.name}: ${told(answer)}`);
      }
      if (faults.length === 0) this.synced.set(name, wanted);
    }
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    const available = await Promise.all(deployments.map(({ metadata }) => this.isAvailable(metadata.namespace as string, metadata.name)));
    const status = faults.length > 0 ? 'Degraded' : available.every(Boolean) ? 'Healthy' : 'Progressing';
    if (application.status?.health?.status === status) return;
    const path = `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`;
    const patch = { status: { health: { status, message: faults.join('; ') } } };
    await this.plane.client.call('PATCH', path, patch, 'application/merge-patch+json');
  }

  private async isAvailable(within: string, name: string): Promise<boolean> {
    const { body } = await this.plane.client.call('GET', `/apis/apps/v1/namespaces/${within}/deployments/${name}`);
    return (body.status?.availableReplicas ?? 0) === body.spec?.replicas && body.status?.observedGeneration === body.metadata?.generation;
  }

  private folder(path: string): KubernetesObject[] {
    const objects = filesBelow(join(this.out, path), file => file.endsWith('.yaml')).map(file => parse(readFileSync(file, 'utf8')));
    const first = ({ kind }: KubernetesObject) => ['Namespace', 'AppProject', 'ServiceAccount'].includes(kind);
    return [...objects.filter(first), ...objects.filter(object => !first(object))];
  }

  private async must(object: KubernetesObject): Promise<Answer> {
    const answer = await this.plane.client.apply(object, false);
    if (answer.status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${told(answer)}`);
    return answer;
  }

  private states(): string[] {
    return readdirSync(join(this.out, 'terraform'));
  }

  /** Whole, or not at all. */
  private giveAccess(): void {
    const file = join(this.played, 'k3s.yaml');
    if (existsSync(file)) return;
    writeFileSync(`${file}.half`, JSON.stringify(this.access()));
    renameSync(`${file}.half`, file);
  }

  /** What K3s leaves on a server. */
  private access(): object {
    const { port, token } = this.plane.access;
    return {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'default', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'default', user: { token } }],
      contexts: [{ name: 'default', context: { cluster: 'default', user: 'default' } }],
      'current-context': 'default',
    };
  }
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, PACE));
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** What stands for the workload of a chart. */
function stub(within: string, name: string): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: within, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image: `example.net/${name}:1` }] } },
    },
  };
}

/** A node that was emptied when the cluster went down, and so is closed. */
function node(name: string): KubernetesObject {
  const resources = { cpu: '3', memory: '8Gi', pods: '110', 'ephemeral-storage': '80Gi' };
  const zone = name.replace('k3s-', 'pve-0');
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': zone,
        'node-role.kubernetes.io/control-plane': 'true',
      },
    },
    spec: { unschedulable: true },
    status: { allocatable: resources, capacity: resources },
  };
}

/** What K3s and a chart bring, and the reference data does not have. */
const DEFINITIONS = [
  definition('helm.cattle.io', { kind: 'HelmChart', plural: 'helmcharts', singular: 'helmchart' }),
  definition('barmancloud.cnpg.io', { kind: 'ObjectStore', plural: 'objectstores', singular: 'objectstore' }),
];

function definition(group: string, names: { readonly kind: string; readonly plural: string; readonly singular: string }): KubernetesObject {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: { group, names, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, schema }] },
  };
}
