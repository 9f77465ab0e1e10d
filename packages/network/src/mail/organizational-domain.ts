/** Labels that are public suffixes below the domain of a country. */
const SECOND_LEVEL = /^(ac|co|com|edu|go|gov|govt|mil|ne|net|nom|or|org|sch)$/;

/**
 * The domain that an organization registered, of which `name` is a part: the last two labels, or three where a country sells names below
 * `co`, `com` and the like. The list of public suffixes itself changes daily and is not asked.
 * @see RFC 7489 section 3.2
 */
export function organizationalDomain(name: string): string {
  const labels = name.split('.');
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && SECOND_LEVEL.test(second) ? -3 : -2).join('.');
}

/** Whether a domain that SPF or DKIM has authenticated counts for the domain of the From header. @see RFC 7489 section 3.1 */
export function isAligned(authenticated: string, from: string, mode: 'relaxed' | 'strict'): boolean {
  if (authenticated === from) return true;
  return mode === 'relaxed' && organizationalDomain(authenticated) === organizationalDomain(from);
}
