import { Check, ConfigError, Secret } from '@ashlar/core';

export type LetsEncryptProps =
  | {
      /** The proxy answers a request from the Internet on port 80. @see https://letsencrypt.org/docs/challenge-types/ */
      readonly challenge: 'http-01';
    }
  | {
      /** The proxy writes a record into the zone; the only one for wildcards, and for what the Internet does not reach. */
      readonly challenge: 'dns-01';
      /** Who serves the zone, as the proxy's ACME client calls it: `cloudflare`, `rfc2136`. */
      readonly provider: string;
      /**
       * What the provider's API wants, by the names of the proxy's ACME client: environment variables of lego for Traefik
       * (`CF_DNS_API_TOKEN`), keys of certbot's credentials file for Nginx Proxy Manager (`dns_cloudflare_api_token`).
       */
      readonly credentials: Readonly<Record<string, Secret>>;
    };

/** Where the certificate of a site comes from. */
export class Certificate {
  /** The proxy gets it from Let's Encrypt and renews it. @throws CERTIFICATE */
  public static letsEncrypt(props: LetsEncryptProps): Certificate {
    const at = 'Certificate.letsEncrypt';
    if (props?.challenge !== 'http-01' && props?.challenge !== 'dns-01') {
      throw new ConfigError(at, 'CERTIFICATE', 'challenge must be http-01 or dns-01', {
        got: (props as { challenge?: unknown } | undefined)?.challenge,
        fix: "write { challenge: 'http-01' }",
      });
    }
    new Check(at).known(props, props.challenge === 'http-01' ? ['challenge'] : ['challenge', 'provider', 'credentials']);
    if (props.challenge === 'http-01') return new Certificate('http-01');
    if (typeof props.provider !== 'string' || !/^[a-z0-9][a-z0-9_-]*$/.test(props.provider)) {
      throw new ConfigError(at, 'CERTIFICATE', 'provider must be the name of a DNS provider', {
        got: props.provider,
        fix: "write provider: 'cloudflare'",
      });
    }
    const credentials = Object.entries(props.credentials ?? {});
    if (credentials.length === 0 || !credentials.every(([key, value]) => /^[A-Za-z][A-Za-z0-9_]*$/.test(key) && Secret.is(value))) {
      // What was given is not repeated: it may be the value.
      throw new ConfigError(at, 'CERTIFICATE', 'credentials must be secrets by the names of the ACME client', {
        fix: "write credentials: { CF_DNS_API_TOKEN: Secret.fromOpenBao('kv/dns', 'token') }",
      });
    }
    return new Certificate('dns-01', props.provider, Object.fromEntries(credentials));
  }

  /**
   * One that somebody else keeps on the proxy, such as an ACME client beside it or a person: the file `<name>.pem` of HAProxy,
   * `<name>.crt` and `<name>.key` of Traefik, the name in Nginx Proxy Manager.
   */
  public static stored(name: string): Certificate {
    if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
      throw new ConfigError('Certificate.stored', 'CERTIFICATE', 'a name is lower-case letters, digits, dots and dashes', {
        got: name,
        fix: "write Certificate.stored('shop')",
      });
    }
    return new Certificate('stored', name);
  }

  /** No TLS: everybody on the way reads and changes what passes. */
  public static none(): Certificate {
    return new Certificate('none');
  }

  public static is(x: unknown): x is Certificate {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly kind: 'http-01' | 'dns-01' | 'stored' | 'none',
    /** DNS provider of dns-01, name of a stored one. */
    public readonly name = '',
    /** Of the DNS provider. */
    public readonly credentials: Readonly<Record<string, Secret>> = {},
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/network.Certificate');
