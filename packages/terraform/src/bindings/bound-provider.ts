import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { copy } from './copy';
import { type Attributes, PropsReader } from './props-reader';
import type { BoundSchema } from './schema';

const META_KEYS: ReadonlySet<string> = new Set(['alias']);

/** Base of the generated provider configurations, pinned to the version of the schema lock: another one may take other keys. */
export abstract class BoundProvider extends TerraformProvider {
  private readonly attributes: Attributes;
  private givenAlias?: string;

  protected constructor(scope: Construct, id: string, schema: BoundSchema, props: { readonly alias?: string }) {
    super(scope, id, {
      terraformResourceType: schema.provider.providerName,
      terraformProviderSource: schema.provider.source,
      terraformGeneratorMetadata: schema.provider,
    });
    this.attributes = new PropsReader(this, schema, META_KEYS).read(props);
    this.givenAlias = props.alias;
  }

  public override get alias(): string | undefined {
    return this.givenAlias;
  }

  public override set alias(alias: string | undefined) {
    this.givenAlias = alias;
  }

  protected override synthesizeAttributes(): Attributes {
    return copy(this.attributes) as Attributes;
  }
}
