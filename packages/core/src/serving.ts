import type { IConstruct } from 'constructs';

/**
 * A construct that answers under names that others use: a registry, an S3 store, a resolver. Whoever is configured with one of the
 * names cannot start before it.
 */
export interface IServing extends IConstruct {
  /** Fully qualified host names, lower case, without port. Addresses are allowed too. */
  readonly serves: readonly string[];
}

export function isServing(construct: IConstruct): construct is IServing {
  return Array.isArray((construct as { serves?: unknown }).serves);
}

/** A construct that keeps secrets: who needs a secret of its kind cannot start before it. */
export interface ISecretStore extends IConstruct {
  /** Which references it answers: `openbao` for {@link Secret.fromOpenBao}. */
  readonly keepsSecrets: 'openbao';
}

export function isSecretStore(construct: IConstruct): construct is ISecretStore {
  return (construct as { keepsSecrets?: unknown }).keepsSecrets === 'openbao';
}
