import { Check, publicKeys } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** How people log in to guests. */
export interface AdminAccess {
  readonly user: string;
  /** Public keys as in `authorized_keys`, sorted. */
  readonly keys: readonly string[];
}

/** Checks an account and its keys. @throws PROP_FORMAT */
export function adminAccess(scope: IConstruct, user = 'admin', keys: readonly string[] = []): AdminAccess {
  new Check(scope).text(
    'adminUser',
    user,
    /^[a-z_][a-z0-9_-]{0,31}$/,
    'a user name: up to 32 lower-case letters, digits, dashes and underscores',
    'admin',
  );
  return { user, keys: keys?.length === 0 ? [] : [...publicKeys(scope, keys)].sort() };
}
