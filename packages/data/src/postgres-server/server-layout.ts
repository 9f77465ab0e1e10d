/** Where everything of a server lies in its guest. @see https://manpages.debian.org/bookworm/postgresql-common/pg_createcluster.1.en.html */
export class ServerLayout {
  public readonly root = '/srv/postgres/';
  public readonly dataMount = `${this.root}data`;
  public readonly walMount = `${this.root}wal`;
  public readonly backupMount = `${this.root}backup`;
  /** What the guest is given at its first boot, for root alone. */
  public readonly staging = '/etc/ashlar/postgres';
  public readonly sockets = '/var/run/postgresql';
  /** Configuration of the cluster `main`, as Debian lays it out. */
  public readonly configuration: string;
  public readonly dataDirectory: string;
  public readonly walDirectory: string;
  public readonly binaries: string;
  /** Of the systemd template that Debian's package brings. */
  public readonly unit: string;

  constructor(public readonly major: number) {
    this.configuration = `/etc/postgresql/${major}/main`;
    this.dataDirectory = `${this.dataMount}/${major}/main`;
    this.walDirectory = `${this.walMount}/${major}/main`;
    this.binaries = `/usr/lib/postgresql/${major}/bin`;
    this.unit = `postgresql@${major}-main.service`;
  }

  /** Where the value of a secret is put at first boot. */
  public secret(name: string): string {
    return `${this.staging}/secrets/${name}`;
  }
}
