import type { RehearsedApp } from './rehearsed-app';

/** How often the journal is looked at, in milliseconds. */
const LOOK = 5;
/** The longest that a step is let go on before its kill, in milliseconds. */
const LONGEST = 500;

export interface KilledRun {
  /** Steps that were killed in the middle. */
  readonly killed: ReadonlySet<string>;
  readonly runs: number;
}

/**
 * Runs the start-up and kills the runner while each step is at work, a moment after it has begun, and once more whenever a state is being
 * written; and runs it again, until it comes to its end.
 */
export async function killedAtEveryStep(app: RehearsedApp, people: readonly string[]): Promise<KilledRun> {
  const killed = new Set<string>();
  let writes = 0;
  for (let runs = 1; ; runs++) {
    const before = app.begun().length;
    const run = app.start(['up', ...people]);
    let ended = false;
    void run.ending.then(() => {
      ended = true;
    });
    app.store.onWrite = () => {
      if (writes++ < 2) run.kill();
    };
    while (!ended) {
      const now = app.begun().slice(before);
      if (now.some(step => !killed.has(step))) {
        // Not always at the same place: in the check before, in the action, in the check behind it.
        await new Promise(resolve => setTimeout(resolve, (runs * 137) % LONGEST));
        run.kill();
        for (const step of app.begun().slice(before)) killed.add(step);
        break;
      }
      await new Promise(resolve => setTimeout(resolve, LOOK));
    }
    const { code, said } = await run.ending;
    if (code === 0) return { killed, runs };
    if (code !== null) throw new Error(said);
  }
}
