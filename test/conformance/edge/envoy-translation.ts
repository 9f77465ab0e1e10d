import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { selfSigned } from '../reverse-proxy/self-signed';
import { tool } from '../tool';

/** What Envoy Gateway makes of objects, or why it does not. */
export interface Translation {
  readonly status: number | null;
  readonly error: string;
  /** Configuration of the proxies, as one text. */
  readonly xds: string;
  /** Conditions that are not met: `SecurityPolicy api-orders Accepted: …`. */
  readonly complaints: readonly string[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}

interface Judged {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly parents?: readonly { conditions: readonly Condition[] }[];
    readonly ancestors?: readonly { conditions: readonly Condition[] }[];
    readonly listeners?: readonly { conditions: readonly Condition[] }[];
  };
}

/** The name that broken objects refer to. */
const NOWHERE = 'nowhere';

const READ = /^(v1|gateway\.networking\.k8s\.io\/v1|gateway\.envoyproxy\.io\/v1alpha1)$/;

/** Asks Envoy Gateway's own translator, without a cluster. What a cluster adds (addresses of services, secrets) is added here. */
export function translate(objects: readonly KubernetesObject[], className: string): Translation {
  const folder = mkdtempSync(join(tmpdir(), 'egctl-'));
  try {
    const file = join(folder, 'objects.yaml');
    const own = objects.filter(object => READ.test(object.apiVersion) && !isOfOtherClass(object, className)).map(withClusterIp);
    writeFileSync(file, [...own, ...secrets(folder, own)].map(object => stringify(object)).join('---\n'));
    const args = [
      'x',
      'translate',
      '--from',
      'gateway-api',
      '--to',
      'gateway-api,xds',
      '--type',
      'all',
      '--output',
      'json',
      '--file',
      file,
    ];
    const run = spawnSync(tool('egctl') as string, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
    if (run.status !== 0) return { status: run.status, error: run.stderr, xds: '', complaints: [] };
    const { xds, ...lists } = JSON.parse(run.stdout) as { xds: object } & Record<string, Judged | Judged[]>;
    return { status: 0, error: '', xds: JSON.stringify(xds), complaints: Object.values(lists).flat().flatMap(complaintsOf) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The translator serves one class, and takes every gateway that it is given for one of it. */
function isOfOtherClass(object: KubernetesObject, className: string): boolean {
  const spec = object.spec as { gatewayClassName?: string; parentRefs?: { name: string }[] } | undefined;
  return (
    (object.kind === 'Gateway' && spec?.gatewayClassName !== className) || spec?.parentRefs?.some(({ name }) => name !== 'public') === true
  );
}

function withClusterIp(object: KubernetesObject, index: number): KubernetesObject {
  const spec = object.spec as { clusterIP?: string } | undefined;
  return object.kind === 'Service' && spec?.clusterIP === undefined
    ? { ...object, spec: { ...spec, clusterIP: `10.43.0.${index % 250}` } }
    : object;
}

/** Contents that the test makes up for the Secrets that the objects refer to. */
function secrets(folder: string, objects: readonly KubernetesObject[]): KubernetesObject[] {
  const text = objects.map(object => JSON.stringify(object)).join('\n');
  selfSigned(folder, 'pair', ['*.example.net']);
  const pair = { 'tls.crt': readFileSync(join(folder, 'pair.crt')), 'tls.key': readFileSync(join(folder, 'pair.key')) };
  const certificates = [...new Set([...text.matchAll(/"kind":"Secret","name":"([\w-]+)"/g)].map(match => match[1] as string))].filter(
    name => name !== NOWHERE,
  );
  const secret = (name: string, namespace: string | undefined, data: Record<string, Buffer>, type = 'Opaque') => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name, ...(namespace && { namespace }) },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value.toString('base64')])),
  });
  return [
    ...certificates.map(name => secret(name, 'edge', pair, 'kubernetes.io/tls')),
    secret('oidc', 'edge', { 'client-secret': Buffer.from('placeholder') }),
    secret('api-keys', 'edge', { reseller: Buffer.from('placeholder') }),
    secret('users', 'edge', { '.htpasswd': Buffer.from('anna:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n') }),
    secret('envoy-oidc-hmac', 'envoy-gateway-system', { 'hmac-secret': Buffer.alloc(32, 'x') }),
  ];
}

function complaintsOf({ kind, metadata, status }: Judged): string[] {
  const parts = [...(status?.parents ?? []), ...(status?.ancestors ?? []), ...(status?.listeners ?? [])];
  const conditions = [...(status?.conditions ?? []), ...parts.flatMap(part => part.conditions)];
  return conditions
    .filter(({ type, status: met }) => (type === 'Conflicted' || type === 'Overridden' ? met === 'True' : met === 'False'))
    .map(({ type, message }) => `${kind} ${metadata.name} ${type}: ${message}`);
}
