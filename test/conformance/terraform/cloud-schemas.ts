import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Type = string | readonly ['list' | 'set' | 'map', Type] | readonly ['object', Record<string, Type>];

interface Block {
  readonly attributes: Record<
    string,
    { readonly type: Type; readonly required?: true; readonly optional?: true; readonly computed?: true }
  >;
  readonly block_types: Record<
    string,
    { readonly nesting_mode: 'list' | 'set'; readonly min_items?: 1; readonly max_items?: 1; readonly block: Block }
  >;
}

/** What is made in each cloud, by the folder that the bindings have for it. */
const CLOUDS = {
  aws: {
    source: 'hashicorp/aws',
    modules: [
      ...['data-aws-ami', 'instance', 'internet-gateway', 'lb', 'lb-listener', 'lb-target-group', 'lb-target-group-attachment'],
      ...['placement-group', 'route-table', 'route-table-association', 'security-group', 'subnet', 'vpc'],
    ],
  },
  google: {
    source: 'hashicorp/google',
    modules: ['compute-firewall', 'compute-instance', 'compute-network', 'compute-subnetwork'],
  },
  azurerm: {
    source: 'hashicorp/azurerm',
    modules: [
      ...['linux-virtual-machine', 'network-interface', 'network-interface-security-group-association', 'network-security-group'],
      ...['public-ip', 'resource-group', 'subnet', 'virtual-network'],
    ],
  },
} as const;

/**
 * Schemas of the providers of AWS, Google and Azure, as far as they can be read back from the bindings that were generated from them:
 * names, types, what is required, how blocks nest. What a provider itself checks beside its schema (choices, ranges, which attributes go
 * together) is not in them. By the name of the file that each would be.
 */
export function cloudSchemas(): ReadonlyMap<string, object> {
  return new Map(
    Object.entries(CLOUDS).map(([name, { source, modules }]) => {
      const read = modules.map(module => new Bound(`@cdktf/provider-${name}`, module));
      const of = (data: boolean) =>
        Object.fromEntries(read.filter(each => each.isData === data).map(each => [each.type, { version: 0, block: each.block() }]));
      const provider = { version: 0, block: new Bound(`@cdktf/provider-${name}`, 'provider').block() };
      const schema = { provider, resource_schemas: of(false), data_source_schemas: of(true) };
      const version = (read[0] as Bound).providerVersion;
      const file = `${source.replace('/', '-')}-${version}.schema.json`;
      return [file, { format_version: '1.0', provider_schemas: { [`registry.terraform.io/${source}`]: schema } }] as const;
    }),
  );
}

/** One module of the bindings. */
class Bound {
  public readonly isData: boolean;
  private readonly program: string;
  private readonly types: string;

  constructor(provider: string, module: string) {
    const folder = join(dirname(require.resolve(`${provider}/package.json`)), 'lib', module);
    // Large modules are divided, with what is nested beside the class.
    const read = (ending: string) =>
      ['index', 'index-structs/index', 'index-structs/structs0', 'index-structs/structs400', 'index-structs/structs800']
        .map(name => textOf(join(folder, `${name}.${ending}`)))
        .join('\n');
    this.program = read('js');
    this.types = read('d.ts');
    this.isData = module.startsWith('data-');
  }

  public get type(): string {
    return found(/tfResourceType = "(\w+)"/, this.program);
  }

  public get providerVersion(): string {
    return found(/providerVersion: '([\d.]+)'/, this.program);
  }

  public block(): Block {
    const config = this.types.match(/export interface (\w+Config) extends cdktf\.TerraformMetaArguments/)?.[1];
    const name = config ?? found(/export interface (\w+ProviderConfig) /, this.types);
    const block = this.read(section(this.program, '    synthesizeHclAttributes() {'), name);
    const computed = [...this.program.matchAll(/return this\.getStringAttribute\('(\w+)'\)/g)].map(([, attribute = '']) => attribute);
    for (const attribute of ['id', ...computed]) block.attributes[attribute] ??= { type: 'string', computed: true };
    delete block.attributes.alias;
    return block;
  }

  private read(text: string, name: string): Block {
    const block: Block = { attributes: {}, block_types: {} };
    for (const { attribute, value, isBlock, kind, storage } of fields(text)) {
      const required = new RegExp(`readonly ${camel(attribute)}: `).test(section(this.types, `export interface ${name} `));
      const presence = required ? ({ required: true } as const) : ({ optional: true, computed: true } as const);
      if (!isBlock) block.attributes[attribute] = { type: plain(storage, kind), ...presence };
      else if (value.includes(', false)(')) block.attributes[attribute] = { type: [mode(kind), this.object(storage)], ...presence };
      else {
        const single = !value.includes('listMapper');
        const limits = { ...(required && ({ min_items: 1 } as const)), ...(single && ({ max_items: 1 } as const)) };
        block.block_types[attribute] = { nesting_mode: single ? 'list' : mode(kind), ...limits, block: this.nested(storage) };
      }
    }
    return block;
  }

  private nested(storage: string): Block {
    const name = storage.replace(/List$/, '');
    return this.read(section(this.program, `function ${name[0]?.toLowerCase()}${name.slice(1)}ToHclTerraform(`), name);
  }

  private object(storage: string): Type {
    const entries = Object.entries(this.nested(storage).attributes).map(([name, { type }]) => [name, type] as const);
    return ['object', Object.fromEntries(entries)];
  }
}

function fields(text: string) {
  const pattern = /^\s+(\w+): \{\s+value: ([^\n]*),\s+isBlock: (true|false),(?:\s+type: "(\w+)",)?\s+storageClassType: "(\w+)"/gm;
  return [...text.matchAll(pattern)].map(([, attribute = '', value = '', isBlock, kind = '', storage = '']) => {
    return { attribute, value, isBlock: isBlock === 'true', kind, storage };
  });
}

function plain(storage: string, kind: string): Type {
  const [, of = '', collection] = /^(string|number|boolean|any)(List|Map)?$/.exec(storage) ?? [];
  const type = of === 'boolean' ? 'bool' : of;
  if (type === '' || type === 'any') throw new Error(`the bindings have a type ${storage}, which is not known here`);
  if (collection === undefined) return type;
  return collection === 'Map' ? ['map', type] : [mode(kind), type];
}

function mode(kind: string): 'list' | 'set' {
  return kind === 'set' ? 'set' : 'list';
}

/** From a line to the next that closes what it opened at the same depth. */
function section(text: string, opening: string): string {
  const start = text.indexOf(opening);
  if (start === -1) throw new Error(`the bindings have no ${opening.trim()}`);
  const indent = /^ */.exec(opening)?.[0] ?? '';
  return text.slice(start, text.indexOf(`\n${indent}}`, start));
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function found(pattern: RegExp, text: string): string {
  const [, first] = pattern.exec(text) ?? [];
  if (first === undefined) throw new Error(`the bindings have nothing like ${pattern}`);
  return first;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
