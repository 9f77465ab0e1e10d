import { ConfigError, pathOf, Secret } from '@ashlar/core';
import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';

type Json = Record<string, unknown>;

/**
 * The Terraform JSON of a stack: what `TerraformStack.toTerraform()` gives, with sorted keys.
 *
 * The engine resolves tokens in every value of every element, three times. Nearly all values hold none, so here only the
 * fragments in which one is found go through the engine's resolver. A test holds the two results equal.
 */
export function renderStack(stack: TerraformStack): string {
  const elements = elementsOf(stack);
  const resolver = new OwnStackOnly(stack);
  const resolve = (element: IConstruct, fragment: unknown): Json => {
    if (isPlain(fragment)) return fragment as Json;
    refuseForeign(element, fragment, []);
    resolver.at = element;
    return Tokenization.resolve(fragment, { scope: stack, resolver, preparing: false });
  };

  const overrides = (stack as unknown as { rawOverrides: Json }).rawOverrides;
  const metadata: Json = {
    version: stack.node.tryGetContext('cdktfVersion'),
    stackName: stack.node.id,
    backend: 'local',
    cloud: undefined,
    ...(Object.keys(overrides).length > 0 && { overrides: { stack: Object.keys(overrides) } }),
  };
  const outputs: Json = {};
  const tf: Json = { '//': { metadata, outputs } };
  for (const element of elements) {
    refuseCustomSynthesis(element);
    merge(metadata, resolve(element, element.toMetadata()));
    merge(tf, resolve(element, element.toTerraform()));
    if (TerraformOutput.isTerraformOutput(element)) {
      merge(
        outputs,
        element.node.path.split('/').reduceRight<unknown>((inner, part) => ({ [part]: inner }), element.friendlyUniqueId) as Json,
      );
    }
  }
  merge(tf, resolve(stack, overrides));
  return `${JSON.stringify(sorted(tf), undefined, 2)}\n`;
}

/** Elements of the stack, parents before children, without those of a stack inside it. Iterative. */
function elementsOf(stack: TerraformStack): TerraformElement[] {
  const elements: TerraformElement[] = [];
  const open: IConstruct[] = [stack];
  while (open.length > 0) {
    const construct = open.pop() as IConstruct;
    if (TerraformElement.isTerraformElement(construct)) elements.push(construct);
    const { children } = construct.node;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i] as IConstruct;
      if (TerraformStack.isStack(child)) {
        throw new ConfigError(child, 'NESTED_STACK', 'is a stack inside a stack, which the engine would write over others of the same id', {
          fix: 'make it a TerraformWorkspace of its own',
        });
      }
      open.push(child);
    }
  }
  return elements;
}

/** Refuses a reference to another state, which the engine would answer with a remote state that it writes into both. */
class OwnStackOnly extends DefaultTokenResolver {
  public at: IConstruct;

  constructor(private readonly stack: TerraformStack) {
    super(new StringConcat());
    this.at = stack;
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const origin = (token as { originStack?: TerraformStack }).originStack;
    if (origin !== undefined && origin !== this.stack) {
      throw new ConfigError(
        this.at,
        'TERRAFORM_REFERENCE_ACROSS_STATES',
        `refers to a resource of ${pathOf(origin)}, which is another state`,
        {
          fix: 'take the value from the model, or put both into one workspace',
        },
      );
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Assets are files that the engine copies when it writes; nothing here would copy them. */
function refuseCustomSynthesis(element: IConstruct): void {
  if (Symbol.for('cdktf/customSynthesis') in element) {
    throw new ConfigError(element, 'TERRAFORM_ASSET', 'is a TerraformAsset, a file of this machine', {
      fix: 'give the text itself to the resource',
    });
  }
}

/** No tokens, no undefined, no other objects than plain ones: the engine's resolver would return it as it is. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return !value.includes('{TfToken[') && !value.includes('e+28');
    case 'number':
      return Math.abs(value) < 1e200;
    case 'boolean':
      return true;
    case 'object': {
      if (value === null) return true;
      if (Array.isArray(value)) {
        for (const item of value) if (!isPlain(item)) return false;
        return true;
      }
      if (Object.getPrototypeOf(value) !== Object.prototype || 'resolve' in value) return false;
      for (const key in value) {
        const item = (value as Json)[key];
        if (item !== undefined && !isPlain(item)) return false;
        if (key.includes('{TfToken[')) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

/** A secret, or a value of another engine: the engine's resolver would write its fields, or nothing. */
function refuseForeign(element: IConstruct, value: unknown, key: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) refuseForeign(element, item, [...key, String(i)]);
  } else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const [name, item] of Object.entries(value)) refuseForeign(element, item, [...key, name]);
  } else if (!(value instanceof Date)) {
    throw new ConfigError(element, 'FOREIGN_VALUE', `${key.slice(3).join('.') || 'a value'} is not a value that Terraform knows`, {
      got: value,
      fix: Secret.is(value) ? 'write secretVariable(this, secret)' : 'take the value from the model',
    });
  }
}

/** As the engine merges: objects by key, lists one after the other, everything else replaced. */
function merge(target: Json, source: Json): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const present = target[key];
    if (isObject(value) && isObject(present)) merge(present, value);
    else if (Array.isArray(value) && Array.isArray(present)) target[key] = [...present, ...value];
    else target[key] = value;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys by code unit at every depth: the order of construction shows nowhere. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const result: Json = {};
  for (const key of Object.keys(value).sort()) if (value[key] !== undefined) result[key] = sorted(value[key]);
  return result;
}
