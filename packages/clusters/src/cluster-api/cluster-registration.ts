import { Site } from '@ashlar/core';
import { ChartRelease, type Delivery, type IInstaller, Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterSecret } from './cluster-secret';
import { downstreamApplication } from './downstream-application';
import type { DownstreamCluster } from './downstream-cluster';

/** @see https://external-secrets.io/latest/introduction/getting-started/ */
const EXTERNAL_SECRETS = {
  chart: 'external-secrets',
  repository: 'https://charts.external-secrets.io',
  version: '2.9.0',
  namespace: 'external-secrets',
  defines: ['external-secrets.io', 'generators.external-secrets.io'],
};

/**
 * A cluster in the Argo CD of its management cluster, which installs what runs in it.
 *
 * How Argo CD reaches it is a Secret that External Secrets makes from the kubeconfig of Cluster API, and makes again when that is renewed:
 * nothing of it is in Git. An Application follows each unit and chart of the cluster, and tries again until the
 * cluster is there: no pod starts before Cilium runs, and none of its objects is taken before its definition.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export class ClusterRegistration extends Construct implements IInstaller {
  private readonly unit: Unit;

  constructor(
    private readonly cluster: DownstreamCluster,
    id: string,
  ) {
    super(cluster, id);
    const { management } = cluster.factory;
    this.unit = management.namespace(`argocd-${cluster.name}`, { existingNamespace: ARGOCD });
    for (const needed of [cluster.factory, ...cluster.factory.units]) this.unit.startAfter(needed);
    ChartRelease.require(this.unit, 'external-secrets', EXTERNAL_SECRETS);
    for (const manifest of clusterSecret(cluster._plan, ARGOCD)) {
      const unit = manifest.metadata.namespace === ARGOCD ? this.unit : cluster.unit;
      new ApiObject(unit, `${manifest.kind}-registration`, manifest);
    }
    // Units and charts may be added until the site is complete.
    Site.of(this).onPrepare(() => this.defineApplications());
  }

  public deliveryOf(one: Unit | ChartRelease): Delivery {
    const { management } = this.cluster.factory;
    const name = applicationName(this.cluster, one);
    const healthy = '--for=jsonpath={.status.health.status}=Healthy';
    return {
      waits: `Argo CD of ${management.name} installs ${name}.`,
      check: ['kubectl', '--context', management.name, '--namespace', ARGOCD, 'wait', `application/${name}`, healthy, '--timeout=10s'],
    };
  }

  private defineApplications(): void {
    const { name, factory, releases, units } = this.cluster;
    const repositories = [
      ...new Set([factory.source.repository, ...releases.map(each => each.repository.replace(/^oci:\/\//, ''))]),
    ].sort();
    new ApiObject(this.unit, 'AppProject', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name, namespace: ARGOCD },
      spec: {
        description: `What runs in ${name}`,
        sourceRepos: repositories,
        destinations: [{ name, namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    });
    for (const one of [...releases, ...units]) {
      const application = downstreamApplication(name, applicationName(this.cluster, one), one, factory.source);
      new ApiObject(this.unit, `Application-${application.metadata.name}`, application);
    }
  }
}

const ARGOCD = 'argocd';

/** Unique among the Applications of all clusters. */
function applicationName(cluster: DownstreamCluster, one: Unit | ChartRelease): string {
  return Unit.isUnit(one) ? `${cluster.name}-${one.node.id}` : `${cluster.name}-chart-${one.name}`;
}
