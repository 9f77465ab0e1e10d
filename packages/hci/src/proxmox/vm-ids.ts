import { Check, ConfigError, Ledger, pathOf, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** The ids that a cluster may give to its guests, both ends included. */
export interface VmIdRange {
  /** 100–999999999; lower ones are Proxmox VE's own. */
  readonly from: number;
  /** 100–999999999 */
  readonly to: number;
}

/** Who has which VM id in one cluster. Virtual machines, containers and templates share the numbers. */
export class VmIds {
  private readonly holders = new Map<number, IConstruct>();

  /** @throws PROXMOX_VMID_RANGE when the range is empty */
  constructor(
    private readonly cluster: IConstruct,
    private readonly space: string,
    private readonly range?: VmIdRange,
  ) {
    if (!range) return;
    const check = new Check(cluster);
    check.known(range, ['from', 'to']);
    check.integer('vmIds.from', range.from, LOWEST, HIGHEST);
    check.integer('vmIds.to', range.to, LOWEST, HIGHEST);
    if (range.to < range.from) {
      throw new ConfigError(cluster, 'PROXMOX_VMID_RANGE', `vmIds.to must be at least vmIds.from (${range.from})`, {
        got: range.to,
        fix: `write vmIds: { from: ${range.to}, to: ${range.from} }`,
      });
    }
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
    const id = new Check(holder).integer('vmId', wanted, LOWEST, HIGHEST);
    if (this.range && (id < this.range.from || id > this.range.to)) {
      throw new ConfigError(
        holder,
        'PROXMOX_VMID_RANGE',
        `vmId is outside ${this.range.from} to ${this.range.to}, which ${pathOf(this.cluster)} may give out`,
        {
          got: id,
          fix: 'choose one inside, or widen vmIds of the cluster',
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

const LOWEST = 100;
const HIGHEST = 999_999_999;
