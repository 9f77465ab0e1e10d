/**
 * What the schema lock says of one attribute: its type in Terraform's own notation, then whether it can be set.
 *
 * `string required`, `list(string) optional`, `number optional computed` (the provider chooses it when unset), `number computed`
 * (the provider's answer; it cannot be set).
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export type AttributeFacts = string;

/** What the schema lock says of something that has fields of its own. */
export interface NestedFacts {
  /**
   * Terraform has two ways to nest, and they differ in what may be left out: a `block` takes any of its fields, while an `attribute`
   * that holds objects wants every key, null for the unset ones.
   *
   * @see https://developer.hashicorp.com/terraform/language/attr-as-blocks
   */
  readonly kind: 'block' | 'attribute';
  readonly nesting: 'single' | 'list' | 'set';
  readonly is: 'required' | 'optional' | 'optional computed' | 'computed';
  readonly min?: number;
  readonly max?: number;
  readonly of: Facts;
}

/** Facts by Terraform name. The lock, the generator and the run time read this one notation. */
export interface Facts {
  readonly [name: string]: AttributeFacts | NestedFacts;
}

/** `import_from` is `importFrom`, with no exception: a name that differs now and then is a name that gets mistyped. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
