import type { Manifest } from './cluster-plan';

/** A provider of Cluster API at one release, as the operator installs it. */
export interface ProviderRelease {
  /** Kind of the operator's object. */
  readonly kind: 'CoreProvider' | 'BootstrapProvider' | 'ControlPlaneProvider' | 'InfrastructureProvider' | 'IPAMProvider';
  /** As `clusterctl` calls it. @see https://cluster-api.sigs.k8s.io/reference/providers */
  readonly name: string;
  readonly version: string;
  /** Namespace of its own. */
  readonly namespace: string;
  /** Values of the variables in its manifests, none of them secret. @default - its own */
  readonly variables?: Readonly<Record<string, string>>;
  /** Another image of its manager. @default - its own */
  readonly image?: string;
}

/** The chart of the operator. @see https://github.com/kubernetes-sigs/cluster-api-operator/releases */
export const OPERATOR = {
  chart: 'cluster-api-operator',
  repository: 'https://kubernetes-sigs.github.io/cluster-api-operator',
  version: '0.28.0',
  namespace: 'capi-operator-system',
  // Of its own kinds, and of those of the providers that it installs.
  defines: [
    'operator.cluster.x-k8s.io',
    'cluster.x-k8s.io',
    'bootstrap.cluster.x-k8s.io',
    'controlplane.cluster.x-k8s.io',
    'infrastructure.cluster.x-k8s.io',
  ],
};

/** The operator takes its certificates from it. @see https://cert-manager.io/docs/releases/ */
export const CERT_MANAGER = {
  chart: 'cert-manager',
  repository: 'https://charts.jetstack.io',
  version: 'v1.19.1',
  namespace: 'cert-manager',
  values: { crds: { enabled: true } },
  defines: ['cert-manager.io', 'acme.cert-manager.io'],
};

/**
 * What every factory needs. The control plane provider writes the objects of contract v1beta1, which Cluster API 1.14 still understands;
 * it manages Talos up to 1.12 and Kubernetes up to 1.35.
 * @see https://github.com/siderolabs/cluster-api-control-plane-provider-talos#compatibility-with-cluster-api-and-kubernetes-versions
 */
export const TALOS_PROVIDERS: readonly ProviderRelease[] = [
  { kind: 'CoreProvider', name: 'cluster-api', version: 'v1.14.2', namespace: 'capi-system' },
  { kind: 'BootstrapProvider', name: 'talos', version: 'v0.6.12', namespace: 'cabpt-system' },
  { kind: 'ControlPlaneProvider', name: 'talos', version: 'v0.5.12', namespace: 'cacppt-system' },
];

/** Minors that all of {@link TALOS_PROVIDERS} manage. */
export const KUBERNETES_MINORS = { from: 30, to: 35 };
/** Release of Talos on the machines. */
export const TALOS_MINOR = 'v1.12';

/** The objects by which the operator installs a provider. @see https://cluster-api-operator.sigs.k8s.io */
export function providerManifests(provider: ProviderRelease): Manifest[] {
  const { kind, name, version, namespace, variables, image } = provider;
  const metadata = { name, namespace, annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } };
  const variablesName = `${name}-variables`;
  return [
    ...(variables ? [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: variablesName, namespace }, stringData: variables }] : []),
    {
      apiVersion: 'operator.cluster.x-k8s.io/v1alpha2',
      kind,
      metadata,
      spec: {
        version,
        ...(variables && { configSecret: { name: variablesName } }),
        ...(image && { deployment: { containers: [{ name: 'manager', imageUrl: image }] } }),
      },
    },
  ];
}
