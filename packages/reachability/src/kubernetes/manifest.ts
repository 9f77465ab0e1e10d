import { unjudged } from '../unjudged';

/** An object of a manifest, or a part of one. */
export class Manifest {
  constructor(
    public readonly file: string,
    /** Where it stands, for people: `NetworkPolicy shop/web ingress 1`. */
    public readonly path: string,
    private readonly value: Readonly<Record<string, unknown>>,
  ) {}

  /** Whether something is written under a name; null counts as nothing, as for the API server. */
  public has(name: string): boolean {
    return (this.value[name] ?? undefined) !== undefined;
  }

  public get isEmpty(): boolean {
    return Object.keys(this.value).every(name => !this.has(name));
  }

  /** The names that are written. */
  public get names(): readonly string[] {
    return Object.keys(this.value).filter(name => this.has(name));
  }

  /** @throws REACH_UNJUDGED when it is no object */
  public part(name: string): Manifest | undefined {
    const value = this.value[name] ?? undefined;
    return value === undefined ? undefined : this.within(name, value);
  }

  /** The objects of a list. @throws REACH_UNJUDGED */
  public parts(name: string): readonly Manifest[] {
    return this.list(name).map((item, i) => this.within(`${name} ${i + 1}`, item));
  }

  /** The texts of a list. @throws REACH_UNJUDGED */
  public texts(name: string): readonly string[] {
    return this.list(name).map(item => (typeof item === 'string' ? item : this.refuse(name, 'write a list of texts')));
  }

  /** A text or number as text; empty when it is left out. @throws REACH_UNJUDGED */
  public text(name: string): string {
    const value = this.value[name] ?? '';
    return typeof value === 'string' || typeof value === 'number' ? String(value) : this.refuse(name, 'write a text or number');
  }

  /** @throws REACH_UNJUDGED */
  public flag(name: string, otherwise: boolean): boolean {
    const value = this.value[name] ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(name, 'write true or false');
  }

  /** Labels by key. @throws REACH_UNJUDGED */
  public labels(name: string): Readonly<Record<string, string>> {
    const part = this.part(name);
    return Object.fromEntries((part?.names ?? []).map(key => [key, (part as Manifest).text(key)]));
  }

  /** Refuses fields that are neither judged nor known to have no effect on who reaches whom. @throws REACH_UNJUDGED */
  public knows(names: string): this {
    const known = new Set(names.split(/\s+/));
    for (const name of this.names) if (!known.has(name)) this.refuse(name);
    return this;
  }

  /** @throws REACH_UNJUDGED */
  public refuse(name?: string, fix?: string): never {
    const value = name === undefined ? undefined : this.value[name];
    const shown = typeof value === 'object' || value === undefined ? '' : ` ${JSON.stringify(value)}`;
    throw unjudged(this.file, undefined, name === undefined ? this.path : `${this.path} ${name}${shown}`, fix);
  }

  private list(name: string): readonly unknown[] {
    const value = this.value[name] ?? [];
    return Array.isArray(value) ? value : this.refuse(name, 'write a list');
  }

  private within(name: string, value: unknown): Manifest {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse(name, 'write an object');
    return new Manifest(this.file, `${this.path} ${name}`, value as Record<string, unknown>);
  }
}
