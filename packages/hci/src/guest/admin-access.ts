import { Check } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** How people log in to guests. */
export interface AdminAccess {
  readonly user: string;
  /** Public keys as in `authorized_keys`, sorted. */
  readonly keys: readonly string[];
}

/** Checks an account and its keys. @throws PROP_FORMAT */
export function adminAccess(scope: IConstruct, user = 'admin', keys: readonly string[] = []): AdminAccess {
  const check = new Check(scope);
  check.text(
    'adminUser',
    user,
    /^[a-z_][a-z0-9_-]{0,31}$/,
    'a user name: up to 32 lower-case letters, digits, dashes and underscores',
    'admin',
  );
  const form = /^(sk-)?(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521))(@openssh\.com)? [A-Za-z0-9+/]+=*( [^\n]*)?$/;
  const checked =
    keys?.length === 0
      ? []
      : check
          .list('sshKeys', keys, "'ssh-ed25519 AAAA…'")
          .map(key => check.text('sshKeys', key, form, 'public SSH keys on one line each', 'ssh-ed25519 AAAAC3… ops@example.net'));
  return { user, keys: [...checked].sort() };
}
