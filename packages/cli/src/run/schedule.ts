import type { PlannedStep } from '@ashlar/analysis';

/** Says which steps may begin, while others run and end. */
export class Schedule {
  private readonly open: Map<string, Set<string>>;
  private readonly running = new Set<string>();

  /**
   * @param steps in the order in which they are preferred
   * @param jobs how many may run programs at once; what only waits counts for nothing
   */
  constructor(
    private readonly steps: readonly PlannedStep[],
    private readonly jobs: number,
  ) {
    this.open = new Map(steps.map(({ id, needs }) => [id, new Set(needs)]));
  }

  /** Steps that begin now. */
  public begin(): readonly PlannedStep[] {
    const ready = this.steps.filter(({ id }) => this.open.get(id)?.size === 0);
    const begun: PlannedStep[] = [];
    for (const step of ready) {
      if (isWork(step) && this.running.size >= this.jobs) continue;
      if (isWork(step)) this.running.add(step.id);
      this.open.delete(step.id);
      begun.push(step);
    }
    return begun;
  }

  public done({ id }: PlannedStep): void {
    this.running.delete(id);
    for (const needs of this.open.values()) needs.delete(id);
  }
}

function isWork({ action }: PlannedStep): boolean {
  return 'run' in action || 'terraform' in action;
}
