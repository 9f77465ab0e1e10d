import { failureDomains, isPlaced } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Machine, type ProvisioningStack } from '@ashlar/hardware';
import type { HarvesterCluster, HarvesterGuest } from '@ashlar/hci';
import type { IConstruct } from 'constructs';
import { parse } from 'yaml';
import { metalLab } from '../lib/main';

// biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
type Manifest = any;

const site = metalLab();
const files = Testing.files(site);
const manifest = (path: string): Manifest => parse(files[path] as string);
const kinds = (folder: string, kind: string): Manifest[] =>
  Object.keys(files)
    .filter(path => path.startsWith(`kubernetes/${folder}/${kind}-`))
    .map(manifest);
const config = (node: string): Manifest => manifest(`devices/harvester/hci/${node}.yaml`);
const hci = site.node.findChild('hci') as HarvesterCluster;
const stack = site.node.findChild('boot').node.findChild('tinkerbell') as ProvisioningStack;
const machines = site.node.findAll().filter(Machine.isMachine);
const machine = (name: string) => machines.find(one => one.name === name) as Machine;
const names = (constructs: Iterable<IConstruct>) => [...constructs].map(one => one.node.id).sort();
const NODES = ['ms-01', 'ms-02', 'ms-03'];

/** Whether a construct is gone when `lost` is: all of one group of what it stands on, step by step. */
function isDown(construct: IConstruct, lost: IConstruct): boolean {
  if (construct === lost) return true;
  return isPlaced(construct) && construct.placement.standsOn.some(group => group.every(one => isDown(one, lost)));
}

describe('chicken and egg', () => {
  test('Tinkerbell boots the gateway and the three nodes, and stands on none of them', () => {
    expect(names(stack.hardware.map(hardware => hardware.machine))).toEqual([...NODES, 'router']);
    expect(names(machines.filter(one => isDown(stack, one)))).toEqual(['seed']);
  });

  test('what is installed lies on the seed, so that an installation asks nobody else', () => {
    const urls = [...NODES.map(node => files[`devices/harvester/hci/${node}.ipxe`]), files['kubernetes/boot/tinkerbell/Template-vyos.yaml']]
      .concat(NODES.map(node => files[`devices/harvester/hci/${node}.yaml`]))
      .flatMap(text => (text as string).match(/http:\/\/[^/ ]+/g) ?? []);
    expect([...new Set(urls)]).toEqual(['http://10.111.0.2:7173']);
  });

  test('each node boots the installer of Harvester that has its name, and no workflow writes to its disk', () => {
    for (const node of NODES) {
      const { interfaces, disks } = manifest(`kubernetes/boot/tinkerbell/Hardware-${node}.yaml`).spec;
      expect(interfaces[0].netboot).toEqual({
        allowPXE: true,
        allowWorkflow: false,
        ipxe: { url: `http://10.111.0.2:7173/hci/${node}.ipxe` },
      });
      expect(disks).toEqual([{ device: config(node).install.device }]);
      expect(files[`devices/harvester/hci/${node}.ipxe`]).toContain(`config_url=http://10.111.0.2:7173/hci/${node}.yaml\n`);
    }
    expect(kinds('boot/tinkerbell', 'Workflow').map(one => one.spec.hardwareRef)).toEqual(['router']);
  });

  test('one server gives out the addresses of a segment: Tinkerbell where machines boot, the gateway where clusters come and go', () => {
    const commands = (files['devices/vyos/gateway/commands.txt'] as string).split('\n');
    const served = commands.flatMap(line => /^set service dhcp-server shared-network-name (\S+) subnet \S+ range/.exec(line)?.[1] ?? []);
    expect([...new Set(served)]).toEqual(['dev', 'games', 'media']);
    expect([stack.dhcpMode, stack.vlan.name]).toEqual(['reservation', 'provisioning']);
    expect(stack.cluster.releases.find(release => release.chart === 'tinkerbell')?.values).toMatchObject({
      deployment: { envs: { smee: { dhcpMode: 'reservation' } } },
    });
  });
});

