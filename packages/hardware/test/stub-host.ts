import type { Address, IAddressed, IVlan } from '@ashlar/core';
import { Construct } from 'constructs';

/** A name with addresses as this package sees it: by contract. */
export class StubHost extends Construct implements IAddressed {
  public readonly addresses: readonly Address[];

  /** @param numbers its number in each segment */
  constructor(scope: Construct, id: string, numbers: readonly (readonly [IVlan, number])[]) {
    super(scope, id);
    this.addresses = numbers.map(([vlan, number]) => {
      const ip = `${vlan.cidrs[0]?.replace(/\d+\/\d+$/, '')}${number}`;
      return { name: id, ip, family: 4, prefixLength: 24, vlan };
    });
  }
}
