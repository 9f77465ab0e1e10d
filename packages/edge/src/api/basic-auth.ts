import { Check, Secret } from '@ashlar/core';
import { AUTH, type AuthContext, authSecret, type IAuth } from './auth';

export interface BasicAuthProps {
  /** The key `.htpasswd` of a Secret in the namespace of the API, with lines of `htpasswd -s`. */
  readonly users: Secret;
}

/** Callers bring a name and a password. @see https://gateway.envoyproxy.io/docs/tasks/security/basic-auth/ */
export class BasicAuth implements IAuth {
  /** @throws PROP_* */
  public static of(props: BasicAuthProps): BasicAuth {
    const check = new Check('BasicAuth.of');
    check.known(props, ['users']);
    return new BasicAuth(check.instance('users', props.users, Secret, "Secret.fromKubernetes('edge', 'users', '.htpasswd')"));
  }

  public readonly asks = [];

  private constructor(private readonly users: Secret) {
    Object.defineProperty(this, AUTH, { value: true });
  }

  /** @throws AUTH_SECRET */
  public policy(context: AuthContext): object {
    return { basicAuth: { users: { name: authSecret(context, 'users', this.users, '.htpasswd') } } };
  }
}
