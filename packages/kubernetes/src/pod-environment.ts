import { Check, ConfigError, Secret } from '@ashlar/core';
import type * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import type { IConstruct } from 'constructs';

/** Folder in which a container finds the secrets of its environment, one file each. */
const FOLDER = '/run/secrets/env';

/** The environment of a container, and the volume that its secrets need. */
export interface PodEnvironment {
  readonly env: k8s.EnvVar[];
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
}

/**
 * Renders environment variables.
 *
 * A secret is mounted as a file, and its variable, which ends in `_FILE` as most images have it, holds the path. What is in
 * the environment itself is inherited by every child process and shows in crash reports and debug pages; a file does not,
 * and follows the Secret when that is changed (CKV_K8S_35, CIS 5.4.1).
 * @param inEnvironment secrets for programs that read nothing but the environment
 * @throws ENV_NAME, ENV_VALUE, ENV_SECRET_FILE, ENV_SECRET_KIND, ENV_SECRET_NAMESPACE, ENV_TWICE
 */
export function podEnvironment(
  scope: IConstruct,
  namespace: string,
  env: Readonly<Record<string, string | Secret>>,
  inEnvironment: Readonly<Record<string, Secret>>,
): PodEnvironment {
  const check = new Check(scope);
  const variables: k8s.EnvVar[] = [];
  const files: k8s.VolumeProjection[] = [];
  for (const [name, value] of sorted(env)) {
    variableName(check, name);
    if (typeof value === 'string') {
      variables.push({ name, value });
    } else if (Secret.is(value)) {
      const { name: secret, key } = kubernetesSecret(scope, namespace, name, value);
      if (!name.endsWith('_FILE')) {
        throw new ConfigError(
          scope,
          'ENV_SECRET_FILE',
          `env.${name} is a secret (${value.describe()}), which is mounted as a file, but its name does not say so`,
          {
            fix: `write env: { ${name}_FILE: … }, which holds the file's path, or secretEnvironment: { ${name}: … } when the program reads nothing else`,
          },
        );
      }
      const path = name.slice(0, -'_FILE'.length).toLowerCase();
      variables.push({ name, value: `${FOLDER}/${path}` });
      files.push({ secret: { name: secret, items: [{ key, path }] } });
    } else {
      throw new ConfigError(scope, 'ENV_VALUE', `env.${name} must be a string or a Secret`, {
        got: value,
        fix: `write ${name}: '${String(value)}'`,
      });
    }
  }
  for (const [name, value] of sorted(inEnvironment)) {
    variableName(check, name);
    if (name in env) throw new ConfigError(scope, 'ENV_TWICE', `${name} is in env and in secretEnvironment`, { fix: 'remove one of them' });
    check.instance(`secretEnvironment.${name}`, value, Secret, "Secret.fromKubernetes('shop', 'api-token', 'token')");
    variables.push({ name, valueFrom: { secretKeyRef: kubernetesSecret(scope, namespace, name, value) } });
  }
  return files.length === 0
    ? { env: variables, volumes: [], mounts: [] }
    : {
        env: variables,
        volumes: [{ name: 'env-secrets', projected: { defaultMode: 0o440, sources: files } }],
        mounts: [{ name: 'env-secrets', mountPath: FOLDER, readOnly: true }],
      };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function variableName(check: Check, name: string): void {
  check.text(`env.${name}`, name, /^[A-Z_][A-Z0-9_]*$/, 'named in upper-case letters, digits and underscores', 'DATABASE_HOST');
}

function kubernetesSecret(scope: IConstruct, namespace: string, variable: string, secret: Secret): { name: string; key: string } {
  const { source } = secret;
  if (source.kind !== 'kubernetes') {
    throw new ConfigError(scope, 'ENV_SECRET_KIND', `${variable} is kept in ${secret.describe()}, which a pod cannot read`, {
      fix: `let External Secrets or an operator write it into namespace ${namespace}, and pass Secret.fromKubernetes('${namespace}', …)`,
    });
  }
  if (source.namespace !== namespace) {
    throw new ConfigError(
      scope,
      'ENV_SECRET_NAMESPACE',
      `${variable} is in Secret ${source.name} of namespace ${source.namespace}, and a pod of namespace ${namespace} cannot read it`,
      {
        fix: `run the workload in ${source.namespace}, or have the secret written into ${namespace} too`,
      },
    );
  }
  return { name: source.name, key: source.key };
}
