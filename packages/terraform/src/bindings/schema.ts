import { type AttributeFacts, camelCase, type Facts, type NestedFacts } from './facts';
import { type PlainType, plainType } from './plain-type';
import type { ProviderFacts } from './provider-facts';

/** One key of a props object, and what Terraform takes for it. */
export class Field {
  public readonly key: string;
  public readonly required: boolean;
  /** False for what only the provider can tell. */
  public readonly settable: boolean;
  public readonly type?: PlainType;
  public readonly nested?: Nested;

  constructor(
    public readonly name: string,
    facts: AttributeFacts | NestedFacts,
  ) {
    this.key = camelCase(name);
    const [type = '', ...is] = typeof facts === 'string' ? facts.split(' ') : ['', ...facts.is.split(' ')];
    this.required = is.includes('required');
    this.settable = this.required || is.includes('optional');
    if (typeof facts === 'string') this.type = plainType(type);
    else this.nested = new Nested(facts);
  }
}

/** A field that holds an object, or a list of them. */
export class Nested {
  /** One object, without a list around it: also a list that cannot hold a second one. */
  public readonly single: boolean;
  /** Unset keys must be there, as null. */
  public readonly everyKey: boolean;
  public readonly min: number;
  public readonly max: number;
  public readonly schema: Schema;

  constructor(facts: NestedFacts) {
    this.single = facts.nesting === 'single' || (facts.kind === 'block' && facts.max === 1);
    this.everyKey = facts.kind === 'attribute';
    this.min = facts.min ?? 0;
    this.max = facts.max ?? Number.POSITIVE_INFINITY;
    this.schema = new Schema(facts.of);
  }
}

/** The fields of a resource, a block or an object. */
export class Schema {
  /** In the order of the lock, so that the order in which props are written does not show in the output. */
  public readonly fields: readonly Field[];
  public readonly byKey: ReadonlyMap<string, Field>;

  constructor(facts: Facts) {
    this.fields = Object.entries(facts).map(([name, of]) => new Field(name, of));
    this.byKey = new Map(this.fields.map(field => [field.key, field]));
  }
}

/** What a generated class hands to its base: the schema of a resource, of a data source, or of the provider itself. */
export class BoundSchema extends Schema {
  constructor(
    public readonly provider: ProviderFacts,
    public readonly className: string,
    public readonly terraformType: string,
    /** The vendor's page, for messages. */
    public readonly docs: string,
    facts: Facts,
  ) {
    super(facts);
  }
}
