import { Check, Duration } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { isNamed, type Named } from './named';

/** That mail for the domain comes over TLS with valid certificates, or not at all. */
export interface MtaSts {
  /** Web server that serves the policy under `mta-sts.<domain>` with a valid certificate. */
  readonly server: Named;
  /** `testing` only has failures reported. @default 'enforce' */
  readonly mode?: 'enforce' | 'testing' | 'none';
  /** How long senders keep the policy, up to 366 days. @default - 7 days */
  readonly maxAge?: Duration;
}

/** The text of `https://mta-sts.<domain>/.well-known/mta-sts.txt`. @see RFC 8461 section 3.2 */
export function mtaStsPolicy({ mode = 'enforce', maxAge = Duration.days(7) }: MtaSts, exchangers: readonly string[]): string {
  return ['version: STSv1', `mode: ${mode}`, ...exchangers.map(name => `mx: ${name}`), `max_age: ${maxAge.toSeconds()}`, ''].join('\n');
}

/** The value of the TXT record at `_mta-sts.<domain>`: senders fetch the policy again when `revision` changes. @see RFC 8461 section 3.1 */
export function mtaStsRecord(revision: number): string {
  return `v=STSv1; id=${revision}`;
}

export function checkMtaSts(scope: IConstruct, sts: MtaSts): void {
  const check = new Check(scope);
  check.known(sts, ['server', 'mode', 'maxAge']);
  check.instance('server', sts.server, { name: 'Host or record set', is: isNamed }, 'web');
  if (sts.mode !== undefined) check.choice('mode', sts.mode, ['enforce', 'testing', 'none']);
  if (sts.maxAge !== undefined) {
    check.instance('maxAge', sts.maxAge, Duration, 'Duration.days(7)');
    check.integer('maxAge', sts.maxAge.toSeconds(), 86_400, 31_557_600, 'seconds');
  }
}
