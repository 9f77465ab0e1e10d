import { acknowledge, formatFinding, Port, Size } from '@ashlar/core';
import { Internet } from '@ashlar/network';
import { BackupJob, CloudImage, InstallerImage, ProxmoxContainer, ProxmoxStorage, ProxmoxVm, Schedule } from '../src';
import { CHECKSUM, GUEST, lab } from './lab';

type Lab = ReturnType<typeof lab>;

function findings({ site }: Lab): string[] {
  return site.check().map(formatFinding);
}

function guest({ pve, servers, debian }: Lab, props: object = {}, name = 'web'): ProxmoxVm {
  return new ProxmoxVm(pve, name, { ...GUEST, node: 'pve-01', host: servers.host(name), template: debian, ...props });
}

function finds(statement: string, build: () => Lab, text: string): void {
  test(statement, () => {
    const found = findings(build());
    expect(found.join(' AND ')).toBe(text);
  });
}

function passes(statement: string, build: () => Lab): void {
  test(statement, () => expect(findings(build())).toEqual([]));
}

/** The usual lab with a nightly backup of everything, changed a little. */
function lit(change: (all: Lab) => void, props: object = {}, count = 3): () => Lab {
  return () => {
    const all = lab(props, count);
    change(all);
    return all;
  };
}

const nightly = ({ pve }: Lab, props: object = {}) => new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30'), ...props });

describe('NO_BACKUP', () => {
  finds(
    'finds a guest that no job lists',
    lit(all => nightly(all, { guests: [guest(all)] }) && guest(all, {}, 'mail')),
    'warning [lab/hypervisors/pve/mail] holds data, and no backup job covers it; add it to a BackupJob, or write stateful: false or notBackedUpBecause: … (NO_BACKUP)',
  );
  finds(
    'finds a guest without any job',
    lit(all => guest(all)),
    'warning [lab/hypervisors/pve/web] holds data, and no backup job covers it; add it to a BackupJob, or write stateful: false or notBackedUpBecause: … (NO_BACKUP)',
  );
  passes(
    'passes what came after a job for all',
    lit(all => nightly(all) && guest(all)),
  );
  passes(
    'passes what holds no data',
    lit(all => guest(all, { stateful: false })),
  );
  passes(
    'passes what needs none for a reason',
    lit(all => guest(all, { notBackedUpBecause: 'a replica, rebuilt from its primary' })),
  );
  passes(
    'passes what somebody acknowledged',
    lit(all => acknowledge(guest(all), 'NO_BACKUP', 'rebuilt from its primary')),
  );
});

describe('BACKUP_ON_OWN_STORAGE', () => {
  const own = (all: Lab) =>
    ProxmoxStorage.fromName(all.pve, 'ssd', { type: 'dir', content: ['images', 'backup'], size: Size.terabytes(20) });
  finds(
    'finds a job that writes beside the disks',
    lit(all => {
      const storage = own(all);
      guest(all, { storage, template: undefined });
      nightly(all, { storage });
    }),
    'warning [lab/hypervisors/pve/nightly] keeps its copies on ssd [lab/hypervisors/pve/ssd], where the disk of lab/hypervisors/pve/web lies too; choose a storage on other disks, best on another machine (BACKUP_ON_OWN_STORAGE)',
  );
  passes(
    'passes a job for other disks',
    lit(all => {
      const storage = own(all);
      guest(all, { storage: all.disks });
      nightly(all, { storage });
    }),
  );
});

describe('FIRST_BOOT_IGNORED', () => {
  const container = (all: Lab) =>
    new ProxmoxContainer(all.pve, 'dns', {
      ...GUEST,
      stateful: false,
      node: 'pve-01',
      host: all.servers.host('dns', 53),
      image: all.rootfs,
    });
  const installed = (all: Lab) =>
    guest(all, { stateful: false, template: undefined, installer: InstallerImage.of('https://images.example.net/bsd.iso', CHECKSUM) });
  finds(
    'finds a package for a container',
    lit(all => container(all).firstBoot.install('bind9')),
    'error [lab/hypervisors/pve/dns] is asked for "bind9" at its first boot, and a container has no cloud-init; use a ProxmoxVm with a template or an image (FIRST_BOOT_IGNORED)',
  );
  finds(
    'finds a file for what somebody installs',
    lit(all => installed(all).firstBoot.file('/etc/motd', 'hello')),
    'error [lab/hypervisors/pve/web] is asked for "/etc/motd" at its first boot, and it is made neither from a template nor from a cloud image; use a ProxmoxVm with a template or an image (FIRST_BOOT_IGNORED)',
  );
  passes(
    'passes a container that is asked for nothing',
    lit(all => container(all)),
  );
  passes(
    'passes a package for a virtual machine',
    lit(all => guest(all, { stateful: false }).firstBoot.install('bind9')),
  );
});

describe('PACKAGES_UNREACHABLE', () => {
  const closed = (all: Lab, props: object = {}) =>
    new ProxmoxVm(all.pve, 'web', {
      ...GUEST,
      stateful: false,
      node: 'pve-01',
      host: all.management.host('web', 20),
      template: all.debian,
      ...props,
    });
  finds(
    'finds a guest that reaches no mirror',
    lit(all => closed(all).firstBoot.install('nginx')),
    'warning [lab/hypervisors/pve/web] installs qemu-guest-agent, nginx at its first boot, and may connect to no mirror; write servers.connections.allowTo(Internet.of(site), Port.tcp(443)), or to your own mirror (PACKAGES_UNREACHABLE)',
  );
  passes(
    'passes a flow of its own',
    lit(all => closed(all).connections.allowTo(Internet.of(all.site), Port.tcp(80))),
  );
  passes(
    'passes a flow of its segment',
    lit(all => guest(all, { stateful: false })),
  );
  passes(
    'passes what may connect to anything',
    lit(all => closed(all, { outbound: 'any' })),
  );
});

