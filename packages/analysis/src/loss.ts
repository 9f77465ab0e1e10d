import type { IConstruct } from 'constructs';
import { placementOf } from './readings';

/** What else is lost when one thing is: whatever stands on it alone, and in turn what stands on that. */
export class Loss {
  private readonly known = new Map<IConstruct, boolean>();

  constructor(public readonly cause: IConstruct) {
    this.known.set(cause, true);
  }

  /** Whether it is lost too: in one group of its supports, none is left. */
  public takes(construct: IConstruct): boolean {
    const known = this.known.get(construct);
    if (known !== undefined) return known;
    // Until it is decided: a circle of supports stands.
    this.known.set(construct, false);
    const groups = placementOf(construct)?.standsOn ?? [];
    const lost = groups.some(group => group.length > 0 && group.every(support => this.takes(support)));
    this.known.set(construct, lost);
    return lost;
  }
}
