import { Check, ConfigError, Secret } from '@ashlar/core';
import { isWildcard } from '../gateway/dns-host';
import { AUTH, type AuthContext, authSecret, httpsUrl, type IAuth } from './auth';

export interface OidcAuthProps {
  /** The provider, e.g. `https://id.example.net`; its addresses are read from there unless both are given. */
  readonly issuer: string;
  readonly clientId: string;
  /** The key `client-secret` of a Secret in the namespace of the API. */
  readonly clientSecret: Secret;
  /** Besides `openid`. @default - none */
  readonly scopes?: readonly string[];
  /** @default - as the provider tells */
  readonly authorizationEndpoint?: string;
  /** @default - as the provider tells */
  readonly tokenEndpoint?: string;
}

/**
 * People log in at an OpenID Connect provider and come back with a cookie.
 *
 * They come back to `https://<host><path of the route>/oauth2/callback`, which the provider must know for each route.
 * @see https://gateway.envoyproxy.io/docs/tasks/security/oidc/
 */
export class OidcAuth implements IAuth {
  /** @throws AUTH_HTTPS, OIDC_ENDPOINTS, PROP_* */
  public static of(props: OidcAuthProps): OidcAuth {
    const check = new Check(AT);
    check.known(props, ['issuer', 'clientId', 'clientSecret', 'scopes', 'authorizationEndpoint', 'tokenEndpoint']);
    check.text('clientId', props.clientId, /^[!-~]{1,253}$/, 'the name of the client at the provider', 'shop');
    check.instance('clientSecret', props.clientSecret, Secret, "Secret.fromKubernetes('edge', 'oidc', 'client-secret')");
    if ((props.authorizationEndpoint === undefined) !== (props.tokenEndpoint === undefined)) {
      throw new ConfigError(AT, 'OIDC_ENDPOINTS', 'has one endpoint of the provider and not the other', {
        fix: 'give authorizationEndpoint and tokenEndpoint, or none of them',
      });
    }
    return new OidcAuth(props);
  }

  public readonly asks: readonly URL[];

  private constructor(private readonly props: OidcAuthProps) {
    Object.defineProperty(this, AUTH, { value: true });
    const { issuer, authorizationEndpoint, tokenEndpoint } = props;
    const provider = httpsUrl(AT, 'issuer', issuer, 'https://id.example.net');
    if (authorizationEndpoint !== undefined)
      httpsUrl(AT, 'authorizationEndpoint', authorizationEndpoint, 'https://id.example.net/authorize');
    const token = tokenEndpoint === undefined ? undefined : httpsUrl(AT, 'tokenEndpoint', tokenEndpoint, 'https://id.example.net/token');
    this.asks = [token ?? provider];
  }

  /** @throws OIDC_REDIRECT_HOST, AUTH_SECRET */
  public policy(context: AuthContext): object {
    const { issuer, clientId, clientSecret, scopes, authorizationEndpoint, tokenEndpoint } = this.props;
    const { scope, host } = context;
    if (isWildcard(host)) {
      throw new ConfigError(scope, 'OIDC_REDIRECT_HOST', `logs people in for ${host}, and there is no one host for them to come back to`, {
        fix: 'make an API for each host',
        see: 'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
      });
    }
    // Only requests that the route takes are seen by it, so the way back must begin with its path.
    const base = context.path === '/' ? '' : context.path.replace(/\/$/, '');
    return {
      oidc: {
        provider: { issuer, ...(authorizationEndpoint && { authorizationEndpoint }), ...(tokenEndpoint && { tokenEndpoint }) },
        clientID: clientId,
        clientSecret: { name: authSecret(context, 'clientSecret', clientSecret, 'client-secret') },
        redirectURL: `https://${host}${base}/oauth2/callback`,
        logoutPath: `${base}/logout`,
        cookieConfig: { sameSite: 'Lax' },
        ...(scopes && { scopes: [...scopes].sort() }),
      },
    };
  }
}

const AT = 'OidcAuth.of';
