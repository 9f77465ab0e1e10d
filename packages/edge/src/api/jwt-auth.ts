import { Check, ConfigError } from '@ashlar/core';
import { AUTH, httpsUrl, type IAuth } from './auth';

export interface JwtAuthProps {
  /** The `iss` of tokens, e.g. `https://id.example.net`. */
  readonly issuer: string;
  /** The `aud` of tokens, 1–8: whom they were made for. A token for another service is refused. */
  readonly audiences: readonly string[];
  /** Where the issuer keeps its public keys, over https. */
  readonly jwksUri: string;
}

/** Callers bring a signed token in the header Authorization. @see https://gateway.envoyproxy.io/docs/tasks/security/jwt-authentication/ */
export class JwtAuth implements IAuth {
  /** @throws AUTH_HTTPS, JWT_AUDIENCES, PROP_* */
  public static of(props: JwtAuthProps): JwtAuth {
    const check = new Check('JwtAuth.of');
    check.known(props, ['issuer', 'audiences', 'jwksUri']);
    return new JwtAuth(
      httpsUrl('JwtAuth.of', 'issuer', check.present('issuer', props.issuer, "'https://id.example.net'"), 'https://id.example.net') &&
        props.issuer,
      audiencesOf(check, props.audiences),
      httpsUrl(
        'JwtAuth.of',
        'jwksUri',
        check.present('jwksUri', props.jwksUri, "'https://id.example.net/keys'"),
        'https://id.example.net/keys',
      ),
    );
  }

  public readonly asks: readonly URL[];

  private constructor(
    private readonly issuer: string,
    private readonly audiences: readonly string[],
    jwksUri: URL,
  ) {
    Object.defineProperty(this, AUTH, { value: true });
    this.asks = [jwksUri];
  }

  public policy(): object {
    const [jwksUri] = this.asks as [URL];
    const { issuer, audiences } = this;
    return { jwt: { providers: [{ name: jwksUri.hostname, issuer, audiences, remoteJWKS: { uri: jwksUri.href, cacheDuration: '5m' } }] } };
  }
}

const MOST_AUDIENCES = 8;

function audiencesOf(check: Check, given: readonly string[]): readonly string[] {
  if (
    !Array.isArray(given) ||
    given.length === 0 ||
    given.length > MOST_AUDIENCES ||
    given.some(one => typeof one !== 'string' || one === '')
  ) {
    throw new ConfigError(
      'JwtAuth.of',
      'JWT_AUDIENCES',
      `audiences must be 1 to ${MOST_AUDIENCES} names, or tokens for any other service would do`,
      {
        got: given,
        fix: "write audiences: ['shop-api']",
        see: 'RFC 8725 section 3.9',
      },
    );
  }
  return [...check.list('audiences', given, "'shop-api'")].sort();
}
