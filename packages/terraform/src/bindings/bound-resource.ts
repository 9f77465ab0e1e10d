import { ConfigError } from '@ashlar/core';
import { type TerraformMetaArguments, type TerraformProvider, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { copy } from './copy';
import { checkDependsOn, META_KEYS, metaArguments } from './meta-arguments';
import { type Attributes, PropsReader } from './props-reader';
import { errorCode, type ProviderFacts } from './provider-facts';
import type { BoundSchema } from './schema';

/**
 * Base of the generated resources.
 *
 * Props are read once, in the constructor, so that a mistake is reported where it was made; what is known only later is passed as a token
 * (`Lazy`). References (`vm.vmId`) are made when they are asked for: each costs a token, which is what most of cdktf's time goes into.
 */
export abstract class BoundResource extends TerraformResource {
  private readonly attributes: Attributes;
  private readonly hasDynamicBlock: boolean;
  /** An import block is to be rendered, which cdktf keeps to itself. */
  private isImported = false;

  protected constructor(scope: Construct, id: string, schema: BoundSchema, props: TerraformMetaArguments) {
    super(scope, id, {
      terraformResourceType: schema.terraformType,
      terraformGeneratorMetadata: schema.provider,
      ...metaArguments(props),
    });
    checkDependsOn(this, schema, props);
    const reader = new PropsReader(this, schema, META_KEYS);
    this.attributes = reader.read(props);
    this.hasDynamicBlock = reader.hasDynamicBlock;
  }

  public override importFrom(id: string, provider?: TerraformProvider): void {
    super.importFrom(id, provider);
    this.isImported = true;
  }

  /** The same as cdktf's, without the copies that it makes for what a plain resource does not have. */
  public override toTerraform(): Attributes {
    if (!this.isPlain()) return super.toTerraform();
    const attributes: Attributes = { ...this.attributes };
    if (this.dependsOn !== undefined) attributes.depends_on = this.dependsOn;
    if (this.provider !== undefined) attributes.provider = this.provider.fqn;
    if (this.lifecycle !== undefined) attributes.lifecycle = plainLifecycle(this.lifecycle);
    attributes['//'] = this.constructNodeMetadata;
    return { resource: { [this.terraformResourceType]: { [this.friendlyUniqueId]: attributes } } };
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

  private isPlain(): boolean {
    if (this.count !== undefined || this.forEach || this.provisioners || this.connection) return false;
    if (this.hasDynamicBlock || this.isImported || this.hasResourceMove() || !isPlainLifecycle(this.lifecycle)) return false;
    for (const _ in this.rawOverrides) return false;
    return true;
  }
}

const LIFECYCLE_NAMES: { readonly [key: string]: string } = {
  createBeforeDestroy: 'create_before_destroy',
  preventDestroy: 'prevent_destroy',
  ignoreChanges: 'ignore_changes',
};

/** Conditions and triggers refer to other things, and are left to cdktf. */
function isPlainLifecycle(lifecycle: TerraformMetaArguments['lifecycle'] = {}): boolean {
  for (const key in lifecycle) if (!(key in LIFECYCLE_NAMES)) return false;
  return true;
}

function plainLifecycle(lifecycle: NonNullable<TerraformMetaArguments['lifecycle']>): Attributes {
  const entries = Object.entries(lifecycle).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [LIFECYCLE_NAMES[key], value]));
}
