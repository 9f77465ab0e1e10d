import { byName } from '../by-name';
import { durationText } from './duration-text';
import { equalSteps } from './equal-steps';
import type { Plan, PlannedStep } from './plan';
import { stepEntry } from './step-entry';
import { wavesOf } from './step-graph';

/** The steps of a plan in rounds: everything in one round may be done at once. */
export class PlanSection {
  /** Number of each step in the text, by id: `2.1`. Steps that are told together have one. */
  public readonly numbers: ReadonlyMap<string, string>;
  private readonly rounds: readonly string[];

  /**
   * @param steps those that are told; others of the plan are told elsewhere
   * @param known numbers of those
   * @param prefix of the numbers
   */
  constructor(
    plan: Plan,
    steps: readonly PlannedStep[] = plan.steps,
    known: ReadonlyMap<string, string> = new Map(),
    private readonly prefix = '',
  ) {
    const waves = wavesOf(steps);
    const byWave: PlannedStep[][] = [];
    for (const step of steps) {
      const wave = waves.get(step.id) as number;
      const round = byWave[wave] ?? [];
      byWave[wave] = round;
      round.push(step);
    }
    const numbers = new Map(known);
    this.rounds = byWave.map((round, wave) => this.round(wave + 1, round, numbers));
    this.numbers = numbers;
  }

  public text(): string {
    return this.rounds.join('\n\n');
  }

  public get roundCount(): number {
    return this.rounds.length;
  }

  private round(number: number, steps: readonly PlannedStep[], numbers: Map<string, string>): string {
    const entries = equalSteps(steps).map((equal, i) => {
      const own = `${this.prefix}${number}.${i + 1}`;
      const after = [...new Set(equal.steps.flatMap(step => step.needs.map(need => numbers.get(need) ?? `\`${need}\``)))];
      for (const step of equal.steps) numbers.set(step.id, own);
      return stepEntry(equal, own, after.sort(byName));
    });
    const longest = Math.max(...steps.map(step => step.budgetSeconds));
    return [`### Round ${this.prefix}${number}, up to ${durationText(longest)}`, ...entries].join('\n\n');
  }
}
