import { unjudged } from '../unjudged';

/** An element of a configuration in XML, without attributes. */
export class XmlElement {
  constructor(
    public readonly file: string,
    public readonly line: number,
    public readonly name: string,
    public readonly children: readonly XmlElement[],
    /** What is written in it, without spaces around; empty when it has children. */
    public readonly value: string,
  ) {}

  public all(name: string): readonly XmlElement[] {
    return this.children.filter(child => child.name === name);
  }

  /** The elements at a path of names below. */
  public below(...path: readonly string[]): readonly XmlElement[] {
    return path.reduce<readonly XmlElement[]>((at, name) => at.flatMap(element => element.all(name)), [this]);
  }

  /** @throws REACH_UNJUDGED when it stands there twice */
  public one(name: string): XmlElement | undefined {
    const [first, second] = this.all(name);
    if (second) second.refuse('write it once');
    return first;
  }

  /** The text of a child; empty when there is none. */
  public text(name: string): string {
    return this.one(name)?.value ?? '';
  }

  /** Whether a child stands there, as pfSense writes what is switched on. */
  public has(name: string): boolean {
    return this.one(name) !== undefined;
  }

  public get isEmpty(): boolean {
    return this.children.length === 0 && this.value === '';
  }

  /**
   * Refuses children that are neither judged nor known to have no effect on who reaches whom.
   * @param names with spaces or ends of lines between
   * @throws REACH_UNJUDGED
   */
  public knows(...names: readonly string[]): this {
    const known = new Set(names.join(' ').split(/\s+/));
    for (const child of this.children) if (!known.has(child.name)) child.refuse();
    return this;
  }

  /** Refuses children of these names that say something. @throws REACH_UNJUDGED */
  public leavesOpen(names: string, fix?: string): this {
    const open = new Set(names.split(/\s+/));
    for (const child of this.children) if (open.has(child.name) && !child.isEmpty) child.refuse(fix);
    return this;
  }

  /** @throws REACH_UNJUDGED */
  public refuse(fix?: string): never {
    const shown = this.value === '' ? `<${this.name}>` : `<${this.name}>${this.value}</${this.name}>`;
    throw unjudged(this.file, this.line, shown, fix);
  }
}
