/** A folder of an NFS server, mounted before what needs it. */
export interface NfsMount {
  /** `server:/export` */
  readonly what: string;
  /** Where, of letters, digits and slashes. */
  readonly where: string;
}

/** Name of the unit, which systemd derives from the path. */
export function nfsMountName({ where }: NfsMount): string {
  return `${where.slice(1).replaceAll('/', '-')}.mount`;
}

/**
 * `/etc/systemd/system/<name>.mount`. It waits for its server rather than to report an error that a backup would take for a full disk.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html
 */
export function nfsMountUnit({ what, where }: NfsMount): string {
  return `[Unit]
Description=PostgreSQL ${where}

[Mount]
What=${what}
Where=${where}
Type=nfs
Options=hard,noatime,nodev,nosuid,nfsvers=4.2

[Install]
WantedBy=remote-fs.target
`;
}
