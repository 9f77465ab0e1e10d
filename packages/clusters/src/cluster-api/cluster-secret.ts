import { API_PORT, type ClusterPlan, type Manifest } from './cluster-plan';

/** The form in which Argo CD wants certificates, out of a kubeconfig. External Secrets fills it in, in the cluster. */
const CONFIG = [
  '{{- $kubeconfig := .kubeconfig | fromYaml -}}',
  '{{- $cluster := (index $kubeconfig.clusters 0).cluster -}}',
  '{{- $user := (index $kubeconfig.users 0).user -}}',
  '{"tlsClientConfig":{"caData":"{{ index $cluster "certificate-authority-data" }}",',
  '"certData":"{{ index $user "client-certificate-data" }}","keyData":"{{ index $user "client-key-data" }}"}}',
].join('\n');

/**
 * The objects that make the Secret by which Argo CD knows a cluster. The account may read one Secret of the cluster's namespace, its kubeconfig.
 * @param namespace that of Argo CD
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function clusterSecret(plan: ClusterPlan, namespace: string): Manifest[] {
  const name = `cluster-${plan.name}`;
  const kubeconfig = `${plan.name}-kubeconfig`;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    {
      apiVersion: RBAC,
      kind: 'Role',
      metadata: { name, namespace: plan.namespace },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [kubeconfig], verbs: ['get'] }],
    },
    {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { name, namespace: plan.namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
    {
      apiVersion: EXTERNAL_SECRETS,
      kind: 'SecretStore',
      metadata: { name, namespace, annotations: DEFINED_LATER },
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: plan.namespace,
            server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
            auth: { serviceAccount: { name } },
          },
        },
      },
    },
    {
      apiVersion: EXTERNAL_SECRETS,
      kind: 'ExternalSecret',
      metadata: { name, namespace, annotations: DEFINED_LATER },
      spec: {
        refreshInterval: '10m',
        secretStoreRef: { kind: 'SecretStore', name },
        target: {
          name,
          creationPolicy: 'Owner',
          template: {
            engineVersion: 'v2',
            metadata: { labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
            data: { name: plan.name, server: `https://${plan.apiAddress}:${API_PORT}`, config: CONFIG },
          },
        },
        data: [{ secretKey: 'kubeconfig', remoteRef: { key: kubeconfig, property: 'value' } }],
      },
    },
  ];
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const EXTERNAL_SECRETS = 'external-secrets.io/v1';
/** The definitions come with the chart, after Argo CD has checked this against the cluster. */
const DEFINED_LATER = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
