import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The part of a log file that one command writes, for people. */
export class CommandLog {
  /** Descriptor of the file, for the command to write to. */
  public readonly file: number;
  private readonly from: number;

  constructor(path: string) {
    this.file = openSync(path, 'a+', 0o600);
    this.from = fstatSync(this.file).size;
  }

  /** Closes it, and gives back what was written. */
  public end(): string {
    const text = Buffer.alloc(fstatSync(this.file).size - this.from);
    readSync(this.file, text, 0, text.length, this.from);
    closeSync(this.file);
    return text.toString();
  }
}
