import { type Finding, formatFinding } from './finding';

/** Everything that is wrong with a site, told at once. Nothing was written. */
export class SynthesisError extends Error {
  public override readonly name = 'SynthesisError';

  constructor(
    site: string,
    public readonly findings: readonly Finding[],
  ) {
    const errors = findings.filter(f => f.severity === 'error');
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${site}: ${count}, nothing was written\n${findings.map(f => `  ${formatFinding(f)}`).join('\n')}`);
  }
}
