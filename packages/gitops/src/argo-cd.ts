import {
  Check,
  type Command,
  ConfigError,
  DependencyCircle,
  Duration,
  dependencyWaves,
  type ILifecycle,
  type Lifecycle,
  Site,
} from '@ashlar/core';
import { ChartRelease, type Delivery, type IInstaller, KubernetesCluster, Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { applicationManifest, applicationName, followedBy, releaseApplication, repositoryOf, unitApplication } from './argo-application';
import { applicationCircle } from './rules/application-circle';

export interface ArgoCdProps {
  /** Repository that holds the output: `https://…` or `ssh://…`. */
  readonly repository: string;
  /** Folder of the output in the repository, e.g. `apps/optiplex-cloud/out`. */
  readonly path: string;
  /** Branch or tag that the cluster follows. @default `main` */
  readonly revision?: string;
  /** Where people open it, e.g. `https://argocd.cloud.example.net`. @default - not told */
  readonly url?: string;
}

/**
 * Argo CD: the cluster follows the repository.
 *
 * It comes with the cluster, as a chart of its bootstrap, and so does the Application from which all others come. One
 * Application follows each unit and each chart that something needs, in the order of what stands on what.
 * @see https://argo-cd.readthedocs.io/en/stable/
 */
export class ArgoCd extends Construct implements IInstaller, ILifecycle {
  private readonly cluster: KubernetesCluster;
  private readonly release: ChartRelease;
  private readonly source: { readonly repository: string; readonly revision: string };
  private readonly path: string;

  /** @throws ARGOCD_CLUSTER, INSTALLER_TAKEN, PROP_* */
  constructor(cluster: KubernetesCluster, id: string, props: ArgoCdProps) {
    super(cluster, id);
    if (!KubernetesCluster.isKubernetesCluster(cluster)) {
      throw new ConfigError(this, 'ARGOCD_CLUSTER', 'must be made in the cluster that it looks after', {
        fix: "write new ArgoCd(cluster, 'argocd', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['repository', 'path', 'revision', 'url']);
    this.cluster = cluster;
    this.source = {
      repository: check.text(
        'repository',
        props.repository,
        /^(https|ssh):\/\/[^\s@]*(git@)?\S+$/,
        'a repository over https or ssh',
        'https://git.example.net/cloud.git',
      ),
      revision: check.text('revision', props.revision ?? 'main', /^[\w./-]+$/, 'a branch or a tag', 'main'),
    };
    if (/\/\/[^/]+:[^/]+@/.test(props.repository)) {
      throw new ConfigError(this, 'ARGOCD_REPOSITORY_PASSWORD', 'repository has a password in it, which would be committed', {
        fix: `leave it out, and put it into a Secret labelled argocd.argoproj.io/secret-type=repository in namespace ${NAMESPACE}`,
      });
    }
    this.path = check
      .text('path', props.path, /^(?!\/)[\w./-]+$/, 'a folder, relative to the root of the repository', 'apps/optiplex-cloud/out')
      .replace(/\/$/, '');
    if (props.url !== undefined) check.text('url', props.url, /^https:\/\/\S+$/, 'an https address', 'https://argocd.cloud.example.net');

    cluster.installReleasesWith(this);
    this.release = new ChartRelease(cluster, 'argocd', {
      chart: 'argo-cd',
      repository: 'https://argoproj.github.io/argo-helm',
      version: '10.1.1',
      namespace: NAMESPACE,
      values: chartValues(props.url),
      withCluster: true,
      defines: ['argoproj.io'],
    });
    const unit = cluster.namespace(id, { existingNamespace: NAMESPACE });
    this.defineRoot(unit);
    // Units and charts may be added until the site is complete.
    Site.of(this).addRules(applicationCircle);
    Site.of(this).onPrepare(() => this.defineApplications(unit));
  }

  /**
   * It follows the repository once its chart and its root Application are in the cluster, and asks it every three minutes.
   * @see https://argo-cd.readthedocs.io/en/stable/faq/#how-often-does-argo-cd-check-for-changes-to-my-git-or-helm-repository
   */
  public get lifecycle(): Lifecycle {
    const { name, bootstrap } = this.cluster;
    return {
      startsAfter: [
        { on: this.cluster, for: 'the cluster that it looks after' },
        { on: this.release, for: 'its own pods' },
        { on: bootstrap, for: 'the Application from which all others come' },
      ],
      uses: [{ name: new URL(this.source.repository).hostname, for: 'the repository that it follows' }],
      start: [
        {
          id: 'follow',
          title: `Wait until Argo CD in ${name} has read the repository`,
          action: { waits: `Argo CD reads ${this.source.repository} at ${this.source.revision}.` },
          check: { command: healthy(name, name) },
          undo: { nothing: 'waiting changes nothing' },
          budget: Duration.minutes(3),
        },
      ],
    };
  }

  public deliveryOf(one: Unit | ChartRelease): Delivery {
    // Its own namespace is what the root Application follows.
    const application = one.node.id === this.node.id ? this.cluster.name : applicationName(one);
    return { waits: `Argo CD installs ${applicationName(one)}.`, check: healthy(this.cluster.name, application) };
  }

  /** What lets the cluster follow the rest, applied with the cluster itself. */
  private defineRoot(unit: Unit): void {
    const root = new Construct(this.cluster.bootstrap, this.node.id);
    const { repository, revision } = this.source;
    new ApiObject(
      root,
      'Application',
      applicationManifest(
        {
          name: this.cluster.name,
          project: 'default',
          namespace: NAMESPACE,
          source: { repoURL: repository, targetRevision: revision, path: this.folder(unit) },
          createNamespace: false,
          prune: true,
          cascade: false,
          wave: 0,
        },
        NAMESPACE,
      ),
    );
  }

  private defineApplications(unit: Unit): void {
    const followed = followedBy(this.cluster);
    const units = followed.filter(Unit.isUnit);
    const releases = this.cluster.releases.filter(release => !release.withCluster);
    const project = this.cluster.name;
    defineProject(
      unit,
      project,
      [this.source.repository, ...releases.map(repositoryOf)],
      followed.map(one => one.namespace as string),
    );
    const waves = wavesOf(followed);
    for (const other of units) {
      const application = unitApplication(other, project, { ...this.source, path: this.folder(other) }, waves.get(other) ?? 0);
      new ApiObject(unit, `unit-${application.name}`, applicationManifest(application, NAMESPACE));
    }
    for (const release of releases) {
      const application = releaseApplication(release, project, waves.get(release) ?? 0);
      new ApiObject(unit, application.name, applicationManifest(application, NAMESPACE));
    }
  }

  private folder(unit: Unit): string {
    return `${this.path}/kubernetes/${this.cluster.name}/${unit.node.id}`;
  }
}

const NAMESPACE = 'argocd';

/** Ends with 0 once an Application has been applied, and what it made is healthy. */
function healthy(cluster: string, application: string): Command {
  const condition = '--for=jsonpath={.status.health.status}=Healthy';
  return ['kubectl', '--context', cluster, '--namespace', NAMESPACE, 'wait', `application/${application}`, condition, '--timeout=10s'];
}

/** A circle is reported by the rule; there is no order to give then. */
function wavesOf(followed: readonly IConstruct[]): Map<IConstruct, number> {
  try {
    return dependencyWaves<IConstruct>(followed, one => (one as Unit | ChartRelease).startsAfter);
  } catch (error) {
    if (error instanceof DependencyCircle) return new Map();
    throw error;
  }
}

/** Nothing from elsewhere, and nothing into other namespaces. */
function defineProject(unit: Unit, name: string, repositories: readonly string[], namespaces: readonly string[]): void {
  const distinct = (list: readonly string[]) => [...new Set(list)].sort();
  new ApiObject(unit, 'Project', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: NAMESPACE, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      description: `What runs in ${name}`,
      sourceRepos: distinct(repositories),
      // Charts put leases and readers of the API's own configuration into kube-system.
      destinations: distinct(['kube-system', NAMESPACE, ...namespaces]).map(namespace => ({
        server: 'https://kubernetes.default.svc',
        namespace,
      })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
}

/** Without this, an Application counts as healthy at once, and the waves between Applications order nothing. */
const APPLICATION_HEALTH = `hs = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  hs.status = obj.status.health.status
  hs.message = obj.status.health.message or ""
end
return hs
`;

/** No password is here: Argo CD makes that of its administrator itself, in the Secret argocd-initial-admin-secret. */
function chartValues(url: string | undefined): Record<string, unknown> {
  const resources = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });
  return {
    global: { networkPolicy: { create: true } },
    configs: {
      cm: { ...(url && { url }), 'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH },
    },
    controller: { resources: resources('250m', '1Gi') },
    repoServer: { replicas: 2, resources: resources('100m', '512Mi') },
    server: { replicas: 2, resources: resources('50m', '256Mi') },
    redis: { resources: resources('50m', '128Mi') },
    applicationSet: { resources: resources('50m', '128Mi') },
    dex: { enabled: false },
    notifications: { enabled: false },
  };
}
