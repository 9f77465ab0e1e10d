import type { PgBackRest } from './pgbackrest';
import type { ServerPlan } from './server-plan';

/**
 * A program for the server: restores the newest copy into a cluster of its own, brings it up to the end of the archived log, reads
 * every table and index, and throws it away. It fails when the copy cannot be restored, is damaged, or took longer than promised.
 * @see https://pgbackrest.org/command.html#command-restore
 * @see https://www.postgresql.org/docs/current/app-pgamcheck.html
 */
export function restoreDrill({ name, layout }: ServerPlan, { recoveryTime }: PgBackRest): string {
  return `#!/bin/sh
# Restores the newest copy of server ${name} beside it and checks every table and index. Run as postgres.
set -eu
umask 077
stanza=${name}
bin=${layout.binaries}
drill=${layout.dataMount}/drill
started=$(date +%s)

used=$(du -sk ${layout.dataDirectory} | cut -f1)
free=$(df -Pk "$(dirname "$drill")" | awk 'NR == 2 { print $4 }')
if [ "$free" -lt "$((used + used / 5))" ]; then
  echo "the drill needs $((used + used / 5)) KiB beside $drill, and there are $free" >&2
  exit 1
fi
if [ -e "$drill/postmaster.pid" ]; then "$bin/pg_ctl" -D "$drill" -m immediate stop || true; fi
rm -rf "$drill"
mkdir -p "$drill"
trap '"$bin/pg_ctl" -D "$drill" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$drill"' EXIT

pgbackrest --stanza="$stanza" --pg1-path="$drill" --archive-mode=off --no-delta restore
cat >"$drill/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$drill'
hot_standby = off
archive_mode = off
shared_buffers = 128MB
END
echo 'local all postgres peer' >"$drill/pg_hba.conf"
: >"$drill/pg_ident.conf"
"$bin/pg_ctl" -s -D "$drill" -l "$drill/drill.log" -w -t ${recoveryTime.toSeconds()} start || { cat "$drill/drill.log" >&2; exit 1; }
# It has started when it recovers; it is restored when it has recovered.
until [ "$(psql -XAtq -h "$drill" -U postgres -d postgres -c 'SELECT pg_is_in_recovery()' 2>/dev/null)" = f ]; do
  "$bin/pg_ctl" -s -D "$drill" status >/dev/null || { cat "$drill/drill.log" >&2; exit 1; }
  [ "$(($(date +%s) - started))" -le ${recoveryTime.toSeconds()} ] || break
  sleep 1
done
seconds=$(($(date +%s) - started))
if [ "$seconds" -gt ${recoveryTime.toSeconds()} ]; then
  echo "the restore took $seconds s, and ${recoveryTime.toSeconds()} s are promised" >&2
  exit 1
fi
"$bin/pg_amcheck" -h "$drill" -U postgres --all --install-missing --heapallindexed
pgbackrest --stanza="$stanza" check
echo "server $stanza restored in $seconds s, and checked"
`;
}
