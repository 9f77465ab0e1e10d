import { Check, ConfigError } from '@ashlar/core';

/**
 * A time zone of the tz database, which controllers look up only when the time comes.
 * @param at what it is for, for errors
 * @throws TIME_ZONE, PROP_FORMAT
 */
export function timeZone(at: string, given: string | undefined): string {
  const zone = new Check(at).text('timeZone', given ?? 'Etc/UTC', /^[A-Z]\w+(\/[\w+-]+)*$/, 'a name of the tz database', 'Europe/Berlin');
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new ConfigError(at, 'TIME_ZONE', 'timeZone is none of the tz database', {
      got: zone,
      fix: 'write it like Europe/Berlin',
      see: 'https://data.iana.org/time-zones/tzdb/zone1970.tab',
    });
  }
}