describe('Harvester', () => {
  test('is created by the first node and joined by the others, at an address that is none of theirs', () => {
    expect(NODES.map(node => config(node).install.mode)).toEqual(['create', 'join', 'join']);
    expect(NODES.map(node => config(node).install.management_interface.ip)).toEqual(['10.120.0.11', '10.120.0.12', '10.120.0.13']);
    expect(config('ms-01').install).toMatchObject({ vip: '10.120.0.10', vip_mode: 'static' });
    expect(['ms-02', 'ms-03'].map(node => config(node).server_url)).toEqual(['https://10.120.0.10:443', 'https://10.120.0.10:443']);
  });

  test('its nodes keep their system and their volumes on two disks, which are named by their serial numbers', () => {
    const disks = NODES.flatMap(node => [config(node).install.device, config(node).install.data_disk]);
    expect(new Set(disks).size).toBe(6);
    expect(disks.filter(path => !path.startsWith('/dev/disk/by-id/nvme-'))).toEqual([]);
  });

  test('has as many copies of each volume as it has machines, each on another one', () => {
    const [guests] = kinds('hci/harvester', 'StorageClass');
    expect(guests.parameters.numberOfReplicas).toBe('3');
    expect(kinds('hci/guests', 'VirtualMachineImage').map(one => one.spec.storageClassParameters.numberOfReplicas)).toEqual(['3']);
    expect(new Set(hci.nodes.map(node => node.machine)).size).toBe(3);
  });

  test('puts guests on the segments of clusters, and on no other', () => {
    const networks = kinds('hci/guests', 'NetworkAttachmentDefinition');
    expect(networks.map(({ metadata, spec }) => [metadata.name, JSON.parse(spec.config).bridge, JSON.parse(spec.config).vlan])).toEqual([
      ['dev', 'workload-br', 142],
      ['games', 'workload-br', 141],
      ['media', 'workload-br', 140],
      ['platform', 'workload-br', 130],
    ]);
    expect(kinds('hci/harvester', 'VlanConfig').map(one => one.spec.uplink.nics)).toEqual(Array(3).fill(['enp2s0f1np1']));
  });

  test('keeps its copies on a machine that is none of its own', () => {
    expect(names(hci.backupTarget?.standsOn ?? [])).toEqual(['nas']);
    expect(names(failureDomains(machine('nas'))).filter(name => NODES.includes(name))).toEqual([]);
    expect(kinds('hci/guests', 'ScheduleVMBackup').map(one => [one.metadata.name, one.spec.cron, one.spec.retain])).toEqual([
      ['platform-1', '0 1 * * *', 14],
      ['platform-2', '10 1 * * *', 14],
      ['platform-3', '20 1 * * *', 14],
    ]);
  });

  test('its token is in no file: there is a place for it, whose value is not kept by what runs on Harvester', () => {
    const places = Object.entries(files).flatMap(([path, text]) => (text.match(/@@[^@]+@@/g) ?? []).map(place => `${path} ${place}`));
    expect(places).toEqual(NODES.map(node => `devices/harvester/hci/${node}.yaml @@sops:secrets/harvester.yaml#token@@`));
  });
});

describe('the brain', () => {
  const majority = (lost: IConstruct) =>
    hci.guests.filter(guest => !hci.nodes.some(node => node.machine === lost && homeOf(guest) === node));
  const homeOf = (guest: HarvesterGuest) => guest.placement.standsOn[0]?.[0];

  test('is three machines of which no two share a node, whichever of them starts first', () => {
    const apart = kinds('hci/guests', 'VirtualMachine').flatMap(({ metadata, spec }) => {
      const rules = spec.template.spec.affinity.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
      const others: string[] = rules.flatMap((rule: Manifest) => rule.labelSelector.matchExpressions[0].values);
      return others.map(other => [metadata.name, other].sort().join(' '));
    });
    expect(apart.sort()).toEqual(['platform-1 platform-2', 'platform-1 platform-3', 'platform-2 platform-3']);
    expect(names(hci.guests.flatMap(guest => homeOf(guest) ?? []))).toEqual(NODES);
  });

  test.each(NODES)('keeps a majority without %s', name => {
    expect(majority(machine(name))).toHaveLength(2);
  });

  test.each(['seed', 'nas'])('does not notice when %s is lost', name => {
    expect(hci.guests.filter(guest => isDown(guest, machine(name)))).toEqual([]);
  });

  test('has its addresses where the gateway has them as neighbors', () => {
    const commands = files['devices/vyos/gateway/commands.txt'] as string;
    for (const guest of hci.guests) expect(commands).toContain(`set protocols bgp neighbor ${guest.host.ip} remote-as 64520\n`);
  });

  test('is tuned as nodes of Kubernetes, and the nodes below it say nothing else of the same', () => {
    for (const guest of hci.guests) {
      expect(manifest(`talos/${guest.hostName}/tuning.yaml`).machine.sysctls).toMatchObject({ 'vm.max_map_count': '1048576' });
    }
    expect(NODES.map(node => config(node).os.sysctls)).toEqual(Array(3).fill({ 'fs.inotify.max_user_instances': '8192' }));
  });
});

test('links that run below what their ports are capable of are those of the three, and somebody said why', () => {
  const slow = machines.filter(one => one.nics.some(nic => nic.link && nic.link.speed.toMegabits() < nic.speed.toMegabits()));
  expect(names(slow)).toEqual(NODES);
  expect(Testing.findings(site)).toEqual([]);
});
