import { ConfigError } from './config-error';

export type Protocol = 'tcp' | 'udp' | 'sctp' | 'icmp';

/** A transport protocol with a port or a range of ports. */
export class Port {
  /** @param port 1–65535 */
  public static tcp(port: number): Port {
    return Port.range('tcp', port, port);
  }

  /** @param port 1–65535 */
  public static udp(port: number): Port {
    return Port.range('udp', port, port);
  }

  /** Ports `from` to `to`, both included. @throws PORT */
  public static range(protocol: Exclude<Protocol, 'icmp'>, from: number, to: number): Port {
    const valid = (p: number) => Number.isInteger(p) && p >= 1 && p <= 65_535;
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) {
      throw new ConfigError('Port', 'PORT_PROTOCOL', 'a port belongs to tcp, udp or sctp', { got: protocol, fix: 'write Port.tcp(443)' });
    }
    if (!valid(from) || !valid(to) || from > to) {
      throw new ConfigError(`Port.${protocol}`, 'PORT', 'a port is a whole number from 1 to 65535', {
        got: from === to ? from : `${from}-${to}`,
        fix: `write Port.${protocol}(443)`,
      });
    }
    return new Port(protocol, from, to);
  }

  /** Echo requests and the error messages that path MTU discovery needs. */
  public static icmp(): Port {
    return new Port('icmp', 0, 0);
  }

  public static is(x: unknown): x is Port {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly protocol: Protocol,
    public readonly from: number,
    public readonly to: number,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** `443/tcp`, `30000-32767/udp`, `icmp` */
  public toString(): string {
    if (this.protocol === 'icmp') return 'icmp';
    return `${this.from === this.to ? this.from : `${this.from}-${this.to}`}/${this.protocol}`;
  }
}

const MARKER = Symbol.for('@ashlar/core.Port');
