import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProcessMark } from '../process/process-mark';

/** What happened, as one line of a journal. */
export type JournalEntry =
  | { readonly event: 'run-started' | 'run-done' | 'run-interrupted' }
  /** Another plan was run, so that what people said about this one no longer holds. */
  | { readonly event: 'superseded'; readonly by: string }
  | { readonly event: 'step-started' | 'step-done' | 'step-there' | 'step-failed' | 'step-acknowledged'; readonly step: string }
  /** A program of the step begins. */
  | { readonly event: 'program'; readonly step: string; readonly mark: ProcessMark };

/** What the journal knows of a step. */
export type StepState = 'done' | 'failed' | 'begun' | 'open';

/**
 * What happened in the runs of a plan: a file to which lines are added, each of them on the disk before anything else is done. A line
 * that was cut off by a kill is passed over.
 */
export class Journal {
  private readonly entries: JournalEntry[];
  /** Whether the last line was cut off. */
  private cut: boolean;

  constructor(private readonly file: string) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    this.entries = text.split('\n').flatMap(entryOf);
    this.cut = text !== '' && !text.endsWith('\n');
  }

  public add(entry: JournalEntry): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    const file = openSync(this.file, 'a', 0o600);
    try {
      writeSync(file, `${this.cut ? '\n' : ''}${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
      fsyncSync(file);
      this.cut = false;
    } finally {
      closeSync(file);
    }
    this.entries.push(entry);
  }

  /** Another plan is run. */
  public supersede(by: string): void {
    const [last] = this.entries.slice(-1);
    if (last && last.event !== 'superseded') this.add({ event: 'superseded', by });
  }

  /** How far each step has come that was ever begun. */
  public get steps(): ReadonlyMap<string, StepState> {
    const states = new Map<string, StepState>();
    for (const entry of this.entries) {
      if (entry.event === 'superseded') states.clear();
      else if (entry.event === 'step-failed') states.set(entry.step, 'failed');
      else if (entry.event === 'step-started') states.set(entry.step, 'begun');
      else if (entry.event === 'step-done' || entry.event === 'step-there') states.set(entry.step, 'done');
    }
    return states;
  }

  /**
   * Steps of which a person has said that they are done. It holds until another plan is run, and for plans that are run once for
   * an occasion, such as an upgrade, until the occasion is over.
   */
  public acknowledged(once: boolean): ReadonlySet<string> {
    const said = new Set<string>();
    for (const entry of this.entries) {
      if (entry.event === 'superseded' || (once && entry.event === 'run-done')) said.clear();
      else if (entry.event === 'step-acknowledged') said.add(entry.step);
    }
    return said;
  }

  /** The last program of a step that had begun and of which nobody has written down how it ended. */
  public leftover(step: string): ProcessMark | undefined {
    const [last] = this.entries.filter(entry => 'step' in entry && entry.step === step).slice(-1);
    return last?.event === 'program' ? last.mark : undefined;
  }
}

function entryOf(line: string): JournalEntry[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch {
    return [];
  }
}
