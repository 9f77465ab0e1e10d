import { Check, ConfigError, pathOf, Secret } from '@ashlar/core';
import { Host } from '@ashlar/network';
import { Gateway } from '../gateway/gateway';

/** TSIG by which an RFC 2136 server knows who updates it. */
export interface Rfc2136Props {
  /** Primary of the zones, such as our BIND; the issuer is let in on port 53. */
  readonly server: Host;
  /** Name of the key on the server, e.g. `acme`. Its algorithm is HMAC-SHA256. */
  readonly keyName: string;
  /** Base64 of the key, in the namespace cert-manager. */
  readonly key: Secret;
  /** Zones that it may update. @default - all that an issuer is asked for */
  readonly zones?: readonly string[];
}

export interface CloudflareProps {
  /** API token with Zone:Read and DNS:Edit on the zones, in the namespace cert-manager. */
  readonly apiToken: Secret;
  /** Zones that it may update. @default - all that an issuer is asked for */
  readonly zones?: readonly string[];
}

type Proof =
  | { readonly kind: 'http-01'; readonly gateway: Gateway }
  | { readonly kind: 'cloudflare'; readonly apiToken: Secret; readonly zones: readonly string[] }
  | { readonly kind: 'rfc2136'; readonly server: Host; readonly keyName: string; readonly key: Secret; readonly zones: readonly string[] };

/** How an authority is shown that a name is ours. @see https://letsencrypt.org/docs/challenge-types/ */
export class AcmeChallenge {
  /**
   * A file over plain HTTP, at the gateway to which the name leads. Not for wildcards, nor for what the Internet cannot reach.
   * @throws ACME_NO_HTTP when the gateway does not listen on port 80
   */
  public static http01(gateway: Gateway): AcmeChallenge {
    const at = 'AcmeChallenge.http01';
    new Check(at).instance('gateway', gateway, { name: 'Gateway', is: Gateway.isGateway }, 'gateway');
    if (!gateway.plainListener) {
      throw new ConfigError(at, 'ACME_NO_HTTP', `${pathOf(gateway)} does not listen on port 80, where the authority asks`, {
        fix: 'leave redirect out there, or use AcmeChallenge.cloudflare or rfc2136',
        see: 'https://letsencrypt.org/docs/challenge-types/#http-01-challenge',
      });
    }
    return new AcmeChallenge({ kind: 'http-01', gateway });
  }

  /** A record that Cloudflare serves. @throws PROP_* */
  public static cloudflare(props: CloudflareProps): AcmeChallenge {
    const check = new Check('AcmeChallenge.cloudflare');
    check.known(props, ['apiToken', 'zones']);
    const apiToken = check.instance('apiToken', props.apiToken, Secret, SECRET);
    return new AcmeChallenge({ kind: 'cloudflare', apiToken, zones: zonesOf(check, props.zones) });
  }

  /** A record written into a zone of our own by a signed update. @throws PROP_* */
  public static rfc2136(props: Rfc2136Props): AcmeChallenge {
    const check = new Check('AcmeChallenge.rfc2136');
    check.known(props, ['server', 'keyName', 'key', 'zones']);
    return new AcmeChallenge({
      kind: 'rfc2136',
      server: check.instance('server', props.server, { name: 'Host', is: Host.isHost }, "servers.host('ns1', 2)"),
      keyName: check.text('keyName', props.keyName, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'the name of a TSIG key', 'acme'),
      key: check.instance('key', props.key, Secret, SECRET),
      zones: zonesOf(check, props.zones),
    });
  }

  public static is(x: unknown): x is AcmeChallenge {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(public readonly proof: Proof) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/edge.AcmeChallenge');
const SECRET = "Secret.fromKubernetes('cert-manager', 'dns', 'token')";

function zonesOf(check: Check, zones: readonly string[] | undefined): readonly string[] {
  if (zones === undefined) return [];
  const form = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
  return [...check.list('zones', zones, "'example.net'")]
    .map(zone => check.text('zones', zone, form, 'names of zones', 'example.net'))
    .sort();
}
