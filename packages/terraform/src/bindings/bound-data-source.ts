import { ConfigError } from '@ashlar/core';
import { TerraformDataSource } from 'cdktf';
import type { Construct } from 'constructs';
import { copy } from './copy';
import { checkDependsOn, DATA_META_KEYS, type DataMetaArguments, metaArguments } from './meta-arguments';
import { type Attributes, PropsReader } from './props-reader';
import { errorCode, type ProviderFacts } from './provider-facts';
import type { BoundSchema } from './schema';

/** Base of the generated data sources: props are read once, in the constructor, and references are made when they are asked for. */
export abstract class BoundDataSource extends TerraformDataSource {
  private readonly attributes: Attributes;

  protected constructor(scope: Construct, id: string, schema: BoundSchema, props: DataMetaArguments) {
    super(scope, id, {
      terraformResourceType: schema.terraformType,
      terraformGeneratorMetadata: schema.provider,
      ...metaArguments(props),
    });
    checkDependsOn(this, schema, props);
    this.attributes = new PropsReader(this, schema, DATA_META_KEYS).read(props);
  }

  /** A copy, because cdktf merges overrides into it. */
  protected override synthesizeAttributes(): Attributes {
    return copy(this.attributes) as Attributes;
  }

  /** An empty block would be worse than an error. */
  protected override synthesizeHclAttributes(): Attributes {
    const code = errorCode(this.terraformGeneratorMetadata as ProviderFacts, 'NO_HCL');
    throw new ConfigError(this, code, 'these bindings render Terraform JSON only', { fix: 'unset SYNTH_HCL_OUTPUT' });
  }
}
