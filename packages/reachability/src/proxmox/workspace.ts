import { unjudged } from '../unjudged';
import { Block } from './block';

/** The resources of one Terraform configuration in JSON. */
export class Workspace {
  private readonly byType: ReadonlyMap<string, readonly Block[]>;
  private readonly root: Readonly<Record<string, unknown>>;

  /** @throws REACH_UNJUDGED when it is no such configuration, or makes a resource of a kind in `types` several times */
  constructor(
    private readonly file: string,
    text: string,
    types: readonly string[],
  ) {
    this.root = object(file, 'the file', parsed(file, text));
    const resources = object(file, 'resource', this.root.resource ?? {});
    this.byType = new Map(
      Object.entries(resources).map(([type, named]) => {
        const blocks = Object.entries(object(file, type, named)).map(([name, values]) => {
          const path = `${type}.${name}`;
          return new Block(file, path, object(file, path, Array.isArray(values) && values.length === 1 ? values[0] : values));
        });
        if (!types.includes(type) && type.startsWith('proxmox_') && type.includes('firewall')) throw unjudged(file, undefined, type);
        return [type, blocks];
      }),
    );
  }

  /** Resources of a type, by the order of their names. */
  public all(type: string): readonly Block[] {
    return [...(this.byType.get(type) ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The configurations of a provider. */
  public providers(name: string): readonly Block[] {
    return new Block(this.file, 'provider', object(this.file, 'provider', this.root.provider ?? {})).blocks(name);
  }

  /** @throws REACH_UNJUDGED when there are two */
  public one(type: string): Block | undefined {
    const [first, second] = this.all(type);
    if (second) throw unjudged(this.file, undefined, second.path, `write it in ${first?.path}`);
    return first;
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unjudged(file, undefined, 'text that is no JSON', 'write a configuration of Terraform in JSON');
  }
}

function object(file: string, path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unjudged(file, undefined, path, 'write an object');
  return value as Readonly<Record<string, unknown>>;
}