describe('PROXMOX_NATIVE_VLAN', () => {
  finds(
    'finds a cluster that tags what its switch does not',
    () => lab(({ management }) => ({ untagged: 'none', managedFrom: [management] }), 1),
    "error [lab/hypervisors/pve/pve-01] sends every frame with a tag, and lab/rack/lan/port-1 takes frames without one for lab/management; make it the native segment of the port, or tell the cluster with untagged: vlan or untagged: 'none' (PROXMOX_NATIVE_VLAN)",
  );
  finds(
    'finds a cluster that does not tag what its switch does',
    () => lab(({ servers }) => ({ untagged: servers }), 1),
    "error [lab/hypervisors/pve/pve-01] sends lab/servers without a tag, and lab/rack/lan/port-1 takes frames without one for lab/management; make it the native segment of the port, or tell the cluster with untagged: vlan or untagged: 'none' (PROXMOX_NATIVE_VLAN)",
  );
  passes('passes a cluster that agrees with its switch', () => lab({}, 1));
  passes('passes nodes that are not in the model', () =>
    lab(({ management }) => ({ nodes: [{ host: management.host('pve-01', 10) }], untagged: 'none', managedFrom: [management] }), 3),
  );
});

describe('QDEVICE_INSIDE', () => {
  const two = (third: number) => () =>
    lab(({ machines, management }) => ({
      nodes: machines.slice(0, 2).map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
      qdevice: machines[third],
    }));
  finds(
    'finds a third vote on one of the two',
    two(1),
    'error [lab/hypervisors/pve] the third vote, lab/rack/pve-02, stands on lab/hypervisors/pve/pve-02, and is lost with its vote; run corosync-qnetd on another machine (QDEVICE_INSIDE)',
  );
  finds(
    'finds a third vote at the address of one of the two',
    () =>
      lab(({ machines, management }) => {
        const nodes = machines.slice(0, 2).map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) }));
        return { nodes, qdevice: nodes[1]?.host };
      }),
    'error [lab/hypervisors/pve] the third vote, lab/management/pve-02, stands on lab/hypervisors/pve/pve-02, and is lost with its vote; run corosync-qnetd on another machine (QDEVICE_INSIDE)',
  );
  passes('passes a third machine', two(2));
  finds(
    'finds a third vote that the cluster runs itself',
    () => {
      const other = lab();
      const witness = guest(other, { stateful: false, highAvailability: {} }, 'witness');
      Object.assign(other.pve, { qdevice: witness });
      return other;
    },
    'error [lab/hypervisors/pve] the third vote, lab/hypervisors/pve/witness, is a guest of the cluster, which needs the vote to start it; run corosync-qnetd on another machine (QDEVICE_INSIDE)',
  );
});

describe('ROUTER_UNDECLARED', () => {
  const at = (number: number, more: object = {}) =>
    lit(all => guest(all, { stateful: false, host: all.servers.host('front', number), ...more }, 'shop'));
  finds(
    'finds a guest that took the address of the gateway',
    at(1),
    'warning [lab/hypervisors/pve/shop] has the address of the gateway of lab/servers, so that its firewall is off, and no gateway in the model joins its segments; declare the gateway (VyOs, PfSense), write routes: false, or choose another number than 1 (ROUTER_UNDECLARED)',
  );
  finds(
    'finds a guest that routes for nobody',
    at(9, { routes: true }),
    'warning [lab/hypervisors/pve/shop] routes, so that its firewall is off, and no gateway in the model joins its segments; declare the gateway (VyOs, PfSense), or leave routes out (ROUTER_UNDECLARED)',
  );
  passes('passes the address with a firewall', at(1, { routes: false }));
  passes('passes another address', at(9));
});

describe('STORAGE_OVERCOMMITTED', () => {
  const two = (node: string) =>
    lit(all => ['pve-01', node].map((n, i) => guest(all, { node: n, stateful: false, disk: Size.gibibytes(120) }, `web-${i}`)));
  finds(
    'finds disks that do not fit together',
    two('pve-01'),
    'warning [lab/hypervisors/pve/tank] has 200 GiB on lab/hypervisors/pve/pve-01, and the disks there add up to 240 GiB; make disks smaller, move guests, or acknowledge it and watch the pool (STORAGE_OVERCOMMITTED)',
  );
  finds(
    'finds replicas that do not fit',
    lit(all => {
      guest(all, { stateful: false, disk: Size.gibibytes(120) });
      guest(all, { node: 'pve-02', stateful: false, disk: Size.gibibytes(120), highAvailability: {} }, 'ha');
    }),
    'warning [lab/hypervisors/pve/tank] has 200 GiB on lab/hypervisors/pve/pve-01, and the disks there add up to 240 GiB; make disks smaller, move guests, or acknowledge it and watch the pool (STORAGE_OVERCOMMITTED)',
  );
  passes('passes disks on two nodes', two('pve-02'));
});

describe('IMAGE_MOVES', () => {
  const from = (path: string) =>
    lit(all =>
      guest(all, {
        stateful: false,
        template: undefined,
        image: CloudImage.of(`https://images.example.net/${path}/debian-13.qcow2`, CHECKSUM),
      }),
    );
  finds(
    'finds an image that its vendor replaces',
    from('latest'),
    'warning [lab/hypervisors/pve/web] https://images.example.net/latest/debian-13.qcow2 is replaced by its vendor from time to time, after which its checksum no longer fits; use the URL of one build (IMAGE_MOVES)',
  );
  passes('passes one build', from('20261001'));
});
