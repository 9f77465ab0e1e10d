import { Check, ConfigError, Duration, Port } from '@ashlar/core';

export type HealthCheckKind = 'http' | 'https' | 'tcp' | 'postgres';

export interface HealthCheckOptions {
  /** Port that is asked. @default - the one that is served */
  readonly port?: Port;
  /** Time between two questions, whole seconds. @default Duration.seconds(5) */
  readonly interval?: Duration;
}

/** How a proxy finds out that a server can take requests. */
export class HealthCheck {
  /** A GET that is answered with a status of 200 to 399. @param path e.g. `/healthz` */
  public static http(path: string, options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('http', options, pathLike('HealthCheck.http', path));
  }

  /**
   * The same over TLS, such as `/readyz` of a Kubernetes API. The certificate is looked at as those of the requests are; where these
   * are not over TLS, HAProxy takes any and Traefik only one that it trusts.
   */
  public static https(path: string, options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('https', options, pathLike('HealthCheck.https', path));
  }

  /** A connection that is accepted. */
  public static tcp(options: HealthCheckOptions = {}): HealthCheck {
    return new HealthCheck('tcp', options);
  }

  /**
   * The start of a PostgreSQL session, which needs neither password nor rights.
   * @param user name of a role
   */
  public static postgres(user: string, options: HealthCheckOptions = {}): HealthCheck {
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(user)) {
      throw new ConfigError('HealthCheck.postgres', 'HEALTH_CHECK', 'a role is lower-case letters, digits and underscores', {
        got: user,
        fix: "write HealthCheck.postgres('haproxy')",
      });
    }
    return new HealthCheck('postgres', options, '', user);
  }

  public static is(x: unknown): x is HealthCheck {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** Port that is asked; undefined for the one that is served. */
  public readonly port?: Port;
  public readonly interval: Duration;

  private constructor(
    public readonly kind: HealthCheckKind,
    options: HealthCheckOptions,
    /** What is asked for over HTTP. */
    public readonly path = '',
    /** Role in PostgreSQL. */
    public readonly user = '',
  ) {
    Object.defineProperty(this, MARKER, { value: true });
    const check = new Check(`HealthCheck.${kind}`);
    check.known(options, ['port', 'interval']);
    if (options.port !== undefined) this.port = tcpPort(options.port);
    this.interval = check.instance('interval', options.interval ?? Duration.seconds(5), Duration, 'Duration.seconds(5)');
    if (this.interval.toSeconds() < 1) {
      throw new ConfigError(`HealthCheck.${kind}`, 'HEALTH_CHECK', 'interval must be at least a second', {
        got: String(this.interval),
        fix: 'write interval: Duration.seconds(5)',
      });
    }
  }
}

const MARKER = Symbol.for('@ashlar/network.HealthCheck');

function pathLike(where: string, path: string): string {
  if (typeof path === 'string' && /^\/[\w./~%?=&-]*$/.test(path)) return path;
  throw new ConfigError(where, 'HEALTH_CHECK', 'the path begins with a slash and has no spaces', { got: path, fix: "write '/healthz'" });
}

function tcpPort(port: Port): Port {
  if (Port.is(port) && port.protocol === 'tcp' && port.from === port.to) return port;
  throw new ConfigError('HealthCheck', 'HEALTH_CHECK', 'port must be one TCP port', {
    got: Port.is(port) ? String(port) : port,
    fix: 'write port: Port.tcp(8008)',
  });
}
