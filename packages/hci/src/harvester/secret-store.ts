import { Check, type Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A store of the External Secrets Operator in the cluster itself. @see https://external-secrets.io/latest/api/clustersecretstore/ */
export interface SecretStore {
  /** Name of the object. */
  readonly name: string;
  /** @default `ClusterSecretStore` */
  readonly kind?: 'ClusterSecretStore' | 'SecretStore';
}

/** Checks a store. @throws PROP_FORMAT, PROP_CHOICE, PROP_UNKNOWN */
export function secretStore(scope: IConstruct, store: SecretStore): Required<SecretStore> {
  const check = new Check(scope);
  check.known(store, ['name', 'kind']);
  return {
    name: check.label('secretStore.name', store.name),
    kind: check.choice('secretStore.kind', store.kind ?? 'ClusterSecretStore', ['ClusterSecretStore', 'SecretStore']),
  };
}

/** Where the store has a secret; undefined when it is in no such store. */
export function remoteRef({ source }: Secret): { readonly key: string; readonly property: string } | undefined {
  return source.kind === 'openbao' ? { key: source.path, property: source.key } : undefined;
}
