import type { IConstruct } from 'constructs';
import { Check } from './check';
import { ConfigError } from './config-error';

/** A repository of Debian packages besides those of the distribution. */
export interface AptRepository {
  /** Its https URL, e.g. `https://packages.example.net/debian`. */
  readonly url: string;
  /** Directory of a release below `dists`; in it, `$RELEASE` stands for the code name of the distribution. */
  readonly suite: string;
  readonly components: readonly string[];
  /**
   * What its packages are signed with: the fingerprint of the key (40 hexadecimal digits), fetched by that from
   * keyserver.ubuntu.com over HTTPS, or the armored public key itself.
   */
  readonly key: string;
}

/** Whether a key is given by its fingerprint. */
export function isFingerprint(key: string): boolean {
  return /^[0-9A-F]{40}$/.test(key);
}

/** @throws BOOT_REPOSITORY_KEY, PROP_FORMAT, PROP_MISSING, PROP_UNKNOWN */
export function checkRepository(owner: IConstruct, name: string, repository: AptRepository): void {
  const check = new Check(owner);
  check.text('the name of a repository', name, /^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes', 'docker');
  check.known(repository, ['url', 'suite', 'components', 'key']);
  const { url, suite, components, key } = repository;
  check.text('url', url, /^https:\/\/[^\s/]+(\/\S*)?$/, 'an https URL', 'https://packages.example.net/debian');
  check.text('suite', suite, /^(\$RELEASE|[\w./-])+$/, 'the name of a suite', '$RELEASE');
  for (const component of check.list('components', components, "'main'"))
    check.text('components', component, /^[\w./-]+$/, 'names of components', 'main');
  if (typeof key === 'string' && (isFingerprint(key) || ARMORED.test(key))) return;
  throw new ConfigError(
    owner,
    'BOOT_REPOSITORY_KEY',
    `the key of repository ${name} must be its whole fingerprint, 40 upper-case hexadecimal digits, or the armored public key`,
    { got: key, fix: 'copy it from the vendor: shorter ids have been forged' },
  );
}

const ARMORED = /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n[\s\S]+\n-----END PGP PUBLIC KEY BLOCK-----\n?$/;
