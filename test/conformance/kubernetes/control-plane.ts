import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CACHE, filesBelow, shared, tool } from '../tool';
import { ApiClient, type KubernetesObject, told } from './api-client';
import { freePorts, type Server, start, waitFor } from './process';

/**
 * etcd and kube-apiserver with the custom resource definitions of the reference data, and on request what makes pods run:
 * controller-manager, scheduler, and KWOK for the nodes. All on 127.0.0.1, all stopped with the suite.
 */
export class ControlPlane {
  /** A control plane that accepts objects. */
  public static async start(): Promise<ControlPlane> {
    const plane = new ControlPlane(mkdtempSync(join(tmpdir(), 'control-plane-')));
    try {
      await plane.startApi();
      await plane.install(definitions());
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  public client!: ApiClient;
  private readonly servers: Server[] = [];
  private readonly token = randomBytes(16).toString('hex');
  private apiPort = 0;
  private restored = false;

  private constructor(private readonly folder: string) {}

  /** How a program of the test gets in: a port of this machine, and a token for everything. */
  public get access(): { readonly port: number; readonly token: string } {
    return { port: this.apiPort, token: this.token };
  }

  /** Adds what schedules and runs pods. */
  public async startControllers(): Promise<void> {
    const kubeconfig = this.file('kubeconfig', JSON.stringify(this.kubeconfig()));
    const [managerPort, schedulerPort, kwokPort] = await freePorts(3);
    const common = [
      `--kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      '--leader-elect=false',
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
    ];
    this.run('kube-controller-manager', [
      ...common,
      `--secure-port=${managerPort}`,
      `--service-account-private-key-file=${this.path('sa.key')}`,
      `--cert-dir=${this.path('certs-manager')}`,
    ]);
    this.run('kube-scheduler', [...common, `--secure-port=${schedulerPort}`, `--cert-dir=${this.path('certs-scheduler')}`]);
    const config = this.file('kwok.yaml', KWOK);
    this.run(
      'kwok',
      [
        `--kubeconfig=${kubeconfig}`,
        '--manage-all-nodes=true',
        `--server-address=127.0.0.1:${kwokPort}`,
        `--config=${config}`,
        '--cidr=10.244.0.0/16',
        '--node-ip=127.0.0.1',
      ],
      { HOME: this.folder },
    );
  }

  public async stop(): Promise<void> {
    for (const server of [...this.servers].reverse()) await server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startApi(): Promise<void> {
    const [client, peer, api] = await freePorts(3);
    this.apiPort = api as number;
    const data = this.path('etcd');
    this.restored = existsSync(STORED());
    if (this.restored) cpSync(STORED(), data, { recursive: true });
    const urls = { client: `http://127.0.0.1:${client}`, peer: `http://127.0.0.1:${peer}` };
    this.run('etcd', [
      '--data-dir',
      data,
      '--listen-client-urls',
      urls.client,
      '--advertise-client-urls',
      urls.client,
      '--listen-peer-urls',
      urls.peer,
      '--initial-advertise-peer-urls',
      urls.peer,
      '--initial-cluster',
      `default=${urls.peer}`,
      '--force-new-cluster',
      '--unsafe-no-fsync',
    ]);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    this.file('sa.key', privateKey);
    this.file('sa.pub', publicKey);
    this.file('tokens.csv', `${this.token},admin,admin,"system:masters"\n`);
    const server = this.run('kube-apiserver', [
      `--etcd-servers=${urls.client}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${api}`,
      `--cert-dir=${this.path('certs')}`,
      `--token-auth-file=${this.path('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.path('sa.pub')}`,
      `--service-account-signing-key-file=${this.path('sa.key')}`,
      '--allow-privileged=true',
      '--enable-priority-and-fairness=false',
    ]);
    this.client = new ApiClient(this.apiPort, this.token);
    await waitFor('kube-apiserver', 120, async () => (await this.client.call('GET', '/readyz')).status === 200, server.log);
    await waitFor(
      'the default namespace',
      30,
      async () => (await this.client.call('GET', '/api/v1/namespaces/default')).status === 200,
      server.log,
    );
  }

  /** Installs the definitions, once for each set of them: the store is kept, and starting with it takes seconds. */
  private async install(crds: readonly KubernetesObject[]): Promise<void> {
    if (!this.restored) {
      const refused: string[] = [];
      await Promise.all(
        crds.map(async crd => {
          const answer = await this.client.apply(crd, false);
          if (answer.status >= 300) refused.push(`${crd.metadata.name}: ${told(answer)}`);
        }),
      );
      if (refused.length > 0) throw new Error(`kube-apiserver refused definitions:\n${refused.join('\n')}`);
    }
    // By discovery, whose answers are small: asking for hundreds of definitions again and again takes longer than installing them.
    const missing = resourcesOf(crds);
    await waitFor('every definition', 400, async () => {
      for (const [version, plurals] of missing) {
        const { body } = await this.client.call('GET', `/apis/${version}`);
        const there = new Set((body.resources ?? []).map((resource: { name: string }) => resource.name));
        if (!plurals.every(plural => there.has(plural))) return false;
        missing.delete(version);
      }
      return true;
    });
    if (!this.restored) await this.store();
  }

  /** Keeps the data of etcd, which is stopped for it, and starts both again. */
  private async store(): Promise<void> {
    for (const server of [...this.servers].reverse()) await server.stop();
    this.servers.length = 0;
    mkdirSync(CACHE, { recursive: true });
    const half = `${STORED()}.${process.pid}`;
    cpSync(this.path('etcd'), half, { recursive: true });
    try {
      renameSync(half, STORED());
    } catch (error) {
      // Another run, of another clone, was first.
      rmSync(half, { recursive: true });
      if (!existsSync(STORED())) throw error;
    }
    rmSync(this.path('etcd'), { recursive: true });
    await this.startApi();
    await this.install(definitions());
  }

  private run(binary: string, args: readonly string[], env?: NodeJS.ProcessEnv): Server {
    const server = start(tool(binary) as string, args, this.path(`${binary}.log`), env);
    this.servers.push(server);
    return server;
  }

  private path(name: string): string {
    return join(this.folder, name);
  }

  private file(name: string, text: string): string {
    writeFileSync(this.path(name), text, { mode: 0o600 });
    return this.path(name);
  }

  private kubeconfig(): object {
    return {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${this.apiPort}`, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'u', user: { token: this.token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    };
  }
}

/** Programs that a control plane is made of, for `describeWith`. */
export const CONTROL_PLANE = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const;

function definitions(): KubernetesObject[] {
  const files = filesBelow(join(shared() as string, 'conformance/crds'), path => /\.ya?ml$/.test(path));
  const documents = files.flatMap(file =>
    parseAllDocuments(readFileSync(file, 'utf8').replace(/\{\{.*?\}\}/g, ''), { logLevel: 'silent' }).map(doc => doc.toJS()),
  );
  const crds = documents.filter(doc => doc?.kind === 'CustomResourceDefinition') as KubernetesObject[];
  return [...new Map(crds.map(crd => [crd.metadata.name, crd])).values()];
}

interface Definition {
  readonly group: string;
  readonly names: { readonly plural: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

/** What must be served when the definitions are installed: names of resources by `group/version`. */
function resourcesOf(crds: readonly KubernetesObject[]): Map<string, string[]> {
  const resources = new Map<string, string[]>();
  for (const { group, names, versions } of crds.map(crd => crd.spec as Definition)) {
    for (const { name } of versions.filter(version => version.served)) {
      resources.set(`${group}/${name}`, [...(resources.get(`${group}/${name}`) ?? []), names.plural]);
    }
  }
  return resources;
}

let stored: string | undefined;

/** Where etcd's data is kept, by what is in it. */
function STORED(): string {
  if (!stored) {
    const names = definitions().map(crd => JSON.stringify(crd));
    stored = join(
      CACHE,
      `etcd-data-${createHash('sha256')
        .update(names.join('\n'))
        .update(tool('kube-apiserver') as string)
        .update(tool('etcd') as string)
        .digest('hex')
        .slice(0, 12)}`,
    );
  }
  return stored;
}

/** Nodes and pods become ready at once. @see https://kwok.sigs.k8s.io/docs/user/stages-configuration/ */
const KWOK = `
apiVersion: config.kwok.x-k8s.io/v1alpha1
kind: KwokConfiguration
options: { nodeLeaseParallelism: 4, nodePlayStageParallelism: 4, podPlayStageParallelism: 4 }
---
apiVersion: kwok.x-k8s.io/v1alpha1
kind: Stage
metadata: { name: node-initialize }
spec:
  resourceRef: { apiGroup: v1, kind: Node }
  selector: { matchExpressions: [{ key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: NotIn, values: ['True'] }] }
  next:
    statusTemplate: |
      {{ $now := Now }}
      conditions:
      - { type: Ready, status: "True", reason: KubeletReady, lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ $now | Quote }} }
      phase: Running
---
apiVersion: kwok.x-k8s.io/v1alpha1
kind: Stage
metadata: { name: pod-ready }
spec:
  resourceRef: { apiGroup: v1, kind: Pod }
  selector: { matchExpressions: [{ key: .metadata.deletionTimestamp, operator: DoesNotExist }, { key: .status.podIP, operator: DoesNotExist }] }
  next:
    statusTemplate: |
      {{ $now := Now }}
      conditions:
      - { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
      - { type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }} }
      - { type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }} }
      containerStatuses:
      {{ range .spec.containers }}
      - { image: {{ .image | Quote }}, imageID: "", containerID: "", name: {{ .name | Quote }}, ready: true, started: true, restartCount: 0, state: { running: { startedAt: {{ $now | Quote }} } } }
      {{ end }}
      hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
      podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
      phase: Running
      startTime: {{ $now | Quote }}
---
apiVersion: kwok.x-k8s.io/v1alpha1
kind: Stage
metadata: { name: pod-delete }
spec:
  resourceRef: { apiGroup: v1, kind: Pod }
  selector: { matchExpressions: [{ key: .metadata.deletionTimestamp, operator: Exists }] }
  next: { finalizers: { empty: true }, delete: true }
`;
