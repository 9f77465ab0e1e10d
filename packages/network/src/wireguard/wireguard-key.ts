import { ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/**
 * Checks a Curve25519 public key as `wg pubkey` prints it: 32 bytes in base 64.
 * @throws WIREGUARD_KEY
 */
export function checkedKey(scope: IConstruct, prop: string, key: string): string {
  if (typeof key === 'string' && /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(key)) return key;
  throw new ConfigError(scope, 'WIREGUARD_KEY', `${prop} must be a public key: 44 characters of base 64 that end in =`, {
    got: key,
    fix: 'copy what `wg pubkey` prints; the private key goes into privateKey, as a Secret',
  });
}
