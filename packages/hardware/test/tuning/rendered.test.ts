import { Size, toYaml } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ContainerImage } from '@ashlar/kubernetes';
import { BootDisk, CpuSet, TuningProfile, tinkerbellActions } from '../../src';
import { checkTask } from '../../src/provisioning/boot-task';
import { expectGolden } from '../golden';
import { lab } from './lab';
import { StubGuest } from './stub-guest';

/** A machine for one database, with everything that can be said of it. */
const whole = () =>
  TuningProfile.database()
    .with(TuningProfile.storage())
    .with(
      TuningProfile.of(
        'orders',
        {
          because: 'shared buffers of 16 GiB, measured by huge_pages_status',
          hugePages: [
            { pageSize: '1G', memory: Size.gibibytes(8), numaNode: 0 },
            { pageSize: '1G', memory: Size.gibibytes(8), numaNode: 1 },
            { pageSize: '2M', memory: Size.mebibytes(512) },
          ],
        },
        {
          because: 'the replica is far away',
          see: 'https://github.com/google/bbr',
          sysctls: { 'net.core.default_qdisc': 'fq', 'net.ipv4.tcp_congestion_control': 'bbr' },
          modules: ['tcp_bbr', 'sch_fq'],
        },
        {
          governor: 'performance',
          energyBias: 0,
          ports: { ens1f0: { mtu: 9000, rxRing: 4096, channels: 8, lro: 'off' }, eno1: { tso: 'on' } },
          disks: { nvme: 'none', sata: 'mq-deadline' },
          timeServers: ['ntp1.example.net', 'ntp2.example.net'],
          blacklist: ['pcspkr'],
        },
      ),
    );

function tunedLab(system: 'debian' | 'talos') {
  const parts = lab();
  const { one, san, storage, tuning } = parts;
  san.port(1).connect(one.nic('ens1f0'), { native: storage });
  const made = tuning('orders', whole(), { system });
  made.applyTo(one);
  return { ...parts, made };
}

describe('a playbook', () => {
  const { site } = tunedLab('debian');
  const files = Testing.files(site);

  it('is what a machine of Debian is tuned by', () => {
    const own = Object.keys(files).filter(path => path.startsWith('devices/ansible/orders/'));
    expect(own).toHaveLength(17);
    for (const path of own) expectGolden(`tuning/${path}`, files[path]);
  });

  it('has a report with every reason', () => expectGolden('tuning/report/orders.md', files['report/tuning/orders.md']));

  it('removes the files that nothing is left for', () => {
    const { site, tuned } = lab();
    tuned({ openFiles: 65_536 });
    const inventory = Testing.files(site)['devices/ansible/tuned/inventory.yml'] ?? '';
    expect(inventory.slice(inventory.indexOf('tuning_absent')).match(/path: .*/g)).toEqual([
      'path: /etc/chrony/sources.d/tuning.sources',
      'path: /etc/default/grub.d/90-tuning.cfg',
      'path: /etc/modprobe.d/tuning.conf',
      'path: /etc/modules-load.d/tuning.conf',
      'path: /etc/sysctl.d/90-tuning.conf',
      'path: /etc/systemd/network/70-tuning-eno1.link',
      'path: /etc/systemd/network/70-tuning-ens1f0.link',
      'path: /etc/systemd/system/tuning.service',
      'path: /etc/tmpfiles.d/tuning.conf',
      'path: /etc/udev/rules.d/90-tuning.rules',
    ]);
  });

  it('does not depend on the order in which things are said', () => {
    const written = (turned: boolean) => {
      const { site, one, two, tuning } = lab();
      const profiles = [TuningProfile.hypervisor(), TuningProfile.storage()];
      const [first, second] = (turned ? profiles.reverse() : profiles) as [TuningProfile, TuningProfile];
      const made = tuning('hypervisors', first.with(second));
      for (const machine of turned ? [two, one] : [one, two]) made.applyTo(machine);
      const { 'report/tuning/hypervisors.md': _, ...rest } = Testing.files(site);
      return rest;
    };
    expect(written(true)).toEqual(written(false));
  });

  it('is not there for a tuning of nothing', () => {
    const { site, tuning } = lab();
    tuning('none', TuningProfile.database());
    expect(Object.keys(Testing.files(site)).filter(path => /ansible|report/.test(path))).toEqual([]);
  });
});

describe('Talos', () => {
  it('gets a patch, and a schematic with the command line', () => {
    const files = Testing.files(tunedLab('talos').site);
    expect(Object.keys(files).filter(path => path.startsWith('talos/'))).toEqual([
      'talos/node-1/schematic.yaml',
      'talos/node-1/tuning.yaml',
    ]);
    expectGolden('tuning/talos/schematic.yaml', files['talos/node-1/schematic.yaml']);
    expectGolden('tuning/talos/tuning.yaml', files['talos/node-1/tuning.yaml']);
  });

  it('in a guest is a patch too, and no first boot', () => {
    const { site, tuning } = lab();
    const guest = new StubGuest(site, 'worker-1');
    tuning('workers', TuningProfile.kubernetesNode(), { system: 'talos' }).applyTo(guest);
    expect(guest.firstBoot.files).toEqual([]);
    expectGolden('tuning/talos/worker.yaml', Testing.files(site)['talos/worker-1/tuning.yaml']);
    expect(Testing.files(site)['talos/worker-1/schematic.yaml']).toBeUndefined();
  });
});

