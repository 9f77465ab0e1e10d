import { type Action, Duration, type IGuest, type Lifecycle, type Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Packages, disks and the first start; longest where the network is slow. */
const FIRST_START = Duration.minutes(15);

/** A server or a replica sets itself up when its machine boots for the first time. */
export function serverLifecycle(guest: IGuest, startsAfter: readonly IConstruct[], restore?: Step): Lifecycle {
  return {
    startsAfter,
    start: [
      {
        id: 'ready',
        title: `Wait until PostgreSQL answers on ${guest.hostName}`,
        action: { waits: `${guest.hostName} installs PostgreSQL at its first boot.` },
        check: { command: isReady(guest) },
        undo: { nothing: 'waiting changes nothing' },
        budget: FIRST_START,
      },
    ],
    ...(restore && { restore: [restore] }),
  };
}

/** How the newest copy comes back. @see https://pgbackrest.org/user-guide.html#restore */
export function restoreStep(name: string, guest: IGuest, major: number): Step {
  const cluster = `${major} main`;
  const action: Action = {
    byHand: `On ${guest.hostName}, as root: pg_ctlcluster ${cluster} stop; sudo -u postgres pgbackrest --stanza=${name} --delta restore; pg_ctlcluster ${cluster} start.`,
  };
  return {
    id: 'restore',
    title: `Restore the databases of ${name} from the newest copy`,
    action,
    check: { ask: `Do the databases of ${name} hold what the newest copy holds?` },
    undo: { nothing: 'the copy stays as it is, and can be restored again' },
    budget: Duration.hours(1),
    destroys: `what the data disk of ${guest.hostName} holds at that moment`,
  };
}

/** Ends with 0 once the server takes connections. @see https://www.postgresql.org/docs/current/app-pg-isready.html */
function isReady(guest: IGuest): readonly [string, ...string[]] {
  return ['pg_isready', '--host', guest.addresses[0]?.ip ?? guest.fqdn, '--port', '5432', '--timeout', '5'];
}
