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
  /** The file in which the output folder keeps which construct wrote which file. */
  public static readonly INDEX = 'files.json';

  private readonly files = new Map<string, OutputFile>();
  /** Lower-cased path to path: two names that differ in case only are one file on macOS and Windows. */
  private readonly folded = new Map<string, string>([[Output.INDEX, Output.INDEX]]);
  /** Lower-cased folder to the path of a file in it. */
  private readonly folders = new Map<string, string>();

  /**
   * Adds a file.
   * @throws OUTPUT_PATH when the path leaves the output folder
   * @throws OUTPUT_TWO_AUTHORS when another construct already wrote it, or wrote a file where this needs a folder
   */
  public write(author: IConstruct, path: string, text: string): void {
    if (!/^[\w.@+-]+(\/[\w.@+-]+)*$/.test(path) || path.split('/').some(part => part === '..' || part === '.')) {
      throw new ConfigError(author, 'OUTPUT_PATH', 'an output path is relative, of letters, digits and . _ - @ +', {
        got: path,
        fix: 'choose ids without other characters',
      });
    }
    const folded = path.toLowerCase();
    const above = foldersOf(folded);
    const taken = this.folded.get(folded) ?? this.folders.get(folded) ?? above.map(folder => this.folded.get(folder)).find(Boolean);
    if (taken !== undefined) {
      const owner = this.files.get(taken)?.owner ?? 'Site.synth';
      const what = taken === path ? `which [${owner}] already wrote` : `and [${owner}] already wrote ${taken}`;
      throw new ConfigError(author, 'OUTPUT_TWO_AUTHORS', `writes ${path}, ${what}`, { fix: 'give one of them another id' });
    }
    this.folded.set(folded, path);
    for (const folder of above) this.folders.set(folder, path);
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
      SECRETS.filter(([, hint, pattern]) => text.includes(hint) && pattern.test(text)).map(
        ([what]): Finding => ({
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

/**
 * Material that must never be committed: what it is, text that is always part of it, its form. The forms are those that the
 * issuers give their material, so that a finding is never a guess. Each is linear in the text.
 */
const SECRETS: readonly (readonly [string, string, RegExp])[] = [
  ['a private key', '-----BEGIN ', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['an age secret key', 'AGE-SECRET-KEY-1', /AGE-SECRET-KEY-1[0-9A-Z]{58}/],
  ['an AWS access key', 'AKIA', /\bAKIA[0-9A-Z]{16}\b/],
  ['an AWS session key', 'ASIA', /\bASIA[0-9A-Z]{16}\b/],
  ['a GitHub token', 'gh', /\bgh[pousr]_[A-Za-z0-9]{36,}\b/],
  ['a GitHub token', 'github_pat_', /\bgithub_pat_\w{60,}/],
  ['a GitLab token', 'glpat-', /\bglpat-[\w-]{20,}/],
  ['a Vault token', 'hvs.', /\bhvs\.[A-Za-z0-9_-]{24,}/],
  ['a Proxmox API token', '!', /@[\w.-]{1,64}![\w.-]{1,64}=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/],
  ['a K3s join token', 'K10', /\bK10[0-9a-f]{64}::\w+:\w+/],
  ['a JSON web token', 'eyJ', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ['a password hash', '$6$', /[$]6[$](?:rounds=\d+[$])?[./A-Za-z0-9]{1,16}[$][./A-Za-z0-9]{86}/],
  ['a password hash', '$y$', /[$]y[$][./A-Za-z0-9]{1,16}[$][./A-Za-z0-9]{1,86}[$][./A-Za-z0-9]{43}/],
  ['a password hash', '$2', /[$]2[aby][$]\d\d[$][./A-Za-z0-9]{53}/],
  ['a Slack token', 'xox', /\bxox[abprs]-[\w-]{10,}/],
  ['a WireGuard private key', '=', /\bprivate-?key\b['": =]{1,6}[A-Za-z0-9+/]{43}=/i],
];

/** `a/b/c` → `a`, `a/b` */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let i = path.indexOf('/'); i !== -1; i = path.indexOf('/', i + 1)) folders.push(path.slice(0, i));
  return folders;
}

function byPath([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
