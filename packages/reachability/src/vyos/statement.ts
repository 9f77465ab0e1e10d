import { unjudged } from '../unjudged';

/** One statement of a configuration file of VyOS: `name`, `name value`, or either with a block. */
export class Statement {
  constructor(
    private readonly file: string,
    public readonly line: number,
    public readonly name: string,
    /** The value of a leaf, or the name of a tag node. */
    public readonly value: string | undefined,
    private readonly block: readonly Statement[],
  ) {}

  public get children(): readonly Statement[] {
    return this.block;
  }

  public all(name: string): readonly Statement[] {
    return this.block.filter(child => child.name === name);
  }

  /** The statements below a path of blocks; nothing when a block on the way is missing. */
  public below(...path: readonly string[]): readonly Statement[] {
    return path.reduce<readonly Statement[]>((at, name) => at.flatMap(statement => statement.all(name)), [this]);
  }

  /** @throws REACH_UNJUDGED when it stands there twice: which of them counts depends on the version */
  public one(name: string): Statement | undefined {
    const [first, second] = this.all(name);
    if (second) second.refuse('write it once');
    return first;
  }

  public text(name: string): string | undefined {
    return this.one(name)?.value;
  }

  public texts(name: string): readonly string[] {
    return this.all(name).map(child => child.value ?? child.refuse('give it a value'));
  }

  public has(name: string): boolean {
    return this.all(name).length > 0;
  }

  /** Refuses whatever is neither `judged` nor known to have no effect on who reaches whom. @throws REACH_UNJUDGED */
  public knows(judged: readonly string[], idle: readonly string[] = []): this {
    for (const child of this.block) {
      if (!judged.includes(child.name) && !idle.includes(child.name)) child.refuse();
    }
    return this;
  }

  /** @throws REACH_UNJUDGED */
  public refuse(fix?: string): never {
    const shown = this.value === undefined ? this.name : `${this.name} ${this.value}`;
    throw unjudged(this.file, this.line, `"${shown}"`, fix);
  }
}
