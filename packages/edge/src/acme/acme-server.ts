import { Check } from '@ashlar/core';

const MARKER = Symbol.for('@ashlar/edge.AcmeServer');

/** A certificate authority that speaks ACME. @see RFC 8555 */
export class AcmeServer {
  /** Let's Encrypt: certificates that browsers trust, 50 a week for a domain. @see https://letsencrypt.org/docs/rate-limits/ */
  public static readonly LETS_ENCRYPT = AcmeServer.of('https://acme-v02.api.letsencrypt.org/directory');
  /** Its place to try things out: certificates that nobody trusts, with limits that nobody meets. */
  public static readonly LETS_ENCRYPT_STAGING = AcmeServer.of('https://acme-staging-v02.api.letsencrypt.org/directory');

  /** @param directory address of the directory. @throws PROP_FORMAT when it is not https */
  public static of(directory: string): AcmeServer {
    return new AcmeServer(
      new Check('AcmeServer.of').text(
        'directory',
        directory,
        /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w./-]*)?$/,
        'the https address of a directory',
        'https://ca.example.net/acme/directory',
      ),
    );
  }

  public static is(x: unknown): x is AcmeServer {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(public readonly directory: string) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}
