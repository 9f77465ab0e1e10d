import type { IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import { Secret } from './secret';

/** A file that exists before a machine's first service starts. */
export interface BootFile {
  /** Absolute path. */
  readonly path: string;
  readonly content: string | Secret;
  /** Four octal digits, e.g. `0600`. */
  readonly mode: string;
}

/**
 * What a machine does once, at its first boot: packages, files, commands. Whoever builds on the machine adds to it; the
 * hypervisor renders it, as cloud-init for example.
 */
export class FirstBoot {
  private readonly packageNames = new Set<string>();
  private readonly bootFiles = new Map<string, BootFile>();
  private readonly shellCommands: string[] = [];

  constructor(private readonly owner: IConstruct) {}

  public get packages(): readonly string[] {
    return [...this.packageNames].sort();
  }

  /** Sorted by path. */
  public get files(): readonly BootFile[] {
    return [...this.bootFiles.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** In the order in which they were added. */
  public get commands(): readonly string[] {
    return this.shellCommands;
  }

  /** Installs packages of the distribution. */
  public install(...names: string[]): void {
    for (const name of names) this.packageNames.add(name);
  }

  /**
   * Writes a file. A secret's value is put in by whatever renders this, never into the output.
   * @param mode @default `0644`, for a secret `0600`
   * @throws BOOT_FILE when the path is not absolute, or another author already writes it
   * @throws BOOT_MODE when the mode is not four octal digits
   */
  public file(path: string, content: string | Secret, mode = Secret.is(content) ? '0600' : '0644'): void {
    if (typeof path !== 'string' || !path.startsWith('/') || this.bootFiles.has(path)) {
      throw new ConfigError(
        this.owner,
        'BOOT_FILE',
        `${path} ${this.bootFiles.has(path) ? 'is already written at first boot' : 'is not an absolute path'}`,
        { fix: 'choose another path' },
      );
    }
    if (!/^[0-7]{4}$/.test(mode)) {
      throw new ConfigError(this.owner, 'BOOT_MODE', `the mode of ${path} is four octal digits`, {
        got: mode,
        fix: "write it like '0644'",
      });
    }
    this.bootFiles.set(path, { path, content, mode });
  }

  /** Runs a shell command as root, after packages and files. */
  public run(command: string): void {
    this.shellCommands.push(command);
  }
}
