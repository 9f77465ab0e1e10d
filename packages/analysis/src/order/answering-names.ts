import { isServing } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { addressesOf, fqdnOf } from '../readings';

/** Who answers under a name or an address: what serves there, or else the instance that has it. */
export class AnsweringNames {
  private readonly servers = new Map<string, IConstruct[]>();
  private readonly instances = new Map<string, IConstruct[]>();

  constructor(constructs: Iterable<IConstruct>) {
    for (const construct of constructs) {
      if (isServing(construct)) for (const name of construct.serves) add(this.servers, name, construct);
      const fqdn = fqdnOf(construct);
      if (fqdn !== undefined) add(this.instances, fqdn, construct);
      for (const { ip } of addressesOf(construct)) add(this.instances, ip, construct);
    }
  }

  /** Any of them is enough. None when it is outside the site. */
  public under(name: string): readonly IConstruct[] {
    return this.servers.get(name) ?? this.instances.get(name) ?? [];
  }
}

function add(names: Map<string, IConstruct[]>, name: string, construct: IConstruct): void {
  const known = names.get(name);
  if (!known) names.set(name, [construct]);
  else if (!known.includes(construct)) known.push(construct);
}
