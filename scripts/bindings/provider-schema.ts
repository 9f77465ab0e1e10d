import type { AttributeFacts, Facts, NestedFacts } from '../../packages/terraform/src/bindings';
import type { BindingList, SchemaLock } from './schema-lock';

/**
 * The parts used of what `terraform providers schema -json` prints.
 *
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export interface ProvidersSchema {
  readonly provider_schemas: {
    readonly [address: string]: {
      readonly provider: { readonly block: Block };
      readonly resource_schemas: Schemas;
      readonly data_source_schemas?: Schemas;
    };
  };
}

interface Schemas {
  readonly [terraformType: string]: { readonly block: Block };
}

interface Block {
  readonly attributes?: { readonly [name: string]: Attribute };
  readonly block_types?: { readonly [name: string]: BlockType };
}

interface BlockType {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: Block;
}

interface Attribute {
  readonly type?: TypeOf;
  readonly nested_type?: Block & { readonly nesting_mode: string };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

type TypeOf = string | readonly ['list' | 'set' | 'map', TypeOf] | readonly ['object', { readonly [name: string]: TypeOf }];

/** Reduces the schema of one provider to the lock of what is listed of it, sorted. */
export function lockOf(schema: ProvidersSchema, version: string, { source, resources, dataSources }: BindingList): SchemaLock {
  const address = Object.keys(schema.provider_schemas).find(key => key.endsWith(`/${source}`));
  const provider = address === undefined ? undefined : schema.provider_schemas[address];
  if (!provider) throw new Error(`The schema is of ${Object.keys(schema.provider_schemas).join(', ') || 'no provider'}, not of ${source}.`);
  const { resource_schemas, data_source_schemas = {} } = provider;
  const gone = [
    ...resources.filter(type => !resource_schemas[type]),
    ...dataSources.filter(type => !data_source_schemas[type]).map(type => `data source ${type}`),
  ];
  if (gone.length > 0) {
    throw new Error(`${source} has no ${gone.join(', no ')} any more. Take it out of bindings.json, or write its new name there.`);
  }
  return {
    source,
    version,
    provider: blockFacts(provider.provider.block, source),
    resources: factsOf(resource_schemas, resources, ''),
    dataSources: factsOf(data_source_schemas, dataSources, 'data.'),
  };
}

function factsOf(schemas: Schemas, listed: readonly string[], prefix: string): { [terraformType: string]: Facts } {
  return Object.fromEntries(sorted(listed).map(type => [type, blockFacts(schemas[type]!.block, prefix + type)]));
}

function blockFacts(block: Block, at: string): Facts {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, of]) => [name, attributeFacts(of, `${at}.${name}`)] as const);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, of]) => [name, nestedBlockFacts(of, `${at}.${name}`)] as const);
  return Object.fromEntries(sorted([...attributes, ...blocks], ([name]) => name));
}

function nestedBlockFacts({ nesting_mode, min_items, max_items, block }: BlockType, at: string): NestedFacts {
  const limits = { ...(min_items && { min: min_items }), ...(max_items && { max: max_items }) };
  return {
    kind: 'block',
    nesting: nesting(nesting_mode, at),
    is: min_items ? 'required' : 'optional',
    ...limits,
    of: blockFacts(block, at),
  };
}

function attributeFacts(attribute: Attribute, at: string): AttributeFacts | NestedFacts {
  const is = attribute.required
    ? 'required'
    : [attribute.optional && 'optional', attribute.computed && 'computed'].filter(Boolean).join(' ');
  const { type, nested_type } = attribute;
  if (nested_type) {
    return {
      kind: 'attribute',
      nesting: nesting(nested_type.nesting_mode, at),
      is: is as NestedFacts['is'],
      of: blockFacts(nested_type, at),
    };
  }
  if (Array.isArray(type) && Array.isArray(type[1]) && type[1][0] === 'object') {
    return { kind: 'attribute', nesting: nesting(type[0], at), is: is as NestedFacts['is'], of: objectFacts(type[1][1], at) };
  }
  return `${typeText(type as TypeOf, at)} ${is}`;
}

/** An object type does not tell which of its keys may be null; the provider decides. */
function objectFacts(object: { readonly [name: string]: TypeOf }, at: string): Facts {
  const facts = Object.entries(object).map(([name, type]) => [name, `${typeText(type, `${at}.${name}`)} optional`] as const);
  return Object.fromEntries(sorted(facts, ([name]) => name));
}

function typeText(type: TypeOf, at: string): string {
  if (type === 'string' || type === 'number' || type === 'bool') return type;
  if (Array.isArray(type) && type[0] !== 'object') return `${type[0]}(${typeText(type[1] as TypeOf, at)})`;
  throw new Error(
    `${at} has the type ${JSON.stringify(type)}, which the bindings do not know. Teach packages/terraform/src/bindings/schema.ts first.`,
  );
}

function nesting(mode: string, at: string): NestedFacts['nesting'] {
  if (mode === 'single' || mode === 'list' || mode === 'set') return mode;
  throw new Error(`${at} nests by ${mode}, which the bindings do not know. Teach packages/terraform/src/bindings/schema.ts first.`);
}

/** By code point, the same under every locale. */
function sorted<T>(items: readonly T[], by: (item: T) => string = String): T[] {
  return [...items].sort((a, b) => (by(a) < by(b) ? -1 : 1));
}
