import { Check, ConfigError, Secret } from '@ashlar/core';

/**
 * Where a provider of Cluster API reads its credentials: an object of the management cluster.
 * @throws FACTORY_SECRET when the secret is kept elsewhere
 */
export function kubernetesSecret(
  at: string,
  prop: string,
  secret: Secret,
  key: string,
): { readonly namespace: string; readonly name: string } {
  new Check(at).instance(prop, secret, Secret, `Secret.fromKubernetes('cluster-factory', '${prop}', '${key}')`);
  const { source } = secret;
  if (source.kind === 'kubernetes' && source.key === key) return { namespace: source.namespace, name: source.name };
  throw new ConfigError(
    at,
    'FACTORY_SECRET',
    `${prop} is ${secret.describe()}, and the provider reads the key ${key} of a Secret of its own cluster`,
    {
      fix: `write Secret.fromKubernetes(namespace, name, '${key}'), and let something in the cluster make that, such as an ExternalSecret`,
    },
  );
}
