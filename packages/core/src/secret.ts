import { inspect } from 'node:util';
import { ConfigError } from './config-error';

/** Where the value of a secret is kept; never the value itself. */
export type SecretSource =
  | { readonly kind: 'openbao'; readonly path: string; readonly key: string }
  | { readonly kind: 'sops'; readonly file: string; readonly key: string }
  | { readonly kind: 'terraform'; readonly variable: string }
  | { readonly kind: 'kubernetes'; readonly namespace: string; readonly name: string; readonly key: string };

/**
 * A reference to a secret. It has no string form: a consumer reads the value at run time, and rendering one into text is
 * an error that names the secret.
 */
export class Secret {
  /** A key of an OpenBao or Vault KV secret. */
  public static fromOpenBao(path: string, key: string): Secret {
    return new Secret({ kind: 'openbao', path: named('Secret.fromOpenBao', path), key: named('Secret.fromOpenBao', key) });
  }

  /** A key of a file that SOPS keeps encrypted in Git. */
  public static fromSops(file: string, key: string): Secret {
    return new Secret({ kind: 'sops', file: named('Secret.fromSops', file), key: named('Secret.fromSops', key) });
  }

  /** A sensitive Terraform variable, given as `TF_VAR_<variable>` when Terraform runs. */
  public static fromTerraformVariable(variable: string): Secret {
    if (!/^[a-z][a-z0-9_]*$/.test(variable)) {
      throw new ConfigError(
        'Secret.fromTerraformVariable',
        'SECRET_REFERENCE',
        'a variable is lower-case letters, digits and underscores',
        { fix: 'write it like k3s_token' },
      );
    }
    return new Secret({ kind: 'terraform', variable });
  }

  /** A key of a Secret object that something in the cluster writes, such as an operator. */
  public static fromKubernetes(namespace: string, name: string, key: string): Secret {
    const at = 'Secret.fromKubernetes';
    return new Secret({ kind: 'kubernetes', namespace: named(at, namespace), name: named(at, name), key: named(at, key) });
  }

  public static is(x: unknown): x is Secret {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(public readonly source: SecretSource) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Where it is kept, for people: `openbao:kv/k3s#token`. */
  public describe(): string {
    const s = this.source;
    switch (s.kind) {
      case 'openbao':
        return `openbao:${s.path}#${s.key}`;
      case 'sops':
        return `sops:${s.file}#${s.key}`;
      case 'terraform':
        return `terraform:var.${s.variable}`;
      case 'kubernetes':
        return `kubernetes:${s.namespace}/${s.name}#${s.key}`;
    }
  }

  /** @throws SECRET_IN_TEXT always */
  public toString(): never {
    throw this.inText();
  }

  /** @throws SECRET_IN_TEXT always */
  public toJSON(): never {
    throw this.inText();
  }

  /** @throws SECRET_IN_TEXT always */
  public [Symbol.toPrimitive](): never {
    throw this.inText();
  }

  /** Debuggers and failing tests may look at the reference. */
  public [inspect.custom](): string {
    return `Secret(${this.describe()})`;
  }

  private inText(): ConfigError {
    return new ConfigError(`Secret ${this.describe()}`, 'SECRET_IN_TEXT', 'a secret has no string form', {
      fix: 'pass the Secret itself to a property that takes one',
    });
  }
}

const MARKER = Symbol.for('@ashlar/core.Secret');

function named(where: string, value: string): string {
  if (typeof value !== 'string' || !/^[\w./-]+$/.test(value)) {
    // What was given is not repeated: it may be the value.
    throw new ConfigError(where, 'SECRET_REFERENCE', 'a reference is letters, digits and . _ / -', {
      fix: 'name the place where the secret is kept, never its value',
    });
  }
  return value;
}
