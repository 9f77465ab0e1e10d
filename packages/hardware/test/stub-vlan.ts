import type { IVlan } from '@ashlar/core';
import { Construct } from 'constructs';

/** A segment as this package sees it: by contract. */
export class StubVlan extends Construct implements IVlan {
  public readonly name: string;
  public readonly cidrs: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    public readonly tag: number,
  ) {
    super(scope, id);
    this.name = id;
    this.cidrs = [`10.${tag}.0.0/24`];
  }
}
