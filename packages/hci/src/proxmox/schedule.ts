import { Check, ConfigError, Duration } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** When something is done again and again, as a calendar event of Proxmox VE. @see https://pve.proxmox.com/wiki/Calendar_Events */
export class Schedule {
  /** Every day. @param time `02:30`, local time of the nodes */
  public static daily(time: string): Schedule {
    return new Schedule(clock('Schedule.daily', time), Duration.days(1));
  }

  /** Once a week. @param time `02:30`, local time of the nodes */
  public static weekly(day: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', time: string): Schedule {
    new Check('Schedule.weekly').choice('day', day, ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
    return new Schedule(`${day} ${clock('Schedule.weekly', time)}`, Duration.days(7));
  }

  /** Several times a day. @throws SCHEDULE when the hour, or the day, is not a whole number of these */
  public static every(period: Duration): Schedule {
    return new Schedule(calendarEvery('Schedule.every', 'period', period), period);
  }

  public static is(x: unknown): x is Schedule {
    return typeof x === 'object' && x !== null && SCHEDULE in x;
  }

  private constructor(
    private readonly event: string,
    /** Longest time between two runs. */
    public readonly period: Duration,
  ) {
    Object.defineProperty(this, SCHEDULE, { value: true });
  }

  public toString(): string {
    return this.event;
  }
}

const SCHEDULE = Symbol.for('@ashlar/hci.Schedule');

/** The calendar event for a period: minutes that divide an hour, or hours that divide a day. @throws SCHEDULE */
export function calendarEvery(scope: IConstruct | string, name: string, period: Duration): string {
  const seconds = new Check(scope).instance(name, period, Duration, 'Duration.minutes(15)').toSeconds();
  const minutes = seconds / 60;
  if (Number.isInteger(minutes) && minutes >= 1 && minutes < 60 && 60 % minutes === 0) return `*/${minutes}`;
  if (Number.isInteger(minutes / 60) && minutes >= 60 && minutes < 1440 && 1440 % minutes === 0)
    return minutes === 60 ? '*:00' : `*/${minutes / 60}:00`;
  if (minutes === 1440) return '00:00';
  throw new ConfigError(scope, 'SCHEDULE', `${name} must divide an hour into whole minutes, or a day into whole hours`, {
    got: String(period),
    fix: 'write Duration.minutes(15), or Duration.hours(6)',
  });
}

function clock(where: string, time: string): string {
  return new Check(where).text('time', time, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59', '02:30');
}
