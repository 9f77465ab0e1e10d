import { Connections, type IConnectable, Port } from '@ashlar/core';
import { NetworkPolicy, type Unit } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ProviderRelease, providerManifests } from './provider-release';

/** Port at which the API server calls the webhooks of a provider. */
const WEBHOOKS = Port.tcp(9443);

/** The controllers of one provider, which the operator makes in a namespace of their own: they reach nothing but what flows say. */
export class ProviderControllers extends Construct implements IConnectable {
  public readonly connections: Connections;

  /** @param nodes where the API server runs, which calls them */
  constructor(
    public readonly unit: Unit,
    public readonly provider: ProviderRelease,
    nodes: IConnectable,
  ) {
    super(unit, 'controllers');
    const { cluster } = unit;
    this.connections = new Connections(this, {
      addresses: () => cluster.nodeAddresses,
      pods: { cluster, namespace: provider.namespace, labels: {} },
    });
    for (const manifest of providerManifests(provider)) new ApiObject(unit, manifest.kind, manifest);
    new NetworkPolicy(this, 'policy', { pods: this, name: 'controllers', kubernetesApi: true });
    this.connections.allowFrom(nodes, WEBHOOKS);
  }
}
