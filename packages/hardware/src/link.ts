import type { Bandwidth } from '@ashlar/core';
import type { Nic } from './nic';
import type { SwitchPort } from './switch-port';

/** A cable between a switch port and a network port of a machine, or between two switch ports. */
export class Link {
  constructor(
    public readonly port: SwitchPort,
    public readonly peer: Nic | SwitchPort,
  ) {}

  /** That of the slower end. */
  public get speed(): Bandwidth {
    return this.peer.speed.toMegabits() < this.port.speed.toMegabits() ? this.peer.speed : this.port.speed;
  }
}
