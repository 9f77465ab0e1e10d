import { type Bandwidth, Claims, ConfigError, MacAddress, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import type { Link } from './link';
import type { Machine } from './machine';

export interface NicProps {
  /** What it is capable of. */
  readonly speed: Bandwidth;
  /** Six octets, e.g. `02:00:5e:10:00:01`. @default - not known yet */
  readonly mac?: string;
}

/** One network port of a machine. */
export class Nic extends Construct {
  public static isNic(x: unknown): x is Nic {
    return typeof x === 'object' && x !== null && NIC in x;
  }

  /** Name that the operating system gives it. */
  public readonly name: string;
  /** What it is capable of; the link may be slower. */
  public readonly speed: Bandwidth;
  /** In lower case with colons; undefined while it is not known. */
  public readonly mac?: string;
  private cable?: Link;

  constructor(
    public readonly machine: Machine,
    name: string,
    props: NicProps,
  ) {
    super(vacant(machine, name), name);
    Object.defineProperty(this, NIC, { value: true });
    this.name = name;
    this.speed = props.speed;
    if (props.mac === undefined) return;
    const mac = MacAddress.of(this, props.mac).toString();
    this.mac = mac;
    Claims.of(this).claim(
      'mac',
      mac,
      this,
      holder =>
        new ConfigError(this, 'MAC_TAKEN', `MAC address ${mac} is already that of ${pathOf(holder)}`, {
          fix: 'read it from ip link on the machine',
        }),
    );
  }

  /** The cable in it, if any. */
  public get link(): Link | undefined {
    return this.cable;
  }

  /** Plugs a cable in. Switch ports do so. @throws NIC_CONNECTED */
  public plug(link: Link): void {
    if (this.cable) {
      throw new ConfigError(link.port, 'NIC_CONNECTED', `${pathOf(this)} is already connected to ${pathOf(this.cable.port)}`, {
        fix: 'choose another network port of the machine',
      });
    }
    this.cable = link;
  }
}

const NIC = Symbol.for('@ashlar/hardware.Nic');
