import { Bandwidth, Check, ConfigError, pathOf } from '@ashlar/core';
import type { Nic } from './nic';
import type { SwitchPort } from './switch-port';

/** A cable between a switch port and a network port of a machine, or between two switch ports. */
export class Link {
  /** That of the slower end, or what it is forced to. */
  public readonly speed: Bandwidth;
  /** Whether both ends are set to that speed, instead of agreeing on it. */
  public readonly forced: boolean;

  /** @throws LINK_SPEED */
  constructor(
    public readonly port: SwitchPort,
    public readonly peer: Nic | SwitchPort,
    speed?: Bandwidth,
  ) {
    const slower = peer.speed.toMegabits() < port.speed.toMegabits() ? peer : port;
    if (speed !== undefined) new Check(port).instance('speed', speed, Bandwidth, 'Bandwidth.gigabits(10)');
    if (speed !== undefined && speed.toMegabits() > slower.speed.toMegabits()) {
      throw new ConfigError(port, 'LINK_SPEED', `the cable cannot be faster than ${pathOf(slower)}, which is capable of ${slower.speed}`, {
        got: String(speed),
        fix: 'leave speed out, or choose a lower one',
      });
    }
    this.forced = speed !== undefined;
    this.speed = speed ?? slower.speed;
  }
}
