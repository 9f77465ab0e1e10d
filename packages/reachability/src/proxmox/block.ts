import { unjudged } from '../unjudged';

/** Meta-arguments of Terraform that change neither what a resource says nor how often it is there. */
const META = ['//', 'depends_on', 'lifecycle', 'provider', 'connection', 'provisioner'];

/** An object of a Terraform configuration in JSON. A value that is null counts as left out, as for Terraform. */
export class Block {
  constructor(
    public readonly file: string,
    /** Where it stands, for people: `proxmox_virtual_environment_vm.web`. */
    public readonly path: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** The block or blocks under a name: one may be written without the list. @throws REACH_UNJUDGED */
  public blocks(name: string): readonly Block[] {
    const value = this.values[name] ?? [];
    const list = Array.isArray(value) ? value : [value];
    return list.map((item, i) => {
      const path = `${this.path} ${name} ${i + 1}`;
      if (typeof item !== 'object' || item === null || Array.isArray(item)) throw unjudged(this.file, undefined, path, 'write a block');
      return new Block(this.file, path, item as Record<string, unknown>);
    });
  }

  /** A text, or a number as text; empty when it is left out. @throws REACH_UNJUDGED for a value that only Terraform knows */
  public text(name: string): string {
    const value = this.values[name] ?? '';
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && !/[$%]\{/.test(value.replaceAll(/[$%]{2}\{/g, '')) ? value : this.refuse(name, 'write its value');
  }

  /** @throws REACH_UNJUDGED */
  public flag(name: string, otherwise: boolean): boolean {
    const value = this.values[name] ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(name, 'write true or false');
  }

  /** Refuses arguments that are neither judged nor known to have no effect on who reaches whom. @throws REACH_UNJUDGED */
  public knows(names: string): this {
    const known = new Set([...names.split(/\s+/), ...META]);
    for (const [name, value] of Object.entries(this.values)) if (value !== null && !known.has(name)) this.refuse(name);
    return this;
  }

  /** @throws REACH_UNJUDGED */
  public refuse(name?: string, fix?: string): never {
    const value = name === undefined ? undefined : this.values[name];
    const shown = typeof value === 'object' || value === undefined ? '' : ` ${JSON.stringify(value)}`;
    throw unjudged(this.file, undefined, name === undefined ? this.path : `${this.path} ${name}${shown}`, fix);
  }
}
