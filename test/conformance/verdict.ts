/**
 * What one consumer said: how much of ours it took, how much of what is broken it refused. Counted by the tests as they pass, and
 * printed as one line when the suite ends.
 */
export class Verdict {
  private objects = 0;
  private accepted = 0;
  private broken = 0;
  private refused = 0;

  constructor(private readonly consumer: string) {
    afterAll(() => this.print());
  }

  /** Counts `objects` that were shown to the consumer, of which it took all but `faults`. */
  public took(objects: number, faults = 0): void {
    this.objects += objects;
    this.accepted += objects - faults;
  }

  /** Counts a broken input. */
  public sawBroken(refused: boolean): void {
    this.broken++;
    if (refused) this.refused++;
  }

  private print(): void {
    const line = `${this.consumer.padEnd(46)} ${this.objects} objects, ${this.accepted} accepted; ${this.broken} broken, ${this.refused} refused`;
    process.stdout.write(`\n${line}\n`);
  }
}
