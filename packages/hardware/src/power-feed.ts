import {
  Check,
  type Depiction,
  Duration,
  type IDepicted,
  type ILifecycle,
  type IProvider,
  type Lifecycle,
  Power,
  pathOf,
  type Resources,
  Site,
  vacant,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { POWER_OVERLOAD } from './rules/power-overload';
import { SINGLE_FEED } from './rules/single-feed';

export interface PowerFeedProps {
  /** What it may carry for good: a 10 A circuit at 230 V is 2300 W. */
  readonly capacity: Power;
}

/** One device on a feed, at its highest draw. */
export interface PowerLoad {
  readonly device: IConstruct;
  readonly power: Power;
  /** Every feed that the device hangs on. */
  readonly feeds: readonly PowerFeed[];
}

/** A circuit that can fail alone: a breaker, an outlet strip, an uninterruptible supply. */
export class PowerFeed extends Construct implements IProvider, IDepicted, ILifecycle {
  public static isPowerFeed(x: unknown): x is PowerFeed {
    return typeof x === 'object' && x !== null && FEED in x;
  }

  public readonly capacity: Resources & { readonly power: Power };
  private readonly connected: PowerLoad[] = [];

  constructor(scope: Construct, id: string, props: PowerFeedProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, FEED, { value: true });
    const check = new Check(this);
    check.known(props, ['capacity']);
    this.capacity = { power: check.instance('capacity', props.capacity, Power, 'Power.watts(2300)') };
    Site.find(this)?.addRules(POWER_OVERLOAD, SINGLE_FEED);
  }

  /** What hangs on it. */
  public get loads(): readonly PowerLoad[] {
    return this.connected;
  }

  /** What it carries when every device draws its highest and the other feed of each has failed. */
  public get worstCase(): Power {
    return Power.sum(this.connected.map(load => load.power));
  }

  public get lifecycle(): Lifecycle {
    const name = pathOf(this);
    const on = { byHand: `Close the breaker of ${name}` };
    const off = { byHand: `Open the breaker of ${name}` };
    const common = { budget: Duration.minutes(2) };
    return {
      startsAfter: [],
      start: [{ id: 'on', title: `Switch ${name} on`, action: on, check: { ask: `Does ${name} carry voltage?` }, undo: off, ...common }],
      stop: [{ id: 'off', title: `Switch ${name} off`, action: off, check: { ask: `Is ${name} without voltage?` }, undo: on, ...common }],
    };
  }

  public get depiction(): Depiction {
    return { kind: 'feed', label: this.node.id, facts: [`${this.worstCase} of ${this.capacity.power}`] };
  }

  /** Hangs a device on it. Machines and switches do so themselves. */
  public connect(load: PowerLoad): void {
    this.connected.push(load);
  }
}

const FEED = Symbol.for('@ashlar/hardware.PowerFeed');

/** The feeds of a device, each of which now carries it. */
export function hangOn(device: IConstruct, feeds: readonly PowerFeed[], power: Power): readonly PowerFeed[] {
  const check = new Check(device);
  const own = [...new Set(check.list('feeds', feeds, 'mains'))];
  for (const feed of own) check.instance('feeds', feed, { name: 'PowerFeed', is: PowerFeed.isPowerFeed }, '[mains]');
  for (const feed of own) feed.connect({ device, power, feeds: own });
  return own;
}
