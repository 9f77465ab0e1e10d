import { toYaml } from '@ashlar/core';

/** Where the policies of the API server are, on every server. */
const AUDIT_POLICY_FILE = '/etc/rancher/k3s/audit.yaml';
const ADMISSION_FILE = '/etc/rancher/k3s/admission.yaml';

/** TLS 1.2 suites with forward secrecy and authenticated encryption. */
const CIPHERS = [
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
];

/** Settings of every node that K3s does not have by itself. @see https://docs.k3s.io/security/hardening-guide */
export const NODE_HARDENING = {
  'protect-kernel-defaults': true,
  'kubelet-arg': ['streaming-connection-idle-timeout=5m', 'tls-min-version=VersionTLS12', `tls-cipher-suites=${CIPHERS.join(',')}`],
};

/** Settings of every server that K3s does not have by itself. @see https://docs.k3s.io/security/hardening-guide */
export const SERVER_HARDENING = {
  ...NODE_HARDENING,
  'secrets-encryption': true,
  'write-kubeconfig-mode': '0600',
  'kube-apiserver-arg': [
    'anonymous-auth=false',
    'enable-admission-plugins=NodeRestriction,EventRateLimit',
    `admission-control-config-file=${ADMISSION_FILE}`,
    'audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log',
    `audit-policy-file=${AUDIT_POLICY_FILE}`,
    'audit-log-maxage=30',
    'audit-log-maxbackup=10',
    'audit-log-maxsize=100',
    'service-account-extend-token-expiration=false',
  ],
  'kube-controller-manager-arg': ['terminated-pod-gc-threshold=100', 'bind-address=127.0.0.1'],
  'kube-scheduler-arg': ['bind-address=127.0.0.1'],
};

/** Kernel settings without which the kubelet refuses to start under `protect-kernel-defaults`. */
export const KUBELET_SYSCTL = `${['vm.panic_on_oom=0', 'vm.overcommit_memory=1', 'kernel.panic=10', 'kernel.panic_on_oops=1'].join('\n')}\n`;

/** Who changed what, without the contents of secrets, and without what nodes and controllers tell each other all the time. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version', '/openapi/*'] },
    { level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] },
    { level: 'None', verbs: ['get', 'list', 'watch'], userGroups: ['system:nodes'] },
    { level: 'Metadata', resources: [{ group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] }] },
    { level: 'Metadata', resources: [{ group: 'authentication.k8s.io', resources: ['tokenreviews'] }] },
    { level: 'RequestResponse', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
    { level: 'Metadata' },
  ],
};

/** What a namespace enforces that says nothing itself, and how many events a server takes. */
const ADMISSION = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'PodSecurity',
      configuration: {
        apiVersion: 'pod-security.admission.config.k8s.io/v1',
        kind: 'PodSecurityConfiguration',
        defaults: {
          enforce: 'baseline',
          'enforce-version': 'latest',
          audit: 'restricted',
          'audit-version': 'latest',
          warn: 'restricted',
          'warn-version': 'latest',
        },
        exemptions: { usernames: [], runtimeClasses: [], namespaces: ['kube-system'] },
      },
    },
    {
      name: 'EventRateLimit',
      configuration: {
        apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1',
        kind: 'Configuration',
        limits: [{ type: 'Server', qps: 5000, burst: 20_000 }],
      },
    },
  ],
};

/** The files that {@link SERVER_HARDENING} names. */
export const SERVER_POLICIES: readonly (readonly [path: string, text: string])[] = [
  [AUDIT_POLICY_FILE, toYaml(AUDIT_POLICY)],
  [ADMISSION_FILE, toYaml(ADMISSION)],
];
