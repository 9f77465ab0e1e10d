import { Bandwidth, Check, Claims, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { isMachine } from './is-machine';
import type { Machine } from './machine';
import { Nic } from './nic';
import { BOND_MISMATCH } from './rules/bond-mismatch';
import { BOND_SPLIT } from './rules/bond-split';

export interface BondProps {
  /** Network ports of the machine, two or more. */
  readonly nics: readonly Nic[];
  /** All at once by LACP, which the switch must speak too; or one, and the others when it fails. @default `802.3ad` */
  readonly mode?: '802.3ad' | 'active-backup';
}

/**
 * Several network ports of a machine that act as one. Its id is the name that the operating system gives it, e.g. `bond0`.
 *
 * @see https://docs.kernel.org/networking/bonding.html
 */
export class Bond extends Construct {
  public static isBond(x: unknown): x is Bond {
    return typeof x === 'object' && x !== null && BOND in x;
  }

  public readonly name: string;
  public readonly machine: Machine;
  public readonly nics: readonly Nic[];
  public readonly mode: '802.3ad' | 'active-backup';

  /** @throws BOND_NICS, BOND_NIC_TAKEN, PROP_* */
  constructor(machine: Machine, id: string, props: BondProps) {
    super(vacant(machine, id), id);
    Object.defineProperty(this, BOND, { value: true });
    const check = new Check(this);
    check.known(props, ['nics', 'mode']);
    this.machine = check.instance('scope', machine, { name: 'Machine', is: isMachine }, 'machine');
    this.name = check.text('the name of a bond', id, /^[a-z][\w.-]{0,14}$/, 'a name of a Linux interface, up to 15 characters', 'bond0');
    this.nics = [...check.list('nics', props.nics, "machine.nic('eno1'), machine.nic('eno2')")];
    for (const nic of this.nics) this.join(check.instance('nics', nic, { name: 'Nic', is: Nic.isNic }, "[machine.nic('eno1'), …]"));
    if (new Set(this.nics).size < 2) {
      throw new ConfigError(this, 'BOND_NICS', 'a bond is of two network ports or more', {
        got: this.nics.map(nic => nic.name),
        fix: 'name another port, or use the port itself',
      });
    }
    this.mode = check.choice('mode', props.mode ?? '802.3ad', ['802.3ad', 'active-backup']);
    Site.find(this)?.addRules(BOND_MISMATCH, BOND_SPLIT);
  }

  /** What it carries: all its cables together by LACP, else that of the slowest. */
  public get speed(): Bandwidth {
    const speeds = this.nics.map(nic => nic.link?.speed ?? Bandwidth.megabits(0));
    if (this.mode === '802.3ad') return Bandwidth.sum(speeds);
    return speeds.reduce((least, speed) => (speed.toMegabits() < least.toMegabits() ? speed : least));
  }

  private join(nic: Nic): void {
    if (!this.machine.nics.includes(nic)) {
      throw new ConfigError(this, 'BOND_NICS', `${pathOf(nic)} is no network port of ${pathOf(this.machine)}`, {
        fix: `use one of ${this.machine.nics.map(({ name }) => name).join(', ')}`,
      });
    }
    Claims.of(this).claim('bonded', pathOf(nic), this, holder => {
      return new ConfigError(this, 'BOND_NIC_TAKEN', `${pathOf(nic)} is already in ${pathOf(holder)}`, { fix: 'choose another port' });
    });
  }
}

const BOND = Symbol.for('@ashlar/hardware.Bond');