describe('the first boot of a guest', () => {
  it('writes the files and makes them take effect', () => {
    const { site, tuning } = lab();
    const guest = new StubGuest(site, 'worker-1');
    tuning('workers', TuningProfile.kubernetesNode().with(TuningProfile.of('time', { timeServers: ['ntp1.example.net'] }))).applyTo(guest);
    const { packages, files, commands } = guest.firstBoot;
    expectGolden('tuning/first-boot.yaml', toYaml({ packages, files, commands }));
    expect(Testing.files(site)['devices/ansible/workers/inventory.yml']).toContain('ansible_host: worker-1.lab.example.net');
  });
});

describe('Tinkerbell', () => {
  it('writes the files into the installed system, then makes its images for the boot', () => {
    const { site, made, one } = tunedLab('debian');
    const actions = tinkerbellActions(made, one, {
      partition: BootDisk.partition(1),
      filesystem: 'ext4',
      writefile: ContainerImage.parse('quay.io/tinkerbell/actions/writefile:v1.0.0'),
      cexec: ContainerImage.parse('quay.io/tinkerbell/actions/cexec:v1.0.0'),
    });
    expect(actions.map(({ name, environment }) => `${name}${environment?.CMD_LINE ? `: ${environment.CMD_LINE}` : ''}`)).toEqual([
      'write /etc/chrony/sources.d/tuning.sources',
      'write /etc/default/grub.d/90-tuning.cfg',
      'write /etc/modprobe.d/tuning.conf',
      'write /etc/modules-load.d/tuning.conf',
      'write /etc/security/limits.d/90-tuning.conf',
      'write /etc/sysctl.d/90-tuning.conf',
      'write /etc/systemd/network/70-tuning-eno1.link',
      'write /etc/systemd/network/70-tuning-ens1f0.link',
      'write /etc/systemd/system.conf.d/90-tuning.conf',
      'write /etc/systemd/system/tuning.service',
      'write /etc/tmpfiles.d/tuning.conf',
      'write /etc/udev/rules.d/90-tuning.rules',
      'run systemctl: systemctl enable tuning.service',
      'run update-initramfs: update-initramfs -u',
      'run update-grub: update-grub',
    ]);
    expect(() => checkTask(site, { name: 'install', actions })).not.toThrow();
    expect(actions[1]?.environment).toMatchObject({ DEST_PATH: '/etc/default/grub.d/90-tuning.cfg', MODE: '0644', UID: '0' });
  });
});

describe('profiles', () => {
  const isolated = TuningProfile.lowLatency(CpuSet.of('2-15'), CpuSet.of('0-1'));

  it.each([TuningProfile.hypervisor(), TuningProfile.database(), TuningProfile.kubernetesNode(), TuningProfile.storage(), isolated])(
    '$name has a reason and a source for every value',
    ({ settings }) => {
      expect(settings.length).toBeGreaterThan(3);
      for (const { because, see } of settings)
        expect([because, see]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/^https:/)]);
    },
  );

  it('for microseconds keeps everything else off its processors', () => {
    const { site, one, tuning } = lab();
    tuning('trading', isolated).applyTo(one);
    expectGolden(
      'tuning/low-latency.cfg',
      Testing.files(site)['devices/ansible/trading/roles/tuning/files/node-1/etc/default/grub.d/90-tuning.cfg'],
    );
  });

  it('say the same value twice', () => {
    expect(TuningProfile.database().with(TuningProfile.storage()).settings).toHaveLength(
      TuningProfile.database().settings.length + TuningProfile.storage().settings.length - 2,
    );
  });

  it('without a value are combined with those that have another', () => {
    const both = TuningProfile.database()
      .without('vm.overcommit_memory', 'vm.overcommit_ratio', 'vm.swappiness')
      .with(TuningProfile.kubernetesNode());
    expect(both.settings.find(({ name }) => name === 'vm.overcommit_memory')?.value).toBe('1');
    const { tuning } = lab();
    expect(tuning('both', both).settings.sysctl('kernel.panic')).toBe('10');
  });

  it('for hypervisors and for databases fit together where a database runs beside guests', () => {
    const { site, one, tuning } = lab();
    const both = TuningProfile.hypervisor().without('vm.swappiness', 'transparent_hugepage').with(TuningProfile.database());
    tuning('both', both).applyTo(one);
    expect(Testing.findings(site)).toEqual([]);
  });
});
