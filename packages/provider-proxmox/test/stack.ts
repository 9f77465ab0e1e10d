import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { Construct } from 'constructs';

type Attributes = { readonly [name: string]: unknown };

/** A stack that stands alone: an `App` would make a folder. */
export function stack(): TerraformStack {
  return new TerraformStack(new Construct(undefined as unknown as Construct, ''), 'metal');
}

/** The attributes of the only resource in a fragment, without cdktf's own note. */
export function attributesOf(fragment: Attributes): Attributes {
  const [ofType] = Object.values(fragment.resource as { [type: string]: { [id: string]: Attributes } });
  const [{ '//': _, ...attributes } = {}] = Object.values(ofType ?? {});
  return attributes;
}

/** A value with its tokens replaced, as Terraform is given it. */
export function resolved<T>(scope: TerraformStack, value: T): T {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}
