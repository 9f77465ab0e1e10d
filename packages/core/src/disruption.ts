import type { IConstruct } from 'constructs';

/** How much of something may be away at once when its host is emptied. */
export interface DisruptionBudget {
  /** How many run. */
  readonly replicas: number;
  /** How many of them must stay. */
  readonly minAvailable: number;
}

/** A construct of several equal parts, some of which must always be there. */
export interface IDisruptible extends IConstruct {
  readonly disruption: DisruptionBudget;
}

export function isDisruptible(construct: IConstruct): construct is IDisruptible {
  const { disruption } = construct as { disruption?: Partial<DisruptionBudget> };
  return typeof disruption === 'object' && disruption !== null && typeof disruption.minAvailable === 'number';
}
