import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';

/** The address of one network port, in lower case with colons. */
export class MacAddress {
  /**
   * @throws MAC_FORMAT when it is not six octets
   * @throws MAC_GROUP when it is a multicast, broadcast or all-zero address, which no port has
   */
  public static of(scope: IConstruct | string, text: string): MacAddress {
    const octets = typeof text === 'string' ? text.toLowerCase().match(/^([0-9a-f]{2})([:-])(?:[0-9a-f]{2}\2){4}[0-9a-f]{2}$/) : null;
    if (!octets) {
      throw new ConfigError(scope, 'MAC_FORMAT', 'a MAC address is six octets in hexadecimal', {
        got: text,
        fix: 'write it like 02:00:5e:10:00:01',
      });
    }
    const address = octets[0].replaceAll('-', ':');
    if (Number.parseInt(octets[1] as string, 16) % 2 === 1 || address === '00:00:00:00:00:00') {
      throw new ConfigError(scope, 'MAC_GROUP', 'a MAC address of a port is neither a group address nor zero', {
        got: text,
        fix: 'read it from the label of the machine, or from ip link',
        see: 'IEEE 802 section 8.2',
      });
    }
    return new MacAddress(address);
  }

  private constructor(private readonly address: string) {}

  public toString(): string {
    return this.address;
  }
}
