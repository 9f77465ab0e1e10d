import { Check, ConfigError, Ledger, pathOf, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { checkRange, HIGHEST_VM_ID, LOWEST_VM_ID, VmIdPlan, type VmIdRange } from './vm-id-plan';

/** Who has which VM id in one cluster. Virtual machines, containers and templates share the numbers. */
export class VmIds {
  private readonly holders = new Map<number, IConstruct>();

  private readonly range?: VmIdRange;
  private readonly plan?: VmIdPlan;

  /** @throws PROXMOX_VMID_RANGE when the range is empty, VM_ID_PLAN when the plan has none for this environment */
  constructor(
    private readonly cluster: IConstruct,
    private readonly space: string,
    given?: VmIdRange | VmIdPlan,
  ) {
    if (given === undefined) return;
    if (VmIdPlan.is(given)) {
      this.plan = given;
      this.range = given.rangeOf(cluster);
    } else {
      checkRange(cluster, 'vmIds', given);
      this.range = given;
    }
  }

  /** Those that are given out, of guests and of templates. */
  public get given(): readonly number[] {
    return [...this.holders.keys()].sort((a, b) => a - b);
  }

  /**
   * Gives `holder` the id that it asks for, or else the one that the site's ledger has for `name`.
   * @throws PROXMOX_VMID_TAKEN, PROXMOX_VMID_RANGE, PROXMOX_VMID_MISSING
   */
  public claim(holder: IConstruct, name: string, wanted?: number): number {
    const id = wanted === undefined ? this.allocate(holder, name) : this.explicit(holder, wanted);
    const other = this.holders.get(id);
    if (other)
      throw new ConfigError(holder, 'PROXMOX_VMID_TAKEN', `vmId ${id} is already that of ${pathOf(other)}`, {
        fix: 'choose another one, or none to have one allocated',
      });
    this.holders.set(id, holder);
    return id;
  }

  private explicit(holder: IConstruct, wanted: number): number {
    const id = new Check(holder).integer('vmId', wanted, LOWEST_VM_ID, HIGHEST_VM_ID);
    if (this.range && (id < this.range.from || id > this.range.to)) {
      const owner = this.plan?.ownerOf(id);
      throw new ConfigError(
        holder,
        'PROXMOX_VMID_RANGE',
        `vmId is ${owner === undefined ? '' : `that of ${owner}, `}outside ${this.range.from} to ${this.range.to}, which ${pathOf(this.cluster)} may give out`,
        {
          got: id,
          fix: this.plan
            ? `choose one inside, or widen the range in the plan of ${this.plan.cluster}`
            : 'choose one inside, or widen vmIds of the cluster',
        },
      );
    }
    return id;
  }

  private allocate(holder: IConstruct, name: string): number {
    if (!this.range || !Site.find(holder)) {
      const reason = this.range
        ? 'there is no site whose ledger could keep one'
        : `${pathOf(this.cluster)} has no range to allocate one from`;
      throw new ConfigError(holder, 'PROXMOX_VMID_MISSING', `has no vmId, and ${reason}`, {
        fix: this.range ? 'write vmId: 100' : 'write vmId: 100, or give the cluster vmIds: { from: 100, to: 199 }',
      });
    }
    return Ledger.of(holder).allocate(holder, this.space, name, this.range.from, this.range.to, id => this.holders.has(id));
  }
}
