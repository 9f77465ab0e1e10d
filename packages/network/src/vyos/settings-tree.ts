import type { Setting } from './vyos-config';

/** A configuration for reading: nodes, names of tag nodes and values are all children. */
export class SettingsTree {
  public static of(settings: readonly Setting[]): SettingsTree {
    const root = new SettingsTree();
    for (const { path, value } of settings) {
      let at = root;
      for (const word of value === undefined ? path : [...path, value]) at = at.child(word);
    }
    return root;
  }

  private readonly children = new Map<string, SettingsTree>();

  private constructor() {}

  /** What stands below a path, by name: the tags of a tag node, the values of a leaf, the children of a node. */
  public below(...path: string[]): [name: string, tree: SettingsTree][] {
    return [...(this.at(path)?.children ?? [])];
  }

  /** Names, or values, below a path. */
  public names(...path: string[]): string[] {
    return this.below(...path).map(([name]) => name);
  }

  /** The value of a leaf. */
  public value(...path: string[]): string | undefined {
    return this.names(...path)[0];
  }

  public has(...path: string[]): boolean {
    return this.at(path) !== undefined;
  }

  private at(path: readonly string[]): SettingsTree | undefined {
    return path.reduce<SettingsTree | undefined>((tree, word) => tree?.children.get(word), this);
  }

  private child(word: string): SettingsTree {
    const found = this.children.get(word) ?? new SettingsTree();
    this.children.set(word, found);
    return found;
  }
}
