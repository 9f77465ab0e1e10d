import { type Bandwidth, Check, ConfigError, type IVlan, isVlan, pathOf } from '@ashlar/core';
import { Construct } from 'constructs';
import { Link } from './link';
import { Nic } from './nic';
import type { Switch } from './switch';

/** Segments on a port. */
export interface PortVlans {
  /** Segment of frames without a tag. @default - none: such frames are dropped */
  readonly native?: IVlan;
  /** Segments whose frames carry their tag. @default - none */
  readonly tagged?: readonly IVlan[];
}

/** Segments on a cable inside the model, and how fast it is. */
export interface LinkProps extends PortVlans {
  /** What both ends are set to, when they must not agree by themselves. @default - the most that both can */
  readonly speed?: Bandwidth;
}

/** One port of a switch. A port that nobody configured carries nothing. */
export class SwitchPort extends Construct {
  public static isSwitchPort(x: unknown): x is SwitchPort {
    return typeof x === 'object' && x !== null && PORT in x;
  }

  public readonly switch: Switch;
  private cable?: Link;
  private own?: PortVlans;
  private purpose?: string;

  /** @param number from 1, as printed on the front */
  constructor(
    scope: Switch,
    public readonly number: number,
  ) {
    super(scope, `port-${number}`);
    Object.defineProperty(this, PORT, { value: true });
    this.switch = scope;
  }

  public get speed(): Bandwidth {
    return this.switch.portSpeeds[this.number] ?? this.switch.portSpeed;
  }

  /** The cable in it, when its other end is in the model. */
  public get link(): Link | undefined {
    return this.cable;
  }

  /** Where the cable leads. */
  public get peer(): string {
    const end = this.cable && (this.cable.port === this ? this.cable.peer : this.cable.port);
    if (end === undefined) return this.purpose ?? '';
    return Nic.isNic(end) ? `${end.machine.name} ${end.name}` : `${end.switch.name} port ${end.number}`;
  }

  public get native(): IVlan | undefined {
    return this.own?.native;
  }

  /** By tag. */
  public get tagged(): readonly IVlan[] {
    return this.own?.tagged ?? [];
  }

  /** `trunk` when it carries tagged frames, `access` when untagged ones only, `off` when nothing. */
  public get mode(): 'trunk' | 'access' | 'off' {
    if (this.tagged.length > 0) return 'trunk';
    return this.native ? 'access' : 'off';
  }

  /** All of them, the native one first. */
  public get vlans(): readonly IVlan[] {
    return this.native ? [this.native, ...this.tagged] : this.tagged;
  }

  /** The switch at the other end of the cable, if it is one. */
  public get neighbour(): Switch | undefined {
    if (!this.cable) return undefined;
    if (this.cable.port !== this) return this.cable.port.switch;
    return Nic.isNic(this.cable.peer) ? undefined : this.cable.peer.switch;
  }

  /** Whether frames of `vlan` pass, with or without tag. */
  public carries(vlan: IVlan): boolean {
    return this.native === vlan || this.tagged.includes(vlan);
  }

  /**
   * Connects a machine's network port, or a port of another switch, which then carries the same segments.
   * @throws PORT_CONNECTED, NIC_CONNECTED, BMC_SHARED, PORT_VLAN, LINK_SPEED
   */
  public connect(peer: Nic | SwitchPort, props: LinkProps): Link {
    if (!Nic.isNic(peer) && !SwitchPort.isSwitchPort(peer)) {
      throw new ConfigError(this, 'PROP_TYPE', 'what is connected must be a Nic or a SwitchPort', {
        got: peer,
        fix: "write connect(machine.nic('eno1'), { native: management })",
      });
    }
    if (peer === this) throw new ConfigError(this, 'PORT_LOOP', 'is connected to itself', { fix: 'connect it to another port' });
    const link = new Link(this, peer, props?.speed);
    this.refuseUsed(Nic.isNic(peer) ? `${pathOf(peer.machine)} ${peer.name}` : pathOf(peer));
    if (SwitchPort.isSwitchPort(peer)) {
      peer.refuseUsed(pathOf(this));
      this.configure(props, LINK_PROPS);
      peer.own = this.own;
      peer.cable = link;
    } else {
      peer.plug(link);
      this.configure(props, LINK_PROPS);
    }
    this.cable = link;
    return link;
  }

  /**
   * Carries one segment without tags, to something that is not in the model.
   * @param purpose what is there, for the port list
   */
  public access(vlan: IVlan, purpose = 'access'): void {
    this.refuseUsed(purpose);
    this.configure({ native: vlan });
    this.purpose = purpose;
  }

  /**
   * Carries several segments with their tags, to something that is not in the model.
   * @param purpose what is there, for the port list
   */
  public trunk(vlans: PortVlans, purpose = 'trunk'): void {
    this.refuseUsed(purpose);
    this.configure(vlans);
    this.purpose = purpose;
  }

  private refuseUsed(peer: string): void {
    if (!this.own) return;
    throw new ConfigError(this, 'PORT_CONNECTED', `cannot be connected to ${peer}, it is already connected to ${this.peer}`, {
      fix: 'choose another port',
    });
  }

  private configure(vlans: PortVlans, known: readonly string[] = ['native', 'tagged']): void {
    const check = new Check(this);
    check.known(vlans, known);
    const tagged = vlans.tagged ?? [];
    if (!Array.isArray(tagged))
      throw new ConfigError(this, 'PROP_TYPE', 'tagged must be a list', { got: tagged, fix: 'write tagged: [servers]' });
    const all = vlans.native === undefined ? tagged : [vlans.native, ...tagged];
    if (all.length === 0)
      throw new ConfigError(this, 'PORT_VLAN', 'carries no segment', { fix: 'write native: management, or tagged: [servers]' });
    for (const vlan of all) {
      if (typeof vlan !== 'object' || vlan === null || !isVlan(vlan)) {
        throw new ConfigError(this, 'PORT_VLAN', 'a segment of a port must be a Vlan', {
          got: vlan,
          fix: 'pass the Vlan itself, not its tag',
        });
      }
    }
    const twice = all.find((vlan, i) => all.indexOf(vlan) < i);
    if (twice) throw new ConfigError(this, 'PORT_VLAN', `carries ${pathOf(twice)} twice`, { fix: 'name it once, as native or as tagged' });
    this.own = { native: vlans.native, tagged: [...tagged].sort((a, b) => a.tag - b.tag) };
  }
}

const LINK_PROPS = ['native', 'tagged', 'speed'] as const satisfies readonly (keyof LinkProps)[];
const PORT = Symbol.for('@ashlar/hardware.SwitchPort');
