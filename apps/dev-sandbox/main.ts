/** Machines for developers, up and down from one file (`developers.ts`). Read top to bottom; `npm run synth` writes what it means to ./out. */
import { join } from 'node:path';
import { BootstrapPlan, SiteReport } from '@ashlar/analysis';
import { DeveloperSandboxes } from '@ashlar/cli';
import { DockerSwarm, SwarmStack } from '@ashlar/clusters';
import { acknowledge, Bandwidth, environment, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { PostgresRepository, PostgresServer, PostgresVersion } from '@ashlar/data';
import { HostTuning, Machine, PowerFeed, Rack, Switch, TuningProfile } from '@ashlar/hardware';
import * as hci from '@ashlar/hci';
import { Internet, Vlan, VyOs } from '@ashlar/network';
import { ReachabilityProof } from '@ashlar/reachability';
import { TerraformWorkspace } from '@ashlar/terraform';
import { HttpBackend, type TerraformStack } from 'cdktf';
import { DeveloperAccounts } from './developer-accounts';
import { DEVELOPERS } from './developers';
import { CACHE, DEBIAN_13_CLOUD, PASTE } from './images';
import { MS_01, VP2420 } from './machines';

const OPERATOR = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net';

export const devSandbox = environment(module, () => {
  const site = new Site('dev-sandbox', { domain: 'dev.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });
  const internet = Internet.of(site);

  // ── Networks: the office is not ours; machines of developers and their services have a segment each.
  const office = new Vlan(site, 'office', { tag: 302, ipv4: '192.168.10.0/24', outside: true });
  const management = new Vlan(site, 'management', { tag: 310, ipv4: '10.3.10.0/24' });
  const services = new Vlan(site, 'services', { tag: 320, ipv4: '10.3.20.0/24' });
  const workplaces = new Vlan(site, 'workplaces', { tag: 330, ipv4: '10.3.30.0/24' });
  const segments = [services, workplaces];

  // ── The shelf.
  const shelf = new Rack(site, 'shelf', { units: 8 });
  const feeds = [new PowerFeed(shelf, 'mains', { capacity: Power.watts(2300) })];
  const ten = Bandwidth.gigabits(10);
  const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: ten, power: Power.watts(20), feeds });
  const machines = [1, 2, 3].map(n => {
    const machine = new Machine(shelf, `dev-0${n}`, { model: MS_01, feeds, macs: { enp2s0f0np0: `02:00:5e:30:00:0${n}` } });
    lan.port(n).connect(machine.nic('enp2s0f0np0'), { native: management, tagged: segments });
    return machine;
  });
  const router = new Machine(shelf, 'router', { model: VP2420, feeds });
  lan.port(7).connect(router.nic('eth1'), { tagged: [management, ...segments] });
  acknowledge(shelf, 'SINGLE_FEED', 'a sandbox may wait for the lights to come back');
  acknowledge(shelf, 'SINGLE_SWITCH', 'a sandbox may wait for a new switch');

  const hosts = new HostTuning(site, 'hosts', { profile: TuningProfile.hypervisor() });
  for (const machine of machines) hosts.applyTo(machine);

  // ── The gateway, in the office and in front of everything here.
  const gateway = new VyOs(site, 'gateway', {
    runsOn: router,
    version: '1.5',
    wan: office.host('sandbox-gateway', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments,
    admins: [{ name: 'admin', sshKeys: [OPERATOR] }],
  });
  gateway.connections.allowFrom(management, Port.tcp(22));

  // ── Proxmox VE, and what all developers share. Each state is kept, and locked, by GitLab.
  const state = (name: string) => (stack: TerraformStack) => {
    const address = `https://gitlab.example.net/api/v4/projects/12/terraform/state/${name}`;
    return new HttpBackend(stack, {
      address,
      lockAddress: `${address}/lock`,
      unlockAddress: `${address}/lock`,
      lockMethod: 'POST',
      unlockMethod: 'DELETE',
    });
  };
  const commons = new TerraformWorkspace(site, 'commons', { backend: state('commons') });
  const apiToken = Secret.fromTerraformVariable('proxmox_api_token');
  const pve = new hci.ProxmoxCluster(commons.stack, 'pve', {
    version: Version.of('9.1'),
    nodes: machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
    apiToken,
    vmIds: { from: 2000, to: 2999 },
    sshKeys: [OPERATOR],
  });
  const tank = new hci.ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gigabytes(900) });
  new hci.DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets'] });
  const debian = new hci.VmTemplate(pve, 'debian-13', { image: hci.CloudImage.of(...DEBIAN_13_CLOUD) });

  // ── PostgreSQL on a machine of its own, as in production: disks for data and log, TLS, copies elsewhere. A database for each developer.
  const nas = services.host('nas', 9);
  const db = pve.guest('db', {
    host: services.host('db', 10),
    image: hci.CloudImage.of(...DEBIAN_13_CLOUD),
    cores: 4,
    memory: Size.gibibytes(8),
    disk: Size.gibibytes(16),
    dataDisks: { data: Size.gibibytes(60), wal: Size.gibibytes(16) },
    placement: { machines: machines.slice(0, 1) },
    notBackedUpBecause: 'pgBackRest copies the databases, and the rest is in this program',
  });
  const secret = (name: string) => Secret.fromTerraformVariable(`postgres_${name}`);
  const names = DEVELOPERS.map(({ name }) => name);
  const postgres = new PostgresServer(site, 'postgres', {
    on: db,
    version: PostgresVersion.V17,
    databases: Object.fromEntries(names.map(name => [name, { owner: name, size: Size.gibibytes(10) }])),
    roles: Object.fromEntries(names.map(name => [name, { password: secret(name) }])),
    tls: { certificate: secret('certificate'), key: secret('key'), authority: secret('authority') },
    backup: { repository: PostgresRepository.nfs({ server: nas, path: '/srv/postgres' }), cipherPass: secret('cipher') },
  });
  new HostTuning(site, 'database', { profile: TuningProfile.database() }).applyTo(db);
  acknowledge(postgres, 'POSTGRES_SERVER_ALONE', 'a sandbox may wait for its database; what is promised is the copies');

  // ── A machine for each developer, in a state of its own, with what is needed to work; and an account that may do no more than that.
  const accounts = new DeveloperAccounts(pve, 'accounts', { storage: tank });
  const sandboxes = new DeveloperSandboxes(site, 'sandboxes', { shared: [commons] });
  const software = [hci.Software.docker('29'), hci.Software.git(), hci.Software.python(), hci.Software.nodejs('22')];
  for (const { name, host, sshKeys, ...size } of DEVELOPERS) {
    const workspace = new TerraformWorkspace(site, `dev-${name}`, { backend: state(`dev-${name}`) });
    const tenant = new hci.ProxmoxTenant(workspace.stack, name, { cluster: pve, apiToken });
    const machine = new hci.ProxmoxVm(tenant, name, {
      host: workplaces.host(name),
      node: host,
      template: debian,
      software,
      stateful: false, // what is worth keeping is in Git
      ...size,
    });
    accounts.add(name, machine);
    machine.firstBoot.user(name, { sshKeys, groups: ['docker'], sudo: true });
    postgres.allowFrom(machine, name);
    sandboxes.add(name, { workspace, machines: [machine], user: name });
  }

  // ── Docker Swarm, one manager and two workers, for what developers share and try out together.
  const swarmMachines = machines.map((machine, i) => {
    const host = services.host(`swarm-${i + 1}`, 21 + i);
    const size = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(40) };
    return new hci.ProxmoxVm(pve, host.name, {
      host,
      node: machine,
      template: debian,
      software: [hci.Software.docker('29')],
      stateful: false,
      ...size,
    });
  });
  const swarm = new DockerSwarm(site, 'swarm', { managers: swarmMachines.slice(0, 1), workers: swarmMachines.slice(1) });
  acknowledge(swarm, 'SWARM_ONE_MANAGER', 'a sandbox may wait for its manager; what runs goes on without it');
  new SwarmStack(swarm, 'paste', {
    networks: ['front', 'back'],
    secrets: { cache_password: Secret.fromTerraformVariable('paste_cache_password') },
    services: {
      web: {
        image: PASTE,
        health: ['paste', 'healthy'],
        networks: ['front', 'back'],
        secrets: ['cache_password'],
        env: { CACHE_HOST: 'cache', CACHE_PASSWORD_FILE: '/run/secrets/cache_password' },
        ports: [{ published: 8443 }],
      },
      cache: { image: CACHE, health: ['cache', 'healthy'], networks: ['back'], secrets: ['cache_password'] },
    },
  });

  // ── Who talks to whom. Nothing else does.
  swarm.allowServicesFrom(workplaces, Port.tcp(8443));
  for (const machine of swarm.all) machine.connections.allowFrom(management, Port.tcp(22));
  for (const segment of [management, ...segments]) for (const port of [80, 443]) internet.connections.allowFrom(segment, Port.tcp(port));

  new ReachabilityProof(site, 'reachability');
  new BootstrapPlan(site, 'bootstrap');
  new SiteReport(site, 'report');
  return site;
});
