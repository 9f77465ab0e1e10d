import type { IConstruct } from 'constructs';
import { Check } from './check';
import { ConfigError } from './config-error';

/** An account of a person. It has no password. */
export interface BootUser {
  /** Public keys as in `authorized_keys`. */
  readonly sshKeys: readonly string[];
  /** Groups besides its own; those that do not exist are made. Who is in `docker` is as good as root. @default - none */
  readonly groups?: readonly string[];
  /** Whether it may become root without a password. @default false */
  readonly sudo?: boolean;
}

/** Public SSH keys, one a line of `authorized_keys`, in the order given. @throws PROP_FORMAT, PROP_EMPTY, PROP_TYPE */
export function publicKeys(scope: IConstruct, keys: readonly string[]): readonly string[] {
  const check = new Check(scope);
  return check
    .list('sshKeys', keys, "'ssh-ed25519 AAAA…'")
    .map(key => check.text('sshKeys', key, PUBLIC_KEY, 'public SSH keys on one line each', 'ssh-ed25519 AAAAC3… ops@example.net'));
}

/** @throws BOOT_USER when the name is that of the system, PROP_FORMAT, PROP_EMPTY, PROP_UNKNOWN */
export function checkUser(owner: IConstruct, name: string, user: BootUser): void {
  const check = new Check(owner);
  check.text('the name of an account', name, NAME, NAME_MEANS, 'dev');
  if (name === 'root')
    throw new ConfigError(owner, 'BOOT_USER', 'root is the account of the system', { fix: 'choose another name, with sudo: true' });
  check.known(user, ['sshKeys', 'groups', 'sudo']);
  publicKeys(owner, user.sshKeys);
  if (user.groups !== undefined)
    for (const group of check.list('groups', user.groups, "'docker'")) check.text('groups', group, NAME, NAME_MEANS, 'docker');
  if (user.sudo !== undefined) check.boolean('sudo', user.sudo);
}

const NAME = /^[a-z_][a-z0-9_-]{0,31}$/;
const NAME_MEANS = 'up to 32 lower-case letters, digits, dashes and underscores';
const PUBLIC_KEY = /^(sk-)?(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521))(@openssh\.com)? [A-Za-z0-9+/]+=*( [^\n]*)?$/;
