import type { Secret } from '@ashlar/core';

/**
 * The text that stands in a file where the value of a secret belongs, e.g. `@@openbao:kv/harvester#token@@`. Whoever serves or
 * applies the file puts the value in between reading and sending it, and keeps no copy.
 */
export function secretPlace(secret: Secret): string {
  return `@@${secret.describe()}@@`;
}
