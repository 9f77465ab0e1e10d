import { Bandwidth, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../../network/test/golden';
import { ZfsStorage } from '../../src';
import { lab } from '../lab';
import { CT, container, type Lab, refusal, resource } from './guests';

const GIB = (n: number) => Size.gibibytes(n);

describe('a container', () => {
  test('takes no more than its limits', () => {
    const all = lab();
    container(all, {
      cpuLimit: 1.5,
      cpuUnits: 50,
      swap: Size.mebibytes(512),
      nicRate: Bandwidth.megabits(80),
      console: 'console',
      startOrder: 2,
    });
    expect(resource(all, CT, 'dns/container')).toMatchObject({
      cpu: { cores: 2, limit: 1.5, units: 50 },
      memory: { dedicated: 4096, swap: 512 },
      network_interface: [{ rate_limit: 10, firewall: true }],
      console: { type: 'console' },
      startup: { order: 2 },
      unprivileged: true,
      features: { nesting: false },
    });
  });

  test('has its volumes mounted in a lasting order, in backups, and never destroys them', () => {
    const all = lab();
    const dns = container(all, {
      stateful: false,
      dataDisks: {
        mail: { path: '/srv/mail', size: GIB(50) },
        cache: { path: '/var/cache', size: GIB(5), notBackedUpBecause: 'a cache, which fills up again' },
      },
    });
    expect(resource(all, CT, 'dns/container')).toMatchObject({
      mount_point: [
        { path: '/var/cache', volume: 'tank', size: '5G', backup: false },
        { path: '/srv/mail', volume: 'tank', size: '50G', backup: true },
      ],
      lifecycle: { prevent_destroy: true },
    });
    expect(dns.dataDisks.map(disk => disk.device)).toEqual(['/var/cache', '/srv/mail']);
    expect(String(dns.consumption.disk)).toBe('87 GiB');
  });

  test('leaves what root alone may set to a command for root', () => {
    const all = lab();
    container(all, {
      nesting: true,
      keyctl: true,
      fuse: true,
      bindMounts: {
        '/srv/media': { directory: '/tank/media', because: 'films that every container reads' },
        '/srv/in': { directory: '/tank/in', because: 'the scanner of the office writes here', readOnly: false },
      },
    });
    expectGolden('../../../hci/test/golden/guest/100-container.sh', Testing.files(all.site)['devices/proxmox/pve/100.sh']);
    const { lifecycle, mount_point, features } = resource(all, CT, 'dns/container');
    expect({ mount_point, features }).toEqual({ mount_point: undefined, features: { nesting: true } });
    expect(lifecycle).toMatchObject({ ignore_changes: ['operating_system', 'initialization[0].user_account', 'mount_point', 'features'] });
  });

  test.each<[string, (all: Lab) => unknown, string]>([
    [
      'a limit above its cores',
      all => container(all, { cpuLimit: 3 }),
      '[lab/hypervisors/pve/dns] cpuLimit must be from 0.1 to its 2 cores, got 3; write 0.5 for half a thread, or leave it out (CONTAINER_CPU_LIMIT)',
    ],
    [
      'a limit in words',
      all => container(all, { cores: 1, cpuLimit: 'half' }),
      '[lab/hypervisors/pve/dns] cpuLimit must be from 0.1 to its 1 core, got "half"; write 0.5 for half a thread, or leave it out (CONTAINER_CPU_LIMIT)',
    ],
    [
      'a share of nothing',
      all => container(all, { cpuUnits: 0 }),
      '[lab/hypervisors/pve/dns] cpuUnits must be from 1 to 10000, got 0; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a volume at a relative path',
      all => container(all, { dataDisks: { mail: { path: 'srv/mail', size: GIB(1) } } }),
      '[lab/hypervisors/pve/dns] dataDisks.mail.path must be an absolute path below /, got "srv/mail"; write it like /srv/mail (PROP_FORMAT)',
    ],
    [
      'a volume without a size',
      all => container(all, { dataDisks: { mail: { path: '/srv/mail' } } }),
      '[lab/hypervisors/pve/dns] dataDisks.mail.size is missing; write dataDisks.mail.size: Size.gibibytes(100) (PROP_MISSING)',
    ],
    [
      'a volume on a storage of another node',
      all => {
        const far = new ZfsStorage(all.pve, 'far', { pool: 'far', nodes: [all.pve.nodeOf('pve-02')] });
        return container(all, { storage: all.disks, dataDisks: { mail: { path: '/srv/mail', size: GIB(1), storage: far } } });
      },
      '[lab/hypervisors/pve/dns] may run on pve-01, which does not have storage far [lab/hypervisors/pve/far]; choose one of pve-02, or give pve-01 a storage of that name (STORAGE_NOT_ON_NODE)',
    ],
    [
      'two things at one path',
      all =>
        container(all, {
          dataDisks: { mail: { path: '/srv', size: GIB(1) } },
          bindMounts: { '/srv': { directory: '/tank/srv', because: 'shared by all of them' } },
        }),
      '[lab/hypervisors/pve/dns] two things are mounted at /srv; choose another path (CONTAINER_PATH)',
    ],
    [
      'a directory of its node without a reason',
      all => container(all, { bindMounts: { '/srv': { directory: '/etc', because: 'need it' } } }),
      '[lab/hypervisors/pve/dns] a container that sees /etc of its node needs a reason of 10 characters or more, got "need it"; say in because why a volume will not do, or use one of dataDisks (CONTAINER_BIND_MOUNT)',
    ],
    [
      'a directory of its node by half',
      all => container(all, { bindMounts: { '/srv': { directory: 'tank', because: 'shared by all of them' } } }),
      '[lab/hypervisors/pve/dns] directory must be an absolute path below /, got "tank"; write it like /tank/media (PROP_FORMAT)',
    ],
    [
      'high availability',
      all => container(all, { highAvailability: {} }),
      '[lab/hypervisors/pve/dns] is a container, which Terraform would create again where it was once HA had moved it; use a ProxmoxVm, or run one container on each of two nodes, see https://github.com/bpg/terraform-provider-proxmox/issues/658 (CONTAINER_HA)',
    ],
    [
      'a console of another kind',
      all => container(all, { console: 'vnc' }),
      '[lab/hypervisors/pve/dns] console must be one of tty, console, shell, got "vnc"; write console: \'tty\' (PROP_CHOICE)',
    ],
  ])('is refused %s', (_, build, text) => {
    const message = refusal(() => build(lab()));
    expect(message).toBe(text);
  });
});
