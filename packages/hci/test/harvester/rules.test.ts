import { Power, Secret, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Machine, PowerFeed } from '@ashlar/hardware';
import { Vlan } from '@ashlar/network';
import { HarvesterBackupJob, HarvesterBackupTarget, HarvesterClusterNetwork } from '../../src';
import { INSTALL, lab, node, SIZE } from './lab';
import { published } from './published';

const STATELESS = { ...SIZE, stateful: false };

test('a sound site has nothing to find', () => {
  expect(Testing.findings(published().site)).toEqual([]);
});

describe('HARVESTER_UPLINK_VLAN', () => {
  type Ports = NonNullable<NonNullable<Parameters<typeof lab>[0]>['ports']>;

  const findings = (ports: Ports) => {
    const { hci, servers, site } = lab({ count: 1, ports });
    hci.guest('web', { ...STATELESS, host: servers.host('web', 20) });
    return Testing.findings(site);
  };

  test('a second port that lacks the segment of a guest', () => {
    expect(findings(({ servers, management }, nic) => ({ native: management, tagged: nic === 1 ? [] : [servers] }))).toEqual([
      'error [lab/hci/hv-1] needs lab/servers (VLAN 20) on eno2, and lab/lan/port-2 does not carry it; add it to tagged of that port (HARVESTER_UPLINK_VLAN)',
    ]);
  });

  test('a segment with its tag on one port, and without on the other', () => {
    expect(
      findings(({ servers, management }, nic) =>
        nic === 1 ? { native: servers, tagged: [management] } : { native: management, tagged: [servers] },
      ),
    ).toEqual([
      'error [lab/hci/hv-1] has lab/management (VLAN 10) with its tag on eno2, and elsewhere without; make it native on all of these ports, or tagged on all (HARVESTER_UPLINK_VLAN)',
      'error [lab/hci/hv-1] has lab/servers (VLAN 20) without a tag on eno2, and elsewhere with it; make it native on all of these ports, or tagged on all (HARVESTER_UPLINK_VLAN)',
    ]);
  });

  test('a near miss: the management network with its tag on both', () => {
    expect(findings(({ servers, management }) => ({ tagged: [management, servers] }))).toEqual([]);
  });

  test('a segment that no port of a machine carries is what the machine tells', () => {
    expect(findings(({ management }) => ({ native: management }))).toEqual([
      'error [lab/rack-1/hv-1] lab/hci/web needs lab/servers (VLAN 20), which lab/lan/port-1, lab/lan/port-2, lab/lan/port-3, lab/lan/port-4 do not carry; add it to tagged of one of them (VLAN_NOT_TRUNKED)',
    ]);
  });
});

