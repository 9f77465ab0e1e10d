import { ConfigError } from '@ashlar/core';

const MARKER = Symbol.for('@ashlar/data.PostgresVersion');

/** A PostgreSQL image for CloudNativePG. The operator reads the major version from its tag. */
export class PostgresVersion {
  public static readonly V17 = PostgresVersion.of('17.9-standard-trixie');
  public static readonly V18 = PostgresVersion.of('18.3-standard-trixie');

  /**
   * @param tag tag of `ghcr.io/cloudnative-pg/postgresql`, with a digest or without: `17.9-minimal-trixie@sha256:…`
   * @throws POSTGRES_VERSION when the minor version is open, because the database would restart into another one by itself
   * @see https://github.com/cloudnative-pg/postgres-containers
   */
  public static of(tag: string): PostgresVersion {
    const parts = typeof tag === 'string' ? /^(\d{2})\.\d+[\w.-]*(@sha256:[a-f0-9]{64})?$/.exec(tag) : null;
    if (!parts) {
      throw new ConfigError('PostgresVersion.of', 'POSTGRES_VERSION', 'a tag begins with the major and the minor version', {
        got: tag,
        fix: 'write it like 17.9-standard-trixie, or with its digest: 17.9-standard-trixie@sha256:…',
      });
    }
    return new PostgresVersion(`ghcr.io/cloudnative-pg/postgresql:${tag}`, Number(parts[1]));
  }

  public static is(x: unknown): x is PostgresVersion {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly image: string,
    public readonly major: number,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}
