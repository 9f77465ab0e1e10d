import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { describeWith, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';
import { type Broken, spoilt } from './broken';
import { cloudSite, cloudWorkspaces } from './cloud-environments';
import { resources } from './configuration';
import { engines } from './engine';
import { ReplayedProviders } from './replayed-providers';
import { TerraformWorkspace } from './terraform-workspace';

const workspaces = cloudWorkspaces();
const configurations = workspaces.map(({ configuration }) => configuration);

/** What the schemas of the providers refuse. */
const BROKEN: readonly Broken[] = [
  {
    title: 'a server of Hetzner without a type',
    type: 'hcloud_server',
    spoil: server => delete server.server_type,
    reason: /"server_type"/,
  },
  {
    title: 'an unknown key of a server',
    type: 'hcloud_server',
    spoil: server => Object.assign(server, { size: 'ccx53' }),
    reason: /"size"/,
  },
  {
    title: 'a group that is a name',
    type: 'hcloud_server',
    spoil: s => Object.assign(s, { placement_group_id: 'spread' }),
    reason: /placement_group_id.*number/,
  },
  { title: 'a rule in no direction', type: 'hcloud_firewall', spoil: firewall => delete firewall.rule[0].direction, reason: /"direction"/ },
  {
    title: 'a subnet in no network zone',
    type: 'hcloud_network_subnet',
    spoil: subnet => delete subnet.network_zone,
    reason: /"network_zone"/,
  },
  {
    title: 'a balancer without a type',
    type: 'hcloud_load_balancer',
    spoil: lb => delete lb.load_balancer_type,
    reason: /"load_balancer_type"/,
  },
  {
    title: 'two health checks',
    type: 'hcloud_load_balancer_service',
    spoil: s => Object.assign(s, { health_check: [s.health_check, s.health_check] }),
    reason: /[Tt]oo many health_check/,
  },
  { title: 'a volume of no size', type: 'hcloud_volume', spoil: volume => delete volume.size, reason: /"size"/ },
  { title: 'a bootstrap of no node', type: 'talos_machine_bootstrap', spoil: bootstrap => delete bootstrap.node, reason: /"node"/ },
  {
    title: 'access without credentials',
    type: 'talos_cluster_kubeconfig',
    spoil: kubeconfig => delete kubeconfig.client_configuration,
    reason: /"client_configuration"/,
  },
  {
    title: 'secrets that are given',
    type: 'talos_machine_secrets',
    spoil: s => Object.assign(s, { machine_secrets: {} }),
    reason: /machine_secrets/,
  },
  {
    title: 'a reset that is perhaps',
    type: 'talos_machine_configuration_apply',
    spoil: a => Object.assign(a.on_destroy, { reset: 'perhaps' }),
    reason: /on_destroy.*bool/,
  },
  {
    title: 'a rule of AWS with a key left out',
    type: 'aws_security_group',
    spoil: group => delete group.ingress[0].self,
    reason: /"self"/,
  },
  {
    title: 'an unknown key of an instance',
    type: 'aws_instance',
    spoil: i => Object.assign(i, { instance_size: 'm7i.large' }),
    reason: /"instance_size"/,
  },
  {
    title: 'two root disks',
    type: 'aws_instance',
    spoil: i => Object.assign(i, { root_block_device: [{}, {}] }),
    reason: /[Tt]oo many root_block_device/,
  },
  { title: 'a subnet in no VPC', type: 'aws_subnet', spoil: subnet => delete subnet.vpc_id, reason: /"vpc_id"/ },
  { title: 'an instance of Google without a disk', type: 'google_compute_instance', spoil: i => delete i.boot_disk, reason: /boot_disk/ },
  {
    title: 'a firewall without a network',
    type: 'google_compute_firewall',
    spoil: firewall => delete firewall.network,
    reason: /"network"/,
  },
  {
    title: 'an unknown key of what is allowed',
    type: 'google_compute_firewall',
    spoil: f => Object.assign(f.allow?.[0] ?? f.deny[0], { port: 22 }),
    reason: /"port"/,
  },
  {
    title: 'a machine of Azure in no group',
    type: 'azurerm_linux_virtual_machine',
    spoil: vm => delete vm.resource_group_name,
    reason: /"resource_group_name"/,
  },
  {
    title: 'a rule of Azure with a key left out',
    type: 'azurerm_network_security_group',
    spoil: g => delete g.security_rule[0].source_port_ranges,
    reason: /"source_port_ranges"/,
  },
  {
    title: 'an image without a version',
    type: 'azurerm_linux_virtual_machine',
    spoil: vm => delete vm.source_image_reference.version,
    reason: /"version"/,
  },
];

/** Where each cloud takes user data from. */
const USER_DATA: Readonly<Record<string, (resource: Record<string, unknown>) => unknown>> = {
  hcloud_server: server => server.user_data,
  aws_instance: instance => instance.user_data_base64,
  google_compute_instance: instance => (instance.metadata as Record<string, unknown>)['user-data'],
  azurerm_linux_virtual_machine: machine => machine.custom_data,
};

test('every binding of Hetzner and Talos is in a workspace', () => {
  for (const provider of ['hcloud', 'talos']) {
    const { resources: made, dataSources } = JSON.parse(readFileSync(join(ROOT, `packages/provider-${provider}/bindings.json`), 'utf8'));
    const present = new Set(configurations.flatMap(configuration => Object.keys(configuration.resource ?? {})));
    const read = new Set(configurations.flatMap(configuration => Object.keys((configuration as { data?: object }).data ?? {})));
    expect(made.filter((type: string) => !present.has(type))).toEqual([]);
    expect(dataSources.filter((type: string) => !read.has(type))).toEqual([]);
  }
});

describeWith(['terraform-provider-replay', 'shared'], 'Terraform on pools of cloud servers', () => {
  let providers: ReplayedProviders;
  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterAll(() => providers?.remove());

  for (const engine of engines()) {
    if (!engine.program) {
      test(`SKIPPED: ${engine.name} is not on this machine`, () => {
        if (process.env.CI && engine.required) throw new Error(`${engine.name} is not on this machine; in CI it is required`);
      });
      continue;
    }
    describe(engine.name, () => {
      const verdict = new Verdict(`${engine.name}, clouds and Talos`);

      test.each(workspaces)('takes $name, makes it, and has nothing more to do', async ({ configuration }) => {
        const workspace = new TerraformWorkspace(engine, providers, configuration);
        try {
          const count = resources(configuration).length;
          expect(count).toBeGreaterThan(5);
          expect(await workspace.init()).toMatchObject({ code: 0 });
          expect(await workspace.validate()).toEqual({ code: 0, output: '' });
          expect(await workspace.plan()).toMatchObject({ code: 2 });
          const changes = await workspace.changes();
          expect(changes.filter(({ actions }) => actions.join() === 'create')).toHaveLength(count);
          expect(await workspace.apply()).toMatchObject({ code: 0 });
          expect(await workspace.plan()).toMatchObject({ code: 0 });
          for (const text of userDataOf(workspace)) expectFirstBoot(text);
          verdict.took(count);
        } finally {
          workspace.remove();
        }
      });

      test.each(BROKEN)('refuses $title', async broken => {
        const variant = spoilt(configurations, broken);
        if (!variant) throw new Error(`no workspace has a ${broken.type}`);
        const workspace = new TerraformWorkspace(engine, providers, variant);
        try {
          expect(await workspace.init()).toMatchObject({ code: 0 });
          const refused = await workspace.validate();
          verdict.sawBroken(refused.code !== 0);
          expect(refused.output).toMatch(broken.reason);
          expect(refused.code).not.toBe(0);
        } finally {
          workspace.remove();
        }
      });
    });
  }
});

describeWith(['nft'], 'nftables', () => {
  const verdict = new Verdict('nft, firewall of a server');
  const text = cloudSite('hetzner').render().output.read('devices/node-pool/cloud/web/nftables.conf') as string;
  const checked = (rules: string) =>
    spawnSync('unshare', ['-rn', tool('nft') as string, '-c', '-f', '-'], { input: rules, encoding: 'utf8' });

  test('takes the rules of a server', () => {
    expect(checked(text)).toMatchObject({ status: 0, stderr: '' });
    verdict.took(1);
  });

  test.each([
    ['a chain that is not there', 'jump from_site', 'jump from_nowhere'],
    ['a port that is none', 'dport 2379-2380', 'dport 70000'],
    ['a prefix that is none', '10.10.0.0/16', '10.10.0.0/33'],
    ['a protocol that is none', 'tcp dport', 'tpc dport'],
  ])('refuses %s', (_, from, to) => {
    expect(text).toContain(from);
    const { status } = checked(text.replace(from, to));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});

/** User data as the clouds were sent it. */
function userDataOf(workspace: TerraformWorkspace): string[] {
  const state = JSON.parse(readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8'));
  return state.resources.flatMap(({ type, instances }: { type: string; instances: { attributes: Record<string, unknown> }[] }) => {
    const read = USER_DATA[type];
    return read ? instances.map(({ attributes }) => gunzipSync(Buffer.from(read(attributes) as string, 'base64')).toString('utf8')) : [];
  });
}

/** What was declared has come through compression, quoting and templates as it was, and the secret only now. */
function expectFirstBoot(text: string): void {
  const config = parse(text.replace(/^#cloud-config\n/, '')) as {
    runcmd: string[];
    write_files: { path: string; content: string; encoding?: string }[];
  };
  const file = (path: string) => config.write_files.find(each => each.path === path);
  expect(text).toMatch(/^#cloud-config\n/);
  expect(config.runcmd).toContain('echo "$' + "{HOME}\" 'single' \\ back");
  expect(file('/etc/app/settings')?.content).toBe('home = "$' + '{HOME}"\nshare = 5%{}\n');
  expect(Buffer.from(file('/etc/app/token')?.content ?? '', 'base64').toString()).not.toBe('');
  expect(file('/etc/app/token')?.encoding).toBe('b64');
}
