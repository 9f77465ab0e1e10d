import { TerraformResource } from 'cdktf';
import { type AttributeFacts, camelCase, type Facts, type NestedFacts } from '../../packages/terraform/src/bindings';

/** What is not plain has no token type in cdktf: it is read with `Fn.lookupNested` or `Fn.element`. */
const READERS: { readonly [type: string]: readonly [type: string, read: (name: string) => string] } = {
  string: ['string', name => `this.getStringAttribute('${name}')`],
  number: ['number', name => `this.getNumberAttribute('${name}')`],
  bool: ['IResolvable', name => `this.getBooleanAttribute('${name}')`],
  'list(string)': ['string[]', name => `this.getListAttribute('${name}')`],
  'set(string)': ['string[]', name => `Fn.tolist(this.getListAttribute('${name}'))`], // a set has no first element
  'list(number)': ['number[]', name => `this.getNumberListAttribute('${name}')`],
  'map(string)': ['{ [key: string]: string }', name => `this.getStringMapAttribute('${name}')`],
  'map(number)': ['{ [key: string]: number }', name => `this.getNumberMapAttribute('${name}')`],
};

/** A reference for each attribute and block: lazy, since a token costs more than all else that a resource does. */
export function referenceGetters(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, of]) => {
      const [type, read] = READERS[typeOf(of)] ?? ['IResolvable', () => `this.interpolationForAttribute('${name}')`];
      return `  public get ${getterName(name)}(): ${type} {\n    return ${read(name)};\n  }\n`;
    })
    .join('');
}

function typeOf(of: AttributeFacts | NestedFacts): string {
  return typeof of === 'string' ? (of.split(' ')[0] as string) : 'object';
}

/** The key of the props, unless a construct has a member of that name: then it ends in `Attribute`, as in cdktf's own bindings. */
function getterName(name: string): string {
  const key = camelCase(name);
  return RESERVED.has(key) ? `${key}Attribute` : key;
}

/** Fields are not on the prototype, so they are told; the compiler refuses a getter that would clash with one that is not. */
const RESERVED: ReadonlySet<string> = new Set([
  ...membersOf(TerraformResource.prototype),
  ...['node', 'dependsOn', 'count', 'provider', 'lifecycle', 'forEach', 'connection', 'provisioners', 'rawOverrides', 'attributes'],
  ...['terraformResourceType', 'terraformGeneratorMetadata', 'isImported', 'isPlain', 'hasDynamicBlock'],
]);

function membersOf(prototype: object): string[] {
  const above = Object.getPrototypeOf(prototype);
  return [...Object.getOwnPropertyNames(prototype), ...(above === null ? [] : membersOf(above))];
}
