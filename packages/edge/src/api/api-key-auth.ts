import { Check, Secret } from '@ashlar/core';
import { AUTH, type AuthContext, authSecret, type IAuth } from './auth';

export interface ApiKeyAuthProps {
  /**
   * Keys of callers, in Secrets of the namespace of the API. The name of the key in its Secret is that of the caller, and every key
   * of these Secrets is accepted.
   */
  readonly keys: readonly Secret[];
  /** Header that callers send their key in; it is not passed on. @default `X-API-Key` */
  readonly header?: string;
}

/** Callers bring a key of their own. @see https://gateway.envoyproxy.io/docs/tasks/security/apikey-auth/ */
export class ApiKeyAuth implements IAuth {
  /** @throws PROP_* */
  public static of(props: ApiKeyAuthProps): ApiKeyAuth {
    const check = new Check('ApiKeyAuth.of');
    check.known(props, ['keys', 'header']);
    for (const key of check.list('keys', props.keys, EXAMPLE)) check.instance('keys', key, Secret, EXAMPLE);
    return new ApiKeyAuth(
      props.keys,
      check.text('header', props.header ?? 'X-API-Key', /^[A-Za-z0-9-]+$/, 'the name of a header', 'X-API-Key'),
    );
  }

  public readonly asks = [];

  private constructor(
    private readonly keys: readonly Secret[],
    private readonly header: string,
  ) {
    Object.defineProperty(this, AUTH, { value: true });
  }

  /** @throws AUTH_SECRET */
  public policy(context: AuthContext): object {
    const names = new Set(this.keys.map(key => authSecret(context, 'keys', key)));
    return {
      apiKeyAuth: { credentialRefs: [...names].sort().map(name => ({ name })), extractFrom: [{ headers: [this.header] }], sanitize: true },
    };
  }
}

const EXAMPLE = "Secret.fromKubernetes('edge', 'api-keys', 'mobile-app')";
