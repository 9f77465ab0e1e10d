import { Check, ConfigError, type Depiction, type IDepicted, pathOf, vacant } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';

export interface RackProps {
  /** Height in rack units (1–60). */
  readonly units: number;
}

/** A rack, or a shelf of one: what shares its floor, its door and its air. */
export class Rack extends Construct implements IDepicted {
  /** The rack that a construct stands in, if any. */
  public static find(construct: IConstruct): Rack | undefined {
    return construct.node.scopes.reverse().find((scope): scope is Rack => RACK in scope);
  }

  public readonly units: number;
  private readonly occupants = new Map<number, IConstruct>();

  constructor(scope: Construct, id: string, props: RackProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, RACK, { value: true });
    const check = new Check(this);
    check.known(props, ['units']);
    this.units = check.integer('units', props.units, 1, 60);
  }

  public get depiction(): Depiction {
    return { kind: 'rack', label: this.node.id, facts: [`${this.units} units`], units: { first: 1, count: this.units } };
  }

  /**
   * Puts a device into units `position` to `position + height - 1`, counted from the bottom.
   * @throws RACK_POSITION when it does not fit, RACK_UNITS_TAKEN when another device is there
   */
  public mount(device: IConstruct, position: number, height: number): void {
    const top = position + height - 1;
    if (!Number.isInteger(position) || position < 1 || top > this.units) {
      throw new ConfigError(
        device,
        'RACK_POSITION',
        `a device of ${height} units does not fit at this position of ${pathOf(this)}, which has units 1 to ${this.units}`,
        {
          got: position,
          fix: height > this.units ? 'choose a higher rack' : `choose a position from 1 to ${this.units - height + 1}`,
        },
      );
    }
    for (let unit = position; unit <= top; unit++) {
      const holder = this.occupants.get(unit);
      if (holder) {
        throw new ConfigError(device, 'RACK_UNITS_TAKEN', `unit ${unit} of ${pathOf(this)} is already that of ${pathOf(holder)}`, {
          fix: 'choose another position',
        });
      }
    }
    for (let unit = position; unit <= top; unit++) this.occupants.set(unit, device);
  }
}

const RACK = Symbol.for('@ashlar/hardware.Rack');

/** Puts `device` into the rack around it, when it has a position. @throws RACK_MISSING */
export function mountInRack(device: IConstruct, position: number | undefined, height: number): void {
  if (position === undefined) return;
  const rack = Rack.find(device);
  if (!rack)
    throw new ConfigError(device, 'RACK_MISSING', `is at unit ${position} of no rack`, {
      fix: 'create it inside a Rack, or leave the position out',
    });
  rack.mount(device, position, height);
}
