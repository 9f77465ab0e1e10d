import { ConfigError, type Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** The route that asks who a caller is. */
export interface AuthContext {
  readonly scope: IConstruct;
  readonly namespace: string;
  readonly host: string;
  readonly path: string;
}

/** How callers show who they are. */
export interface IAuth {
  /** Addresses that the proxies ask about callers. */
  readonly asks: readonly URL[];
  /** Its part of a SecurityPolicy; undefined when nobody is asked. */
  policy(context: AuthContext): object | undefined;
}

export function isAuth(x: unknown): x is IAuth {
  return typeof x === 'object' && x !== null && AUTH in x;
}

/** Marks what implements {@link IAuth}, so that copies of this package know each other's. */
export const AUTH = Symbol.for('@ashlar/edge.Auth');

/** Ways of asking that need nothing else. */
export class Auth implements IAuth {
  /**
   * Nobody is asked: the route is open to everybody who reaches the gateway.
   * @param reason why that is right, for whoever reads it next, 10 characters or more. @throws AUTH_REASON
   */
  public static none(reason: string): IAuth {
    if (typeof reason !== 'string' || reason.trim().length < 10) {
      throw new ConfigError('Auth.none', 'AUTH_REASON', 'an open route needs a reason of at least 10 characters', {
        got: reason,
        fix: "write it like Auth.none('the catalogue is public')",
      });
    }
    return new Auth();
  }

  public readonly asks = [];

  private constructor() {
    Object.defineProperty(this, AUTH, { value: true });
  }

  public policy(): undefined {
    return undefined;
  }
}

/**
 * Name of the Secret of the route's namespace that holds `secret`.
 * @param key the key by which Envoy Gateway looks for it. @throws AUTH_SECRET
 */
export function authSecret({ scope, namespace }: AuthContext, what: string, secret: Secret, key?: string): string {
  const { source } = secret;
  if (source.kind === 'kubernetes' && source.namespace === namespace && (key === undefined || source.key === key)) return source.name;
  throw new ConfigError(scope, 'AUTH_SECRET', `${what} is kept in ${secret.describe()}, where Envoy Gateway does not look for it`, {
    fix: `pass Secret.fromKubernetes('${namespace}', …, '${key ?? 'mobile-app'}')`,
  });
}

/** @throws AUTH_HTTPS, because whoever changes the answer on the way decides who callers are */
export function httpsUrl(at: string, name: string, value: string, example: string): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' && !url.username && !url.search && !url.hash && value.length <= 253) return url;
  throw new ConfigError(at, 'AUTH_HTTPS', `${name} must be an https address without query`, {
    got: value,
    fix: `write it like ${example}`,
  });
}
