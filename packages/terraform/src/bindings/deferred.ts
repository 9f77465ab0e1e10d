import { type IResolvable, Token } from 'cdktf';

/**
 * A value that is asked for when the stack is rendered, for what depends on the finished model.
 *
 * cdktf's `Lazy` does the same, and records the stack of each call that makes one: with thousands of guests, a tenth of the time.
 */
export class Deferred implements IResolvable {
  public readonly creationStack: string[] = [];

  /** @param produce the value as Terraform takes it */
  constructor(private readonly produce: () => unknown) {}

  public resolve(): unknown {
    return this.produce();
  }

  public toString(): string {
    return Token.asString(this);
  }
}
