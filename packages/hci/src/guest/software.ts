import { type AptRepository, Check, ConfigError, type IInstance } from '@ashlar/core';

type Distribution = 'debian' | 'ubuntu';

interface Recipe {
  /** Packages of the distribution, or of the vendor's repository. */
  readonly packages: readonly string[];
  /** Where the vendor has them. @default - the distribution has them */
  readonly repository?: (major: string, distribution: Distribution) => AptRepository;
  /** What keeps apt at the major version, and at the vendor's packages where the distribution has some of the same name. */
  readonly pin?: (major: string) => string;
}

/** What is installed, and from where. Keys are the whole fingerprints that the vendors publish. */
const RECIPES = {
  git: { packages: ['git'] },
  python: { packages: ['python3', 'python3-pip', 'python3-venv'] },
  /** @see https://docs.docker.com/engine/install/debian/ */
  docker: {
    packages: ['containerd.io', 'docker-buildx-plugin', 'docker-ce', 'docker-ce-cli', 'docker-compose-plugin'],
    repository: (_, distribution) => ({
      url: `https://download.docker.com/linux/${distribution}`,
      suite: '$RELEASE',
      components: ['stable'],
      key: '9DC858229FC7DD38854AE2D88D81803C0EBFCD88',
    }),
    pin: major => `Package: docker-ce docker-ce-cli\nPin: version 5:${major}.*\nPin-Priority: 1001\n`,
  },
  /** @see https://github.com/nodesource/distributions */
  nodejs: {
    packages: ['nodejs'],
    repository: major => ({
      url: `https://deb.nodesource.com/node_${major}.x`,
      suite: 'nodistro',
      components: ['main'],
      key: '6F71F525282841EEDAF851B42F59B5F99B1BE0B4',
    }),
    pin: () => 'Package: nodejs\nPin: origin deb.nodesource.com\nPin-Priority: 1001\n',
  },
} as const satisfies Record<string, Recipe>;

/** A program for development that a guest has from its first boot, kept at one major version. For Debian and Ubuntu. */
export class Software {
  /** Git of the distribution. */
  public static git(): Software {
    return new Software('git');
  }

  /** Python 3 of the distribution, with pip and virtual environments. */
  public static python(): Software {
    return new Software('python');
  }

  /**
   * Docker Engine (CE) with Buildx and Compose, from Docker. Who is to use it is put into the group `docker`.
   * @param major e.g. `29`
   * @param distribution of the image @default `debian`
   */
  public static docker(major: string, distribution: Distribution = 'debian'): Software {
    const check = new Check('Software.docker');
    check.choice('distribution', distribution, ['debian', 'ubuntu']);
    return new Software('docker', check.text('major', major, /^[1-9]\d$/, 'a major version of Docker Engine', '29'), distribution);
  }

  /**
   * Node.js with npm, from NodeSource.
   * @param major e.g. `22`
   */
  public static nodejs(major: string): Software {
    return new Software('nodejs', new Check('Software.nodejs').text('major', major, /^[1-9]\d$/, 'a major version of Node.js', '22'));
  }

  public static is(x: unknown): x is Software {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly name: keyof typeof RECIPES,
    public readonly major?: string,
    private readonly distribution: Distribution = 'debian',
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Adds it to the first boot of a guest. @throws SOFTWARE_TWICE when another version of it is there */
  public installOn(guest: IInstance): void {
    const { firstBoot } = guest;
    const { packages, repository, pin }: Recipe = RECIPES[this.name];
    firstBoot.install(...packages);
    if (!repository || !pin || this.major === undefined) return;
    firstBoot.repository(this.name, repository(this.major, this.distribution));
    const path = `/etc/apt/preferences.d/${this.name}`;
    const content = pin(this.major);
    const other = firstBoot.files.find(file => file.path === path);
    if (other?.content === content) return;
    if (other) {
      throw new ConfigError(guest, 'SOFTWARE_TWICE', `${this.name} is already kept at another version`, {
        got: this.major,
        fix: 'choose one version',
      });
    }
    firstBoot.file(path, content);
  }
}

const MARKER = Symbol.for('@ashlar/hci.Software');
