import { type AptRepository, type IGuest, onRender, type Secret, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { backupUnits } from './backup-units';
import { bootstrapSql } from './bootstrap-sql';
import { nfsMountName, nfsMountUnit } from './nfs-mount';
import { pgHba } from './pg-hba';
import { pgBackRestConfiguration } from './pgbackrest-configuration';
import { restoreDrill } from './restore-drill';
import { SCRAM_VERIFIER } from './scram-verifier';
import { conninfo, serverConfiguration } from './server-configuration';
import { ServerLayout } from './server-layout';
import type { ServerPlan } from './server-plan';
import { setupScript } from './setup-script';

/** One file of a server. */
interface ServerFile {
  readonly path: string;
  readonly text: string;
  readonly mode: string;
}

/** Packages of the PostgreSQL project, by the fingerprint of its key. @see https://wiki.postgresql.org/wiki/Apt */
const PGDG: AptRepository = {
  url: 'https://apt.postgresql.org/pub/repos/apt',
  suite: '$RELEASE-pgdg',
  components: ['main'],
  key: 'B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8',
};

/**
 * Makes `guest` a server at its first boot: files and secrets, then the setup. A copy of each file is in the output to read, without
 * secrets. Who may connect is known only when all is built, so the plan is asked for then.
 */
export function installServer(
  scope: IConstruct,
  guest: IGuest,
  major: number,
  secrets: Readonly<Record<string, Secret>>,
  plan: () => ServerPlan,
): void {
  const layout = new ServerLayout(major);
  guest.firstBoot.repository('pgdg', PGDG);
  // Of the major release, the newest minor one: `apt-get install --only-upgrade` brings the next, and never the next major.
  guest.firstBoot.install(`postgresql-${major}`, 'pgbackrest', 'prometheus-postgres-exporter', 'python3');
  for (const [name, secret] of Object.entries(secrets)) guest.firstBoot.file(layout.secret(name), secret);
  guest.firstBoot.run(`sh ${layout.staging}/setup`);
  Site.of(scope).onPrepare(() => {
    for (const { path, text, mode } of serverFiles(plan())) guest.firstBoot.file(path, text, mode);
  });
  onRender(scope, output => {
    for (const { path, text } of serverFiles(plan())) output.write(scope, `devices/postgres/${guest.hostName}${path}`, text);
  });
}

/** Every file of a server but its secrets. */
export function serverFiles(plan: ServerPlan): ServerFile[] {
  const { layout, backup, primary, mounts, nfs } = plan;
  const staged = (name: string, text: string, mode = '0644'): ServerFile => ({ path: `${layout.staging}/${name}`, text, mode });
  const unit = (name: string, text: string): ServerFile => ({ path: `/etc/systemd/system/${name}`, text, mode: '0644' });
  return [
    staged('10-ashlar.conf', serverConfiguration(plan)),
    staged('pg_hba.conf', pgHba(plan)),
    staged('setup', setupScript(plan), '0755'),
    ...(primary
      ? [staged('conninfo', `${conninfo(primary.fqdn, primary.slot, layout.configuration)}\n`)]
      : [staged('bootstrap.sql', bootstrapSql(plan)), staged('scram-verifier', SCRAM_VERIFIER, '0755')]),
    ...(backup ? [staged('pgbackrest.conf', pgBackRestConfiguration(plan))] : []),
    ...(backup && !primary ? [staged('postgres-restore-drill', restoreDrill(plan, backup), '0755')] : []),
    ...(nfs ? [unit(nfsMountName(nfs), nfsMountUnit(nfs))] : []),
    ...(primary ? [] : Object.entries(backupUnits(plan)).map(([name, text]) => unit(name, text))),
    unit(`${layout.unit}.d/10-ashlar.conf`, ORDER(mounts)),
    // Debian's package would make a cluster of its own, on the disk that the guest boots from.
    { path: '/etc/postgresql-common/createcluster.d/ashlar.conf', text: 'create_main_cluster = false\n', mode: '0644' },
    { path: '/etc/sysctl.d/30-postgres.conf', text: SYSCTL, mode: '0644' },
  ];
}

/** Without its disks the server does not start, and it binds addresses that are there only with the network. */
const ORDER = (mounts: readonly string[]) =>
  `[Unit]\nRequiresMountsFor=${mounts.join(' ')}\nAfter=network-online.target\nWants=network-online.target\n`;

/** Swap is the last resort, and what is written goes to the disk in small portions. @see https://www.kernel.org/doc/html/latest/admin-guide/sysctl/vm.html */
const SYSCTL = 'vm.swappiness=1\nvm.dirty_background_bytes=67108864\n';
