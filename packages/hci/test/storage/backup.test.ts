import { Bandwidth, Duration, formatFinding, Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { BackupDrive, BackupJob, NfsStorage, PbsStorage, Schedule } from '../../src';
import { expectGolden } from '../golden';
import { refuses } from '../proxmox/refuses';
import { resourcesOf } from '../proxmox/resources';
import { guest, type Metal, metal, mirrored } from './metal';

const UUID = '0f3c6c1e-5a4e-4d0e-9d2b-2f7f0c1a9b11';
const TOKEN = Secret.fromTerraformVariable('pbs_token');
const KEY = Secret.fromTerraformVariable('pbs_key');

const nightly = (all: Metal, props: object = {}, id = 'nightly') =>
  new BackupJob(all.pve, id, { schedule: Schedule.daily('02:30'), ...props });
const nas = (all: Metal, size?: Size) =>
  new NfsStorage(all.pve, 'nas', { server: all.hosts[2], export: '/srv/backup', content: ['backup'], size });
const pbs = (all: Metal, props: object = {}) =>
  new PbsStorage(all.pve, 'pbs', {
    server: all.hosts[2],
    datastore: 'main',
    tokenId: 'pve@pbs!cluster',
    token: TOKEN,
    encryptionKey: KEY,
    size: Size.terabytes(2),
    ...props,
  });
const drive = (all: Metal, props: object = {}, id = 'usb1') =>
  new BackupDrive(all.pve, id, { node: all.pve.nodes[0] as never, uuid: UUID, size: Size.terabytes(5), ...props });

/** Two nodes with mirrored pools, changed. */
function built(change: (all: Metal) => void): Metal {
  const all = metal();
  mirrored(all);
  change(all);
  return all;
}

const found = (all: Metal, code: string) =>
  all.site
    .check()
    .map(formatFinding)
    .filter(line => line.endsWith(`(${code})`));

function finds(statement: string, change: (all: Metal) => void, code: string, ...lines: readonly string[]): void {
  test(`finds ${statement}`, () => expect(found(built(change), code)).toEqual(lines));
}

function passes(statement: string, change: (all: Metal) => void, code: string): void {
  test(`passes ${statement}`, () => expect(found(built(change), code)).toEqual([]));
}

describe('a Proxmox Backup Server', () => {
  test('is told who asks, by a token whose secret Terraform holds, and has a key of its own', () => {
    const fingerprint = Array.from({ length: 32 }, () => 'ab').join(':');
    const all = built(lab => pbs(lab, { fingerprint, namespace: 'lab/pve' }));
    expect(resourcesOf(all.site, 'proxmox_storage_pbs')).toEqual([
      {
        id: 'pbs',
        server: '192.168.1.13',
        datastore: 'main',
        username: 'pve@pbs!cluster',
        password: '${var.pbs_token}',
        encryption_key: '${var.pbs_key}',
        content: ['backup'],
        fingerprint,
        namespace: 'lab/pve',
      },
    ]);
  });
  test('is what a copy is lost with', () => {
    const all = built(lab => pbs(lab));
    expect(nightly(all).coverage).toEqual({
      target: 'pbs pbs',
      recoveryPoint: Duration.days(1),
      retention: Duration.days(180),
      standsOn: [all.hosts[2]],
    });
  });
  finds(
    'copies in plain text',
    all => pbs(all, { encryptionKey: undefined }),
    'PBS_NOT_ENCRYPTED',
    "warning [lab/hypervisors/pve/pbs] keeps copies that everybody can read who reads the disks of the server; write encryptionKey: Secret.fromTerraformVariable('pbs_key'), and keep the key outside the cluster, or acknowledge it (PBS_NOT_ENCRYPTED)",
  );
  refuses(
    'a token of root',
    () => pbs(metal(), { tokenId: 'root@pam!cluster' }),
    '[lab/hypervisors/pve/pbs] a token of root may remove every copy, and so may who takes over a node, got "root@pam!cluster"; write \'pve@pbs!cluster\', of a user with the role DatastoreBackup, see https://pbs.proxmox.com/docs/user-management.html#api-tokens (PBS_TOKEN)',
  );
  refuses(
    'a user where a token belongs',
    () => pbs(metal(), { tokenId: 'pve@pbs' }),
    '[lab/hypervisors/pve/pbs] tokenId is the full id of an API token, got "pve@pbs"; write \'pve@pbs!cluster\', of a user with the role DatastoreBackup, see https://pbs.proxmox.com/docs/user-management.html#api-tokens (PBS_TOKEN)',
  );
  refuses(
    'a fingerprint of another length',
    () => pbs(metal(), { fingerprint: 'ab:cd' }),
    '[lab/hypervisors/pve/pbs] fingerprint must be a SHA-256 fingerprint: 32 pairs of lower-case hex digits with colons, got "ab:cd"; write it like proxmox-backup-manager cert info shows it (PROP_FORMAT)',
  );
  refuses(
    'a secret as text',
    () => pbs(metal(), { token: 'hunter2' }),
    "[lab/hypervisors/pve/pbs] token must be a Secret; write token: Secret.fromTerraformVariable('pbs_token') (PROP_TYPE)",
  );
});

describe('a backup drive', () => {
  const files = Testing.files(built(all => drive(all)).site);

  test.each(['mnt-usb1.mount', 'mnt-usb1.sh'])('has its golden %s', name => {
    expectGolden(`drive/${name}`, files[`devices/proxmox/pve/pve-01/${name}`]);
  });
  test('is a directory that nobody makes when it is away', () => {
    const all = built(lab => drive(lab));
    expect(resourcesOf(all.site, 'proxmox_storage_directory')).toEqual([
      { id: 'usb1', path: '/mnt/usb1', content: ['backup'], nodes: ['pve-01'], create_base_path: false, create_subdirs: true },
    ]);
  });
  refuses(
    'a name that a mount unit writes otherwise',
    () => drive(metal(), {}, 'usb-1'),
    '[lab/hypervisors/pve/usb-1] the name of a drive is lower-case letters and digits, as its mount unit is named after it, got "usb-1"; write it like \'usb1\', see https://www.freedesktop.org/software/systemd/man/latest/systemd.mount.html (BACKUP_DRIVE_NAME)',
  );
  refuses(
    'a device that changes',
    () => drive(metal(), { uuid: '/dev/sdb1' }),
    `[lab/hypervisors/pve/usb1] uuid must be the UUID of a file system, got "/dev/sdb1"; write it like ${UUID} (PROP_FORMAT)`,
  );
  refuses(
    'a size that nobody knows',
    () => drive(metal(), { size: undefined }),
    '[lab/hypervisors/pve/usb1] size is missing; write size: Size.terabytes(5) (PROP_MISSING)',
  );
});

describe('a backup job', () => {
  test('limits what it reads, keeps writes on a fast disk meanwhile, and tells people', () => {
    const all = built(lab => nas(lab, Size.terabytes(40)));
    const [guests] = all.pve.storages;
    nightly(all, { bandwidth: Bandwidth.megabits(800), fleecing: guests, mailTo: ['ops@example.net'], protected: true });
    expect(resourcesOf(all.site, 'proxmox_backup_job')).toMatchObject([
      {
        bwlimit: 97656,
        fleecing: { enabled: true, storage: 'guests' },
        mailto: ['ops@example.net'],
        mailnotification: 'failure',
        protected: true,
        compress: 'zstd',
      },
    ]);
  });
  refuses(
    'fleecing over the network',
    () => {
      const all = built(lab => nas(lab));
      const fleecing = new NfsStorage(all.pve, 'slow', { server: '192.168.1.9', export: '/srv', content: ['images'] });
      nightly(all, { fleecing });
    },
    '[lab/hypervisors/pve/nightly] lets writes wait on lab/hypervisors/pve/slow, which is on the network like the target; choose a local storage, see https://pve.proxmox.com/wiki/Backup_and_Restore#_vm_backup_fleecing (BACKUP_FLEECING)',
  );
  refuses(
    'a limit below which it never ends',
    () =>
      nightly(
        built(lab => nas(lab)),
        { bandwidth: Bandwidth.megabits(1) },
      ),
    '[lab/hypervisors/pve/nightly] bandwidth must be at least 8 Mb/s, got "1 Mb/s"; write Bandwidth.megabits(800) (BACKUP_BANDWIDTH)',
  );
  refuses(
    'to believe that everything vanishes when compressed',
    () =>
      nightly(
        built(lab => nas(lab)),
        { compression: 0 },
      ),
    '[lab/hypervisors/pve/nightly] compression is a part of the disk, from 0.05 to 1, got 0; measure it on copies that are there, and write it like 0.5 (BACKUP_ASSUMPTION)',
  );
  refuses(
    'an address that is none',
    () =>
      nightly(
        built(lab => nas(lab)),
        { mailTo: ['ops'] },
      ),
    '[lab/hypervisors/pve/nightly] mailTo must be a mail address, got "ops"; write it like ops@example.net (PROP_FORMAT)',
  );
});

describe('BACKUP_DOES_NOT_FIT', () => {
  finds(
    'archives that take more than the target, and says how many fit',
    all => {
      nas(all, Size.terabytes(1));
      guest(all, 'web', 101);
      guest(all, 'mail', 102, { disk: Size.gibibytes(60) });
      nightly(all, { keep: { daily: 7 } });
    },
    'BACKUP_DOES_NOT_FIT',
    'error [lab/hypervisors/pve/nightly] keeps 7 copies of lab/hypervisors/pve/web (100 GiB), lab/hypervisors/pve/mail (60 GiB), up to 1280 GiB, and lab/hypervisors/pve/nas has 1 TB; write keep: { last: 4 }, which fits, or measure compression and write what they are (BACKUP_DOES_NOT_FIT)',
  );
  finds(
    'a target that has no room for the next copy beside the last',
    all => {
      nas(all, Size.gigabytes(150));
      guest(all, 'web', 101);
      nightly(all, { keep: { last: 1 } });
    },
    'BACKUP_DOES_NOT_FIT',
    'error [lab/hypervisors/pve/nightly] keeps 1 copy of lab/hypervisors/pve/web (100 GiB), up to 200 GiB, and lab/hypervisors/pve/nas has 150 GB; choose a larger target: not even one copy fits beside the next (BACKUP_DOES_NOT_FIT)',
  );
  finds(
    'two jobs that fit one by one',
    all => {
      nas(all, Size.terabytes(1));
      guest(all, 'web', 101);
      nightly(all, { keep: { daily: 7 } });
      nightly(all, { keep: { weekly: 4 }, schedule: Schedule.weekly('sun', '12:00') }, 'weekly');
    },
    'BACKUP_DOES_NOT_FIT',
    'error [lab/hypervisors/pve/nightly] keeps 7 copies of lab/hypervisors/pve/web (100 GiB), up to 800 GiB, and with lab/hypervisors/pve/weekly 1300 GiB, and lab/hypervisors/pve/nas has 1 TB; write keep: { last: 3 }, which fits, or measure compression and write what they are (BACKUP_DOES_NOT_FIT)',
  );
  finds(
    'a datastore that what changes fills',
    all => {
      pbs(all, { size: Size.gigabytes(150) });
      guest(all, 'web', 101);
      nightly(all, { keep: { daily: 14 } });
    },
    'BACKUP_DOES_NOT_FIT',
    'error [lab/hypervisors/pve/nightly] keeps 14 copies of lab/hypervisors/pve/web (100 GiB), up to 165 GiB, and lab/hypervisors/pve/pbs has 150 GB; write keep: { last: 8 }, which fits, or measure compression and dailyChange and write what they are (BACKUP_DOES_NOT_FIT)',
  );
  passes(
    'the same archives, half as large once compressed',
    all => {
      nas(all, Size.terabytes(1));
      guest(all, 'web', 101);
      guest(all, 'mail', 102, { disk: Size.gibibytes(60) });
      nightly(all, { keep: { daily: 7 }, compression: 0.5 });
    },
    'BACKUP_DOES_NOT_FIT',
  );
  passes(
    'what is said to fit',
    all => {
      nas(all, Size.terabytes(1));
      guest(all, 'web', 101);
      guest(all, 'mail', 102, { disk: Size.gibibytes(60) });
      nightly(all, { keep: { last: 4 } });
    },
    'BACKUP_DOES_NOT_FIT',
  );
});

describe('BACKUP_TARGET_SIZE_UNKNOWN', () => {
  finds(
    'a target of which nothing is known',
    all => {
      nas(all);
      guest(all, 'web', 101);
      nightly(all);
    },
    'BACKUP_TARGET_SIZE_UNKNOWN',
    'warning [lab/hypervisors/pve/nightly] keeps copies on lab/hypervisors/pve/nas, and nothing says how much fits there; write size: Size.terabytes(5) where the storage is declared (BACKUP_TARGET_SIZE_UNKNOWN)',
  );
  passes(
    'a job that has nothing to copy yet',
    all => {
      nas(all);
      nightly(all);
    },
    'BACKUP_TARGET_SIZE_UNKNOWN',
  );
});

describe('BACKUP_OUT_OF_REACH', () => {
  const two = (all: Metal, guests: (made: ReturnType<typeof guest>[]) => object) => {
    drive(all);
    const made = [guest(all, 'web', 101), guest(all, 'mail', 102, { node: 'pve-02' })];
    nightly(all, guests(made));
  };
  finds(
    'a guest on the node that the drive is not plugged into',
    all => two(all, () => ({})),
    'BACKUP_OUT_OF_REACH',
    'warning [lab/hypervisors/pve/nightly] backs up lab/hypervisors/pve/mail, which may run on pve-02, and lab/hypervisors/pve/usb1 is on pve-01 only; use a storage that all of its nodes reach, or name in guests those that stay on its node (BACKUP_OUT_OF_REACH)',
  );
  passes('a job for the guests of its node', all => two(all, ([web]) => ({ guests: [web] })), 'BACKUP_OUT_OF_REACH');
});

describe('BACKUP_WINDOW', () => {
  const hourly = (all: Metal, period: Duration) => {
    nas(all, Size.terabytes(40));
    guest(all, 'archive', 101, { disk: Size.gibibytes(1024) });
    nightly(all, { schedule: Schedule.every(period), keep: { last: 2 } });
  };
  finds(
    'a job that reads for longer than it waits',
    all => hourly(all, Duration.hours(2)),
    'BACKUP_WINDOW',
    'warning [lab/hypervisors/pve/nightly] reads 1 TiB on lab/hypervisors/pve/pve-01 at 1 Gb/s, which takes 3h, and begins again after 2h; run it less often, give it more bandwidth, or back up to a Proxmox Backup Server (BACKUP_WINDOW)',
  );
  passes('the same job, every three hours', all => hourly(all, Duration.hours(3)), 'BACKUP_WINDOW');
});

describe('BACKUP_JOBS_OVERLAP', () => {
  const jobs = (all: Metal, time: string) => {
    nas(all, Size.terabytes(40));
    guest(all, 'archive', 101, { disk: Size.gibibytes(1024) });
    nightly(all, { keep: { last: 2 } });
    nightly(all, { keep: { weekly: 4 }, schedule: Schedule.weekly('sun', time) }, 'weekly');
  };
  finds(
    'a job that begins before another is done',
    all => jobs(all, '04:00'),
    'BACKUP_JOBS_OVERLAP',
    'warning [lab/hypervisors/pve/weekly] begins at sun 04:00 on lab/hypervisors/pve/nas, while lab/hypervisors/pve/nightly, which begins at 02:30, may still write there; let it begin later, or give it another target (BACKUP_JOBS_OVERLAP)',
  );
  passes('a job that begins when the other is done', all => jobs(all, '12:00'), 'BACKUP_JOBS_OVERLAP');
});

describe('a restore', () => {
  test.each(['nas', 'pbs'])('from %s is written down, with its golden runbook', target => {
    const all = built(lab => {
      if (target === 'nas') nas(lab, Size.terabytes(10));
      else pbs(lab);
      guest(lab, 'web', 101);
      nightly(lab, { keep: { daily: 7 } });
    });
    expectGolden(`restore/${target}.md`, Testing.files(all.site)['devices/proxmox/pve/backup/nightly/RESTORE.md']);
  });
});
