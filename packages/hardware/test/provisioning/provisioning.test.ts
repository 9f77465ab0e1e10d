import { Duration, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { load } from 'js-yaml';
import { Bmc, BootDisk, BootTemplate, BootWorkflow } from '../../src';
import { expectGolden } from '../golden';
import { action, bootLab, provisionedLab } from './boot-lab';
import type { StubHost } from './stub-segment';

// biome-ignore lint/suspicious/noExplicitAny: manifests are read as they are
type Manifest = any;
type Lab = ReturnType<typeof bootLab>;

const read = (lab: Lab, file: string): Manifest => load(Testing.files(lab.site)[`kubernetes/boot/tinkerbell/${file}.yaml`] as string);
const flows = (host: StubHost) => host.connections.ingress.map(({ from, port }) => `${from.node.id} ${port}`);

describe('a stack', () => {
  it('is a chart of the cluster, on one node with the network of that node', () => {
    const { cluster, stack } = bootLab();
    const [release] = cluster.releases;
    expect([release?.chart, release?.version, release?.namespace]).toEqual(['tinkerbell', 'v0.25.0', 'tinkerbell']);
    expect(release?.values).toEqual({
      publicIP: '10.30.0.2',
      artifactsFileServer: 'http://10.30.0.2:7173',
      deployment: {
        hostNetwork: true,
        init: { enabled: false },
        nodeSelector: { 'kubernetes.io/hostname': 'boot-01' },
        strategy: { type: 'Recreate' },
        envs: { globals: { enableSecondstar: false, enableUI: false }, smee: { dhcpMode: 'reservation' } },
      },
      service: { type: 'ClusterIP' },
      optional: {
        hookos: { extension: 'both', persistence: { localPersistentVolume: { path: '/var/lib/tinkerbell/hook' } } },
        kubevip: { enabled: false },
        osie: {
          deployment: { strategy: { type: 'Recreate' } },
          hostNetwork: true,
          nodeSelector: { 'kubernetes.io/hostname': 'boot-01' },
          port: 7173,
        },
      },
    });
    expect(stack.unit.startsAfter).toEqual([release]);
  });

  it('makes the folder for what it downloads, where the node says what it does at its first boot', () => {
    const commands: string[] = [];
    bootLab({}, ({ server }) => Object.assign(server, { firstBoot: { run: (command: string) => commands.push(command) } }));
    expect(commands).toEqual(['mkdir -p /var/lib/tinkerbell/hook']);
  });

  it('is asked by machines that boot, and asks their BMCs', () => {
    const lab = provisionedLab();
    expect(flows(lab.address)).toEqual([
      'provisioning 67/udp',
      'provisioning 4011/udp',
      'provisioning 69/udp',
      'provisioning 514/udp',
      'provisioning 7080/tcp',
      'provisioning 7173/tcp',
      'provisioning 42113/tcp',
    ]);
    const bmcs = [lab.pve01, lab.pve02, lab.pve03].map(machine => flows((machine.bmc as Bmc).host as StubHost));
    expect(bmcs).toEqual([['boot-01 443/tcp'], ['boot-01 623/udp'], ['boot-01 443/tcp']]);
  });

  it('stands on its server and is shown', () => {
    const { stack, server } = provisionedLab();
    expect(stack.placement.standsOn).toEqual([[server]]);
    expect(stack.depiction).toEqual({ kind: 'service', label: 'Tinkerbell', facts: ['boots 4 machines', 'DHCP reservation', '10.30.0.2'] });
  });
});

describe('hardware', () => {
  it('boots from the network until it is installed', () => {
    const lab = provisionedLab();
    expect(read(lab, 'Hardware-pve-01').spec.interfaces[0].netboot).toEqual({ allowPXE: true, allowWorkflow: true });
    expect(read(lab, 'Hardware-arm-01').spec.interfaces[0].netboot).toEqual({ allowPXE: false, allowWorkflow: false });
  });

  it('runs the script of an installer of its own, and no workflow', () => {
    const lab = bootLab();
    lab.hardware(lab.pve01, 11, { ipxeUrl: 'http://10.30.0.2:7173/pve-01.ipxe' });
    expect(read(lab, 'Hardware-pve-01').spec.interfaces[0].netboot).toEqual({
      allowPXE: true,
      allowWorkflow: false,
      ipxe: { url: 'http://10.30.0.2:7173/pve-01.ipxe' },
    });
  });

  it('boots from it once more for a reason', () => {
    const lab = bootLab();
    lab.hardware(lab.pve01, 11, { installed: true, reinstall: 'the disk was replaced' });
    expect(read(lab, 'Hardware-pve-01').spec.interfaces[0].netboot.allowPXE).toBe(true);
  });

  it('is told of resolvers and clocks by their IPv4 addresses, and of the router as resolver by default', () => {
    const lab = bootLab();
    lab.hardware(lab.pve01, 11);
    expect(read(lab, 'Hardware-pve-01').spec.interfaces[0].dhcp.name_servers).toEqual(['10.30.0.1']);
    const other = bootLab();
    const servers = [other.servers.host('a', 53), other.servers.host('b', 54)];
    const told = bootLab({ nameServers: servers, timeServers: servers.slice(1) });
    told.hardware(told.pve01, 11);
    const { dhcp } = read(told, 'Hardware-pve-01').spec.interfaces[0];
    expect([dhcp.name_servers, dhcp.time_servers]).toEqual([['10.20.0.53', '10.20.0.54'], ['10.20.0.54']]);
  });

  it('is known to the gateway by its MAC address where the gateway gives out addresses, and only there', () => {
    const proxied = bootLab({ dhcpMode: 'proxy' });
    proxied.hardware(proxied.pve01, 11);
    expect((proxied.provisioning.node.findChild('pve-01') as StubHost).mac).toBe('02:00:5e:10:00:01');
    const reserved = bootLab();
    reserved.hardware(reserved.pve01, 11);
    expect((reserved.provisioning.node.findChild('pve-01') as StubHost).mac).toBeUndefined();
  });
});

describe('the account of a BMC', () => {
  it('is in no file; a page tells which Secrets to make, and where their values are', () => {
    expectGolden('provisioning/secrets.md', Testing.files(provisionedLab().site)['devices/provisioning/boot/secrets.md']);
  });

  it('is the Secret that something in the cluster keeps, and no page is needed', () => {
    const lab = bootLab();
    const key = (name: string) => Secret.fromKubernetes('bmc', 'arm', name);
    new Bmc(lab.arm01, 'bmc', {
      host: lab.outOfBand.host('arm', 13),
      credentials: { username: key('username'), password: key('password') },
    });
    lab.lan.port(13).connect(lab.arm01.bmc as Bmc, { native: lab.outOfBand });
    lab.hardware(lab.arm01, 13);
    expect(read(lab, 'Machine-arm-01-bmc').spec.connection.authSecretRef).toEqual({ name: 'arm', namespace: 'bmc' });
    expect(Object.keys(Testing.files(lab.site)).filter(file => file.endsWith('secrets.md'))).toEqual([]);
  });
});

describe('a workflow', () => {
  it('is disabled while the machine is installed, so that a restored stack wipes nothing', () => {
    const lab = provisionedLab();
    expect(read(lab, 'Workflow-arm-01-talos').spec.disabled).toBe(true);
    expect(read(lab, 'Workflow-pve-01-debian').spec.disabled).toBeUndefined();
  });

  it('runs again for a reason', () => {
    const lab = bootLab();
    const hardware = lab.hardware(lab.pve01, 11, { installed: true, reinstall: 'the disk was replaced' });
    const actions = [{ name: 'look', image: action('slurp'), timeout: Duration.minutes(1) }];
    const template = new BootTemplate(lab.stack, 'look', { globalTimeout: Duration.minutes(5), tasks: [{ name: 'look', actions }] });
    new BootWorkflow(lab.stack, 'second-time', { hardware, template });
    expect(read(lab, 'Workflow-second-time').spec.disabled).toBeUndefined();
  });

  it('mounts the image of its own machine', () => {
    const { bootOptions } = read(provisionedLab(), 'Workflow-pve-03-rescue').spec;
    expect(bootOptions).toEqual({ bootMode: 'isoboot', isoURL: 'http://10.30.0.2:7080/iso/02-00-5e-10-00-04/hook.iso' });
  });

  it('needs somebody at the switch where there is no BMC', () => {
    expect(read(provisionedLab(), 'Workflow-arm-01-talos').spec.bootOptions).toBeUndefined();
  });
});

describe('a template', () => {
  it('fills in the disk of whichever machine runs it', () => {
    expect([BootDisk.whole().expression, BootDisk.partition(2).expression]).toEqual([
      '{{ (index .hardware.spec.disks 0).device }}',
      '{{ formatPartition (index .hardware.spec.disks 0).device 2 }}',
    ]);
  });

  it('says what of an image is compressed by its name', () => {
    const data = (name: string) => load(read(provisionedLab(), `Template-${name}`).spec.data) as Manifest;
    expect(data('talos').tasks[0].actions[0].environment.COMPRESSED).toBe('true');
  });

  it('gives kexec the processes of the host, unasked', () => {
    const data = load(read(provisionedLab(), 'Template-two-machines').spec.data) as Manifest;
    expect(data.tasks[0].actions.map((one: Manifest) => one.pid)).toEqual([undefined, undefined, undefined, undefined, 'host']);
  });
});

test('the order of making shows nowhere', () => {
  const names = ['pve01', 'pve02'] as const;
  const render = (order: readonly (typeof names)[number][]) => {
    const lab = bootLab();
    for (const name of order) lab.hardware(lab[name], name === 'pve01' ? 11 : 12);
    return Testing.files(lab.site);
  };
  expect(render(names)).toEqual(render([...names].reverse()));
});

test.each([
  'Hardware-pve-01',
  'Hardware-pve-02',
  'Hardware-pve-03',
  'Hardware-arm-01',
  'Job-pve-02-network-once',
  'Machine-pve-01-bmc',
  'Machine-pve-02-bmc',
  'Machine-pve-03-bmc',
  'Template-debian',
  'Template-talos',
  'Template-two-machines',
  'Workflow-arm-01-talos',
  'Workflow-pve-01-debian',
  'Workflow-pve-03-rescue',
  'Workflow-pve-02-debian',
])('%s is as Tinkerbell reads it', name => {
  expectGolden(`provisioning/${name}.yaml`, Testing.files(provisionedLab().site)[`kubernetes/boot/tinkerbell/${name}.yaml`]);
});
