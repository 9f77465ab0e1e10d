import { ConfigError } from '@ashlar/core';

/** The code of {@link unjudged}. */
export const UNJUDGED = 'REACH_UNJUDGED';

/**
 * A statement of a rendered file whose effect on reachability is not known here. It is never skipped: a proof that passes over what it
 * does not understand proves nothing.
 */
export function unjudged(file: string, line: number | undefined, statement: string, fix = 'write the rule without it'): ConfigError {
  return new ConfigError(line === undefined ? file : `${file}:${line}`, UNJUDGED, `${statement} cannot be judged`, { fix });
}
