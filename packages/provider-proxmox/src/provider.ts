import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { PROVIDER } from './generated/provider-facts';
import { type Attributes, PropsReader } from './props-reader';
import type { ResourceSchema } from './schema';

const META_KEYS: ReadonlySet<string> = new Set(['alias']);

/** Base of the generated provider configuration, pinned to the version of the schema lock: another one may take other keys. */
export abstract class ProxmoxProviderBase extends TerraformProvider {
  private readonly attributes: Attributes;
  private givenAlias?: string;

  protected constructor(scope: Construct, id: string, schema: ResourceSchema, props: { readonly alias?: string }) {
    super(scope, id, {
      terraformResourceType: PROVIDER.providerName,
      terraformProviderSource: PROVIDER.source,
      terraformGeneratorMetadata: PROVIDER,
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
    return this.attributes;
  }
}
