import { Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** The beginning of a day, as Terraform wants it. @throws PROP_FORMAT, EXPIRES */
export function expiration(scope: IConstruct, day: string): string {
  new Check(scope).text('expires', day, /^20\d\d-\d\d-\d\d$/, 'a day', '2027-06-30');
  const date = new Date(`${day}T00:00:00Z`);
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)) return `${day}T00:00:00Z`;
  throw new ConfigError(scope, 'EXPIRES', 'expires is no day of the calendar', { got: day, fix: 'write it like 2027-06-30' });
}
