import type { IConstruct } from 'constructs';
import { type AptRepository, checkRepository } from './apt-repository';
import { type BootUser, checkUser } from './boot-user';
import { Check } from './check';
import { ConfigError } from './config-error';
import type { GuestDisk } from './guest';
import { Secret } from './secret';
import { Size } from './size';

/** A file that exists before a machine's first service starts. */
export interface BootFile {
  /** Absolute path. */
  readonly path: string;
  readonly content: string | Secret;
  /** Four octal digits, e.g. `0600`. */
  readonly mode: string;
}

/** A data disk with a file system, at a path. */
export interface BootMount {
  readonly disk: GuestDisk;
  /** Absolute path. */
  readonly path: string;
  readonly filesystem: 'ext4' | 'xfs';
}

/**
 * What a machine does once, at its first boot: disks, accounts, packages, files, commands. Whoever builds on the machine adds
 * to it; the hypervisor renders it, as cloud-init for example.
 */
export class FirstBoot {
  private readonly packageNames = new Set<string>();
  private readonly bootFiles = new Map<string, BootFile>();
  private readonly shellCommands: string[] = [];
  private readonly aptRepositories = new Map<string, AptRepository>();
  private readonly accounts = new Map<string, BootUser>();
  private readonly dataMounts = new Map<string, BootMount>();
  private zone?: string;
  private swapSize?: Size;

  constructor(private readonly owner: IConstruct) {}

  public get packages(): readonly string[] {
    return [...this.packageNames].sort();
  }

  /** Sorted by path. */
  public get files(): readonly BootFile[] {
    return sorted(this.bootFiles).map(([, file]) => file);
  }

  /** In the order in which they were added. */
  public get commands(): readonly string[] {
    return this.shellCommands;
  }

  /** Repositories by name, sorted. */
  public get repositories(): readonly (readonly [name: string, repository: AptRepository])[] {
    return sorted(this.aptRepositories);
  }

  /** Accounts by name, sorted. */
  public get users(): readonly (readonly [name: string, user: BootUser])[] {
    return sorted(this.accounts);
  }

  /** Sorted by path, so that what contains another is mounted first. */
  public get mounts(): readonly BootMount[] {
    return sorted(this.dataMounts).map(([, mount]) => mount);
  }

  /** Name of the time zone, as in the tz database. */
  public get timezone(): string | undefined {
    return this.zone;
  }

  public get swap(): Size | undefined {
    return this.swapSize;
  }

  /** One thing that was added, for a message. */
  public get firstAddition(): string | undefined {
    const added = [
      ...this.packages,
      ...this.files.map(file => file.path),
      ...this.commands,
      ...this.users.map(([name]) => name),
      ...this.mounts.map(mount => mount.path),
      ...this.repositories.map(([, repository]) => repository.url),
      this.zone,
      this.swapSize?.toString(),
    ];
    return added.find(one => one !== undefined);
  }

  /** Installs packages of the distribution, or of a {@link repository}. */
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

  /**
   * Makes the packages of a repository installable. The same one may be added twice.
   * @param name of its files in `/etc/apt`, e.g. `docker`
   * @throws BOOT_REPOSITORY when another one has the name, BOOT_REPOSITORY_KEY, PROP_FORMAT
   */
  public repository(name: string, repository: AptRepository): void {
    checkRepository(this.owner, name, repository);
    const other = this.aptRepositories.get(name);
    if (other && JSON.stringify(other) !== JSON.stringify(repository)) {
      throw new ConfigError(this.owner, 'BOOT_REPOSITORY', `repository ${name} is already that of ${other.url} ${other.suite}`, {
        got: `${repository.url} ${repository.suite}`,
        fix: 'use one of them, or give this one another name',
      });
    }
    this.aptRepositories.set(name, repository);
  }

  /**
   * Makes an account for a person.
   * @throws BOOT_USER when the name is taken, PROP_FORMAT, PROP_EMPTY
   */
  public user(name: string, user: BootUser): void {
    checkUser(this.owner, name, user);
    if (this.accounts.has(name)) {
      throw new ConfigError(this.owner, 'BOOT_USER', `the account ${name} is already made at first boot`, { fix: 'choose another name' });
    }
    this.accounts.set(name, user);
  }

  /**
   * Mounts a data disk. An empty disk gets the file system; what is on one that has any stays, whatever it is.
   * @param filesystem `xfs` where the image has `mkfs.xfs`, as Ubuntu's has and Debian's has not @default `ext4`
   * @throws BOOT_MOUNT when the path is no directory below `/`, or the path or the disk is taken
   */
  public mount(disk: GuestDisk, path: string, { filesystem = 'ext4' }: { readonly filesystem?: 'ext4' | 'xfs' } = {}): void {
    new Check(this.owner).choice('filesystem', filesystem, ['ext4', 'xfs']);
    if (typeof disk !== 'object' || disk === null || typeof disk.device !== 'string') {
      throw new ConfigError(this.owner, 'BOOT_MOUNT', 'only a data disk is mounted', { got: disk, fix: 'pass one of its dataDisks' });
    }
    if (typeof path !== 'string' || !/^(\/[\w.-]+)+$/.test(path)) {
      throw new ConfigError(this.owner, 'BOOT_MOUNT', `disk ${disk.name} is mounted at an absolute path below /`, {
        got: path,
        fix: "write it like '/var/lib/postgresql'",
      });
    }
    const [other] = this.mounts.filter(mount => mount.path === path || mount.disk.device === disk.device);
    if (other) {
      throw new ConfigError(
        this.owner,
        'BOOT_MOUNT',
        `disk ${disk.name} cannot be mounted at ${path}: disk ${other.disk.name} is at ${other.path}`,
        {
          fix: other.path === path ? 'choose another path' : 'mount each disk once',
        },
      );
    }
    this.dataMounts.set(path, { disk, path, filesystem });
  }

  /**
   * Sets the time zone; without, it is that of the image, mostly UTC.
   * @throws PROP_FORMAT, BOOT_TWICE
   */
  public setTimezone(name: string): void {
    new Check(this.owner).text(
      'the time zone',
      name,
      /^[A-Z][A-Za-z_]+(\/[A-Za-z_+-]+\d*)*$/,
      'a name of the tz database',
      'Europe/Vienna',
    );
    this.zone = this.once('time zone', this.zone, name);
  }

  /**
   * Makes a swap file of this size; without, there is none, as Kubernetes wants it.
   * @throws PROP_TYPE, BOOT_TWICE
   */
  public setSwap(size: Size): void {
    new Check(this.owner).instance('the size of swap', size, Size, 'Size.gibibytes(2)');
    this.swapSize = this.once('swap', this.swapSize, size);
  }

  private once<T>(what: string, known: T | undefined, wanted: T): T {
    if (known === undefined || String(known) === String(wanted)) return wanted;
    throw new ConfigError(this.owner, 'BOOT_TWICE', `${what} is already ${known} at first boot`, {
      got: String(wanted),
      fix: 'write it once',
    });
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