describe('HARVESTER_CIDR_OVERLAP', () => {
  test('a segment inside the addresses of pods', () => {
    const { site } = lab({ count: 1 });
    new Vlan(site, 'office', { tag: 52, ipv4: '10.52.8.0/24' });
    expect(Testing.findings(site)).toEqual([
      'error [lab/hci] podCidr 10.52.0.0/16 overlaps 10.52.8.0/24 of lab/office; write podCidr with a prefix that nothing in the site has (HARVESTER_CIDR_OVERLAP)',
    ]);
  });

  test('pods and services with one prefix', () => {
    const { site } = lab({ count: 1, props: () => ({ install: { ...INSTALL, podCidr: '10.48.0.0/12' } }) });
    expect(Testing.findings(site)).toEqual([
      'error [lab/hci] podCidr 10.48.0.0/12 and serviceCidr 10.53.0.0/16 overlap; choose two that have no address in common (HARVESTER_CIDR_OVERLAP)',
    ]);
  });

  test('a near miss: the prefix beside it', () => {
    const { site } = lab({ count: 1 });
    new Vlan(site, 'office', { tag: 51, ipv4: '10.51.255.0/24' });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('HARVESTER_MEMORY', () => {
  const fill = (gibibytes: readonly number[], highAvailability: boolean) => {
    const { hci, servers, site } = lab();
    for (const [i, size] of gibibytes.entries()) {
      hci.guest(`web-${i}`, {
        ...STATELESS,
        memory: Size.gibibytes(size),
        host: servers.host(`web-${i}`, 20 + i),
        placement: { highAvailability },
      });
    }
    return Testing.findings(site);
  };

  test('guests that do not fit once a machine is lost', () => {
    const told = (name: string) =>
      `error [lab/hci] without ${name} guests need 601 GiB of memory, and the other nodes have 496 GiB for them; give guests less, add a node, or pin those that may wait to one machine (HARVESTER_MEMORY)`;
    expect(fill([200, 200, 200], true)).toEqual(['hv-1', 'hv-2', 'hv-3'].map(told));
  });

  test('guests that never fit', () => {
    expect(fill([200, 200, 200, 200], false)).toEqual([
      'error [lab/hci] guests take 801 GiB of memory, and its nodes have 744 GiB for them; give guests less, or add a node (HARVESTER_MEMORY)',
    ]);
  });

  test('near misses: guests that fit with a machine lost, and guests that wait', () => {
    expect(fill([200, 200, 90], true)).toEqual([]);
    expect(fill([200, 200, 200], false)).toEqual([]);
  });
});

describe('HARVESTER_STORAGE_FULL', () => {
  const fill = (gibibytes: number) => {
    const { hci, servers, site } = lab();
    hci.guest('web', { ...STATELESS, host: servers.host('web', 20), dataDisks: { data: Size.gibibytes(gibibytes) } });
    return Testing.findings(site);
  };

  test('volumes whose copies have no room', () => {
    expect(fill(2700)).toEqual([
      'error [lab/hci] volumes of 2732 GiB are 8.8 TB in 3 copies, and its data disks have 8.64 TB for them; make disks smaller, choose larger data disks, or keep fewer copies (HARVESTER_STORAGE_FULL)',
    ]);
  });

  test('a near miss: copies that just fit', () => {
    expect(fill(2600)).toEqual([]);
  });
});

describe('HARVESTER_NO_BACKUP', () => {
  test('data that nobody copies', () => {
    const { hci, servers, site } = lab();
    hci.guest('db', { ...SIZE, host: servers.host('db', 20) });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/hci/db] holds data, and nothing backs it up; create a HarvesterBackupJob in its cluster, or write stateful: false or notBackedUpBecause: … (HARVESTER_NO_BACKUP)',
    ]);
  });

  test('near misses: a reason, no data, a job', () => {
    const { hci, servers, site } = lab();
    hci.guest('a', { ...SIZE, host: servers.host('a', 20), notBackedUpBecause: 'a replica, rebuilt from its primary' });
    hci.guest('b', { ...SIZE, host: servers.host('b', 21), stateful: false });
    const c = hci.guest('c', { ...SIZE, host: servers.host('c', 22) });
    new HarvesterBackupJob(hci, 'nightly', {
      target: new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' }),
      from: '23:55',
    });
    expect(Testing.findings(site)).toEqual([]);
    expect(c.backup).toMatchObject({ target: 'Harvester nfs://192.168.10.5:/srv/backup' });
    expect(Testing.files(site)['kubernetes/hci/guests/ScheduleVMBackup-c.yaml']).toContain('cron: 55 23 * * *');
  });
});

describe('HARVESTER_BACKUP_INSIDE', () => {
  test('copies on a guest, and on a machine, of the cluster itself', () => {
    const {
      hci,
      servers,
      machines: [first],
      site,
    } = lab();
    const nas = hci.guest('nas', { ...STATELESS, host: servers.host('nas', 20) });
    new HarvesterBackupTarget(hci, 'target', { nfs: 'nfs://10.20.0.20:/srv/backup', standsOn: [nas, first as Machine] });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/hci/target] keeps copies on lab/hci/nas, which is a guest of lab/hci itself; keep them elsewhere, or acknowledge it with a reason (HARVESTER_BACKUP_INSIDE)',
      'warning [lab/hci/target] keeps copies on lab/rack-1/hv-1, which is a machine of lab/hci itself; keep them elsewhere, or acknowledge it with a reason (HARVESTER_BACKUP_INSIDE)',
    ]);
  });

  test('a near miss: a machine of its own', () => {
    const {
      hci,
      machines: all,
      site,
    } = lab({ count: 4, props: parts => ({ nodes: parts.machines.slice(0, 3).map((machine, i) => node(machine, parts.management, i)) }) });
    new HarvesterBackupTarget(hci, 'target', { nfs: 'nfs://192.168.10.5:/srv/backup', standsOn: [all[3] as Machine] });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('HARVESTER_NETWORK_NODES', () => {
  const site = (nodes: readonly number[], machine: number | undefined) => {
    const { hci, servers, machines: all, site } = lab();
    const uplinks = nodes.map(i => (all[i] as Machine).nic('ens2f0'));
    new HarvesterClusterNetwork(hci, 'workload', { uplinks, vlans: [servers] });
    const placement = machine === undefined ? { highAvailability: true } : { machines: [all[machine] as Machine] };
    hci.guest('web', { ...STATELESS, host: servers.host('web', 20), placement });
    return Testing.findings(site);
  };

  test('a guest whose machine lacks its network', () => {
    expect(site([0, 1], 2)).toEqual([
      'error [lab/hci/web] needs lab/hci/workload, which is on none of the machines that it may run on; give the network ports on those machines, or let the guest run elsewhere (HARVESTER_NETWORK_NODES)',
    ]);
  });

  test('a highly available guest whose network is on one machine', () => {
    expect(site([1], undefined)).toEqual([
      'error [lab/hci/web] is highly available, and needs lab/hci/workload, which is on hv-2 only of those that it may run on; give the network ports on those machines, or let the guest run elsewhere (HARVESTER_NETWORK_NODES)',
    ]);
  });

  test('a near miss: a network on two of three', () => {
    expect(site([0, 2], undefined)).toEqual([]);
  });
});

test('a switch need not carry a segment to a node that its network does not reach', () => {
  const {
    hci,
    servers,
    machines: [first, second],
    site,
  } = lab({ ports: ({ management, servers: segment }, nic) => ({ native: management, tagged: nic === 2 ? [segment] : [] }) });
  new HarvesterClusterNetwork(hci, 'workload', {
    uplinks: [(first as Machine).nic('ens2f0'), (second as Machine).nic('ens2f0')],
    vlans: [servers],
  });
  hci.guest('web', { ...STATELESS, host: servers.host('web', 20) });
  expect(Testing.findings(site)).toEqual([]);
  expect(hci.nodes.map(({ machine }) => machine.carried.some(({ vlan }) => vlan === servers))).toEqual([true, true, false]);
});

describe('HARVESTER_MIXED_MACHINES', () => {
  const site = (second: string) => {
    const { hci, servers, site } = lab({ models: ['PowerEdge R660', second, 'PowerEdge R660'] });
    hci.guest('web', { ...STATELESS, host: servers.host('web', 20), placement: { highAvailability: true } });
    return Testing.findings(site);
  };

  test('a guest that is to move between unequal machines', () => {
    expect(site('PowerEdge R670')).toEqual([
      'warning [lab/hci/web] is highly available, and may run on Dell PowerEdge R660 and Dell PowerEdge R670: while it runs, it moves between equal processors only; let it run on machines of one model, or acknowledge it when their processors are equal (HARVESTER_MIXED_MACHINES)',
    ]);
  });

  test('a near miss: equal machines', () => {
    expect(site('PowerEdge R660')).toEqual([]);
  });
});

describe('HARVESTER_SHARED_DOMAIN', () => {
  test('replicas in one rack', () => {
    const { site } = lab({ oneRack: true });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/hci] keeps 3 replicas of each volume, and lab/rack-1 takes all 3 machines with it; spread the machines, or acknowledge it with a reason (HARVESTER_SHARED_DOMAIN)',
    ]);
  });

  test('a feed and a switch of the whole cluster, where other machines have others', () => {
    const {
      site,
      machines: [first],
    } = lab();
    const other = new PowerFeed(site, 'other', { capacity: Power.watts(2300) });
    new Machine(site, 'nas', { model: (first as Machine).model, feeds: [other] });
    const told = (name: string) =>
      `warning [lab/hci] keeps 3 replicas of each volume, and lab/${name} takes all 3 machines with it; spread the machines, or acknowledge it with a reason (HARVESTER_SHARED_DOMAIN)`;
    expect(Testing.findings(site)).toEqual([
      told('lan'),
      told('mains'),
      'warning [lab/mains] acknowledges SINGLE_FEED, which nothing here reports; remove the acknowledgement (ACKNOWLEDGEMENT_UNUSED)',
    ]);
  });

  test('a near miss: a rack each', () => {
    expect(Testing.findings(lab().site)).toEqual([]);
  });
});

