import { type AttributeFacts, camelCase, type Facts, type NestedFacts } from '../../packages/terraform/src/bindings';
import { pascalCase } from './binding-name';

/** The interfaces of what can be set, nested ones after the one that uses them. */
export class PropsInterfaces {
  public readonly names: string[] = [];
  public readonly text: string;
  /** Whether the outermost one can be left empty. */
  public readonly allOptional: boolean;

  /** @param prefix what nested interfaces are named by: `ProxmoxVmResource` gives `ProxmoxVmResourceDisk` */
  constructor(
    name: string,
    prefix: string,
    facts: Facts,
    doc: string,
    inherited: { readonly extends?: string; readonly members?: string },
  ) {
    this.text = this.write(name, prefix, facts, doc, inherited);
    this.allOptional = !Object.values(facts).some(isRequired);
  }

  private write(name: string, prefix: string, facts: Facts, doc: string, inherited: { extends?: string; members?: string } = {}): string {
    if (this.names.includes(name)) throw new Error(`two interfaces would be named ${name}`);
    this.names.push(name);
    const settable = Object.entries(facts).filter(([, of]) => isSettable(of));
    const below: string[] = [];
    const members = settable.map(([key, of]) => {
      const nestedName = `${prefix}${pascalCase(key)}`;
      if (typeof of !== 'string') below.push(this.write(nestedName, nestedName, of.of, `One \`${key}\` of {@link ${name}}.`));
      const type = typeof of === 'string' ? plain(of.split(' ')[0] as string) : nestedType(of, nestedName);
      return `${remark(of)}  readonly ${camelCase(key)}${isRequired(of) ? '' : '?'}: ${type};\n`;
    });
    const heritage = inherited.extends ? ` extends ${inherited.extends}` : '';
    return `/** ${doc} */\nexport interface ${name}${heritage} {\n${inherited.members ?? ''}${members.join('')}}\n\n${below.join('')}`;
  }
}

function isRequired(of: AttributeFacts | NestedFacts): boolean {
  return (typeof of === 'string' ? of : of.is).includes('required');
}

function isSettable(of: AttributeFacts | NestedFacts): boolean {
  const is = typeof of === 'string' ? of : of.is;
  return is.includes('required') || is.includes('optional');
}

/** The facts that a type cannot carry. */
function remark(of: AttributeFacts | NestedFacts): string {
  const facts = typeof of === 'string' ? of : of.is;
  const limit = typeof of !== 'string' && of.max !== undefined && of.max > 1 ? `At most ${of.max}.` : '';
  const chosen = facts.includes('optional computed') ? '@default - the provider chooses' : '';
  const text = [limit, chosen].filter(Boolean).join(' ');
  return text && `  /** ${text} */\n`;
}

/** A boolean has no token form of its own, so cdktf takes the token itself. Strings, numbers and lists have one. */
function plain(type: string): string {
  if (type === 'bool') return 'boolean | IResolvable';
  const [, collection, of] = /^(list|set|map)\((.+)\)$/.exec(type) ?? [];
  if (of === undefined) return type;
  const inner = of === 'bool' ? 'boolean | IResolvable' : plain(of);
  return collection === 'map' ? `{ readonly [key: string]: ${inner} }` : `readonly ${/\W/.test(inner) ? `(${inner})` : inner}[]`;
}

function nestedType(of: NestedFacts, name: string): string {
  const single = of.nesting === 'single' || (of.kind === 'block' && of.max === 1);
  return single ? `${name} | IResolvable` : `readonly (${name} | IResolvable)[] | IResolvable`;
}
