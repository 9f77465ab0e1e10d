import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandLine } from '@ashlar/analysis';

/** How many lines of it a message has. */
const TAIL = 12;

/** The file that holds what the programs of one step print, in all runs. Only its owner may read it: programs may print secrets. */
export class StepLog {
  public readonly file: string;
  /** Its descriptor. */
  public readonly descriptor: number;

  /**
   * @param folder where the logs of the plan are
   * @param number of the step in the plan, from 1
   */
  constructor(folder: string, number: number, digits: number, step: string) {
    this.file = join(folder, `${String(number).padStart(digits, '0')}-${step.replaceAll(/[^\w.-]+/g, '-')}.log`);
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    this.descriptor = openSync(this.file, 'a', 0o600);
  }

  /** Says what is printed next. */
  public heading(what: string, command: readonly string[] = []): void {
    const told = [what, commandLine(command)].filter(Boolean).join(': ');
    writeSync(this.descriptor, `--- ${new Date().toISOString()} ${told}\n`);
  }

  /** Its last lines. */
  public tail(): readonly string[] {
    return readFileSync(this.file, 'utf8').trimEnd().split('\n').slice(-TAIL);
  }

  public close(): void {
    closeSync(this.descriptor);
  }
}
