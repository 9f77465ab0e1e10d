import { createHash } from 'node:crypto';
import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import type { Finding } from './finding';
import { pathOf } from './owner';

interface OutputFile {
  readonly text: string;
  readonly owner: string;
}

/**
 * Everything that a site produces, in memory, before anything touches the disk.
 *
 * Paths are relative to the output folder and `/`-separated. Order of writing does not matter: files are kept by path.
 */
export class Output {
  private readonly files = new Map<string, OutputFile>();
  /** Lower-cased path to path: two names that differ in case only are one file on macOS and Windows. */
  private readonly folded = new Map<string, string>();

  /**
   * Adds a file.
   * @throws OUTPUT_PATH when the path leaves the output folder
   * @throws OUTPUT_TWO_AUTHORS when another construct already wrote it
   */
  public write(author: IConstruct, path: string, text: string): void {
    if (!/^[\w.@+-]+(\/[\w.@+-]+)*$/.test(path) || path.split('/').some(part => part === '..' || part === '.')) {
      throw new ConfigError(author, 'OUTPUT_PATH', 'an output path is relative, of letters, digits and . _ - @ +', {
        got: path,
        fix: 'choose ids without other characters',
      });
    }
    const taken = this.folded.get(path.toLowerCase());
    if (taken !== undefined) {
      throw new ConfigError(author, 'OUTPUT_TWO_AUTHORS', `writes ${path}, which [${this.files.get(taken)?.owner}] already wrote`, {
        fix: 'give one of them another id',
      });
    }
    this.folded.set(path.toLowerCase(), path);
    this.files.set(path, { text, owner: pathOf(author) });
  }

  /** Path and text, sorted by path. */
  public entries(): [path: string, text: string][] {
    return [...this.files].map(([path, file]): [string, string] => [path, file.text]).sort(byPath);
  }

  /** The text of a file, or undefined. */
  public read(path: string): string | undefined {
    return this.files.get(path)?.text;
  }

  /** Which construct wrote which file, sorted by path. */
  public owners(): Record<string, string> {
    return Object.fromEntries([...this.files].map(([path, file]): [string, string] => [path, file.owner]).sort(byPath));
  }

  /** One hash over everything, to compare two runs. */
  public digest(): string {
    const hash = createHash('sha256');
    for (const [path, text] of this.entries()) hash.update(`${path}\0${text.length}\0${text}`);
    return hash.digest('hex');
  }

  /** Secret material that found its way into a file, as findings that never repeat it. */
  public secrets(): Finding[] {
    return [...this.files].flatMap(([path, { text, owner }]) =>
      SECRETS.filter(([pattern]) => pattern.test(text)).map(
        ([, what]): Finding => ({
          code: 'SECRET_IN_OUTPUT',
          severity: 'error',
          path: owner,
          message: `${path} holds ${what}`,
          fix: 'pass a Secret, and let the consumer read it at run time',
        }),
      ),
    );
  }
}

/** Material that must never be committed. Patterns are of formats, so that a finding is never a guess. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'a private key'],
  [/AGE-SECRET-KEY-1[0-9A-Z]{58}/, 'an age secret key'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bhvs\.[A-Za-z0-9_-]{24,}/, 'a Vault token'],
  [/\bPVEAPIToken=[\w.-]+@[\w.-]+![\w.-]+=[0-9a-f-]{36}/, 'a Proxmox API token'],
  [/[\w.-]+@[\w.-]+![\w.-]+=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'a Proxmox API token'],
  [/\bK10[0-9a-f]{64}::\w+:\w+/, 'a K3s join token'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, 'a JSON web token'],
  [/(?:^|\s)[$]6[$][./A-Za-z0-9]{1,16}[$][./A-Za-z0-9]{86}/m, 'a password hash'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a Slack token'],
];

function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
