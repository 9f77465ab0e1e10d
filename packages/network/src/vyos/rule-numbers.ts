import { Ledger } from '@ashlar/core';
import type { Passage } from '../gateway/gateway-plan';
import type { VyOs } from './vyos';

/** Rules stand ten apart, so that a person can put one between two in an emergency. */
const STEP = 10;

/**
 * Numbers of the rules of one rule set. The ledger keeps them, so that a new flow adds a rule and renumbers none; without a ledger they
 * follow the order of the flows.
 */
export class RuleNumbers {
  private readonly taken = new Set<number>();
  private readonly names = new Map<string, number>();

  constructor(
    private readonly gateway: VyOs,
    private readonly ruleSet: string,
  ) {}

  public of(passage: Passage): number {
    const ledger = Ledger.find(this.gateway);
    if (!ledger) {
      this.taken.add(this.taken.size + 1);
      return this.taken.size * STEP;
    }
    const plain = `${passage.from?.name ?? passage.arrives.name} to ${passage.to?.name ?? passage.leaves.name} on ${passage.port}`;
    const before = this.names.get(plain) ?? 0;
    this.names.set(plain, before + 1);
    const name = before === 0 ? plain : `${plain} (${before + 1})`;
    const number = ledger.allocate(this.gateway, `rules ${this.gateway.node.id} ${this.ruleSet}`, name, 1, 99_999, n => this.taken.has(n));
    this.taken.add(number);
    return number * STEP;
  }
}