describe('HARVESTER_SECRET', () => {
  const site = (secret: Secret, store: boolean) => {
    const { hci, servers, site } = lab({ props: () => (store ? { secretStore: { name: 'openbao' } } : {}) });
    hci.guest('web', { ...STATELESS, host: servers.host('web', 20) }).firstBoot.file('/etc/password', secret);
    return Testing.findings(site);
  };

  test('a secret without a store', () => {
    expect(site(Secret.fromOpenBao('kv/web', 'password'), false)).toEqual([
      "error [lab/hci/web] openbao:kv/web#password belongs into its first boot, and lab/hci has no store to take it from; write secretStore: { name: 'openbao' } at the cluster, and run External Secrets in it (HARVESTER_SECRET)",
    ]);
  });

  test('a secret that the store does not have', () => {
    expect(site(Secret.fromTerraformVariable('password'), true)).toEqual([
      "error [lab/hci/web] terraform:var.password belongs into its first boot, and the store of lab/hci has secrets of OpenBao only; keep it in OpenBao: Secret.fromOpenBao('kv/guests', 'password') (HARVESTER_SECRET)",
    ]);
  });

  test('a near miss: both', () => {
    expect(site(Secret.fromOpenBao('kv/web', 'password'), true)).toEqual([]);
  });
});

test('a machine below what a test wants is told of, where the installer is asked to accept it', () => {
  const { site } = lab({
    count: 1,
    model: { threads: 4, cores: 4, memory: Size.gibibytes(16) },
    props: () => ({ install: { ...INSTALL, skipChecks: true } }),
  });
  expect(Testing.findings(site)).toEqual([
    'warning [lab/hci/hv-1] Dell PowerEdge R660 has 4 of 8 threads, 16 GiB of 32 GiB memory, below what Harvester asks of a test; choose a larger machine, or acknowledge it with a reason (HARVESTER_MACHINE_SMALL)',
  ]);
});
