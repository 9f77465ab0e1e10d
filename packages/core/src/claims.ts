import type { IConstruct } from 'constructs';
import type { ConfigError } from './config-error';

/** What may exist once in a site: a VLAN tag, a MAC address, a host name. Kept at the root of the tree, by kind and key. */
export class Claims {
  public static of(construct: IConstruct): Claims {
    const root = construct.node.root as { [CLAIMS]?: Claims };
    if (!root[CLAIMS]) Object.defineProperty(root, CLAIMS, { value: new Claims() });
    return root[CLAIMS] as Claims;
  }

  private readonly holders = new Map<string, Map<string | number, IConstruct>>();

  private constructor() {}

  /** Who holds `key`, if anyone. */
  public holder(kind: string, key: string | number): IConstruct | undefined {
    return this.holders.get(kind)?.get(key);
  }

  /**
   * Makes `claimant` the holder of `key`.
   * @param clash what is thrown when another construct holds it; the claimant's error, naming the holder
   */
  public claim(kind: string, key: string | number, claimant: IConstruct, clash: (holder: IConstruct) => ConfigError): void {
    const keys = this.holders.get(kind) ?? new Map<string | number, IConstruct>();
    this.holders.set(kind, keys);
    const holder = keys.get(key);
    if (holder !== undefined && holder !== claimant) throw clash(holder);
    keys.set(key, claimant);
  }
}

const CLAIMS = Symbol.for('@ashlar/core.Claims');
