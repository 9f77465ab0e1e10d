import {
  Bandwidth,
  Check,
  Claims,
  ConfigError,
  type Depiction,
  Duration,
  type IConsumer,
  type IDepicted,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  onRender,
  type Placement,
  Power,
  pathOf,
  type Resources,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { hangOn, type PowerFeed } from './power-feed';
import { mountInRack, Rack } from './rack';
import { VLAN_SPLIT } from './rules/vlan-split';
import { SwitchPort } from './switch-port';
import { renderPortTable } from './switch-port-table';

export interface SwitchProps {
  /** Number of ports (1–1024). */
  readonly ports: number;
  /** Speed of each port. */
  readonly portSpeed: Bandwidth;
  /** Speed of the ports that differ, by number, such as uplinks. @default - none differs */
  readonly portSpeeds?: Readonly<Record<number, Bandwidth>>;
  /** Switch with which it acts as one towards bonds (MLAG, a stack). @default - none */
  readonly mlagWith?: Switch;
  /** Highest draw. */
  readonly power: Power;
  readonly feeds: readonly PowerFeed[];
  /** Rack unit, counted from 1 at the bottom. @default - in the rack, at no particular unit */
  readonly position?: number;
}

/** An Ethernet switch that understands VLANs. Its list of ports is written to `devices/switches/<name>.md`. */
export class Switch extends Construct implements IPlaced, IConsumer, IDepicted, ILifecycle {
  public static isSwitch(x: unknown): x is Switch {
    return typeof x === 'object' && x !== null && SWITCH in x;
  }

  public readonly name: string;
  public readonly portCount: number;
  public readonly portSpeed: Bandwidth;
  /** Of the ports that differ, by number. */
  public readonly portSpeeds: Readonly<Record<number, Bandwidth>>;
  public readonly mlagWith?: Switch;
  /** Rack unit; undefined when it is at no particular one. */
  public readonly position?: number;
  public readonly power: Power;
  public readonly feeds: readonly PowerFeed[];
  private readonly known = new Map<number, SwitchPort>();

  constructor(scope: Construct, id: string, props: SwitchProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, SWITCH, { value: true });
    const check = new Check(this);
    check.known(props, ['ports', 'portSpeed', 'portSpeeds', 'mlagWith', 'power', 'feeds', 'position']);
    this.name = check.label('the name of a switch', id);
    Claims.of(this).claim(
      'switch',
      id,
      this,
      holder => new ConfigError(this, 'SWITCH_NAME', `there is already a switch ${id}, ${pathOf(holder)}`, { fix: 'choose another id' }),
    );
    this.portCount = check.integer('ports', props.ports, 1, 1024);
    this.portSpeed = check.instance('portSpeed', props.portSpeed, Bandwidth, 'Bandwidth.gigabits(1)');
    this.portSpeeds = { ...props.portSpeeds };
    for (const [number, speed] of Object.entries(this.portSpeeds)) {
      this.requirePort(Number(number));
      check.instance(`portSpeeds.${number}`, speed, Bandwidth, 'Bandwidth.gigabits(40)');
    }
    if (props.mlagWith !== undefined)
      this.mlagWith = check.instance('mlagWith', props.mlagWith, { name: 'Switch', is: Switch.isSwitch }, 'lan');
    this.power = check.instance('power', props.power, Power, 'Power.watts(12)');
    this.feeds = hangOn(this, props.feeds, this.power);
    mountInRack(this, props.position, 1);
    this.position = props.position;
    Site.find(this)?.addRules(VLAN_SPLIT);
    onRender(this, output => output.write(this, `devices/switches/${this.name}.md`, renderPortTable(this)));
  }

  /** A port by its number, from 1. @throws PORT_NUMBER */
  public port(number: number): SwitchPort {
    this.requirePort(number);
    const port = this.known.get(number) ?? new SwitchPort(this, number);
    this.known.set(number, port);
    return port;
  }

  /** Ports that were asked for, by number. */
  public get ports(): readonly SwitchPort[] {
    return [...this.known.values()].sort((a, b) => a.number - b.number);
  }

  public get consumption(): Resources {
    return { power: this.power };
  }

  public get placement(): Placement {
    const rack = Rack.find(this);
    return { standsOn: [rack ? [rack] : [], this.feeds].filter(group => group.length > 0) };
  }

  public get lifecycle(): Lifecycle {
    const page = `devices/switches/${this.name}.md`;
    return {
      startsAfter: [],
      start: [
        {
          id: 'configure',
          title: `Switch ${this.name} on, and configure its ports`,
          action: { byHand: `Plug ${this.name} in, and configure its ports as ${page} lists them` },
          check: { ask: `Is ${this.name} on, and each port as ${page} has it?` },
          undo: { byHand: `Unplug ${this.name}` },
          budget: Duration.minutes(15),
        },
      ],
    };
  }

  public get depiction(): Depiction {
    return {
      kind: 'switch',
      label: this.name,
      facts: [`${this.ports.filter(port => port.mode !== 'off').length} of ${this.portCount} ports at ${this.portSpeed}`],
      linkedTo: this.ports.flatMap(({ link, number }) => {
        if (!link || link.port.switch !== this || !SwitchPort.isSwitchPort(link.peer)) return [];
        const label = `port ${number} to ${link.peer.number}, ${link.speed}`;
        return [{ to: link.peer.switch, label, speed: link.speed, capability: link.port.speed }];
      }),
      ...(this.position !== undefined && { units: { first: this.position, count: 1 } }),
    };
  }

  private requirePort(number: number): void {
    if (Number.isInteger(number) && number >= 1 && number <= this.portCount) return;
    throw new ConfigError(this, 'PORT_NUMBER', `a port is a whole number from 1 to ${this.portCount}`, {
      got: number,
      fix: 'use a number that is printed on the front',
    });
  }
}

const SWITCH = Symbol.for('@ashlar/hardware.Switch');
