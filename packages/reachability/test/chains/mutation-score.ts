/** How many mutants that mean something else were told from the original, and how many that mean the same were not. */
export class MutationScore {
  private different = 0;
  private found = 0;
  private same = 0;
  private readonly missed: string[] = [];

  /** @param means whether the mutant means something else, by another interpreter; `found` whether the chains say so */
  public add(what: string, means: boolean, found: boolean): void {
    if (means) this.different++;
    else this.same++;
    if (means && found) this.found++;
    if (means !== found) this.missed.push(what);
  }

  /** Share of the mutants that mean something else and were found. */
  public get share(): number {
    return this.different === 0 ? 0 : this.found / this.different;
  }

  /** What was judged wrong, in either direction. */
  public get wrong(): readonly string[] {
    return this.missed;
  }

  public line(name: string): string {
    return `${name}: ${this.found} of ${this.different} mutants found (${(100 * this.share).toFixed(1)} %), ${this.same} mean the same`;
  }
}
