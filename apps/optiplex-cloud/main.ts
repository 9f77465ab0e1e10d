/**
 * Three mini PCs to a cloud. Read top to bottom: this is the environment.
 * `npm run synth` writes what it means to ./out, for Git; see ./out/report for pictures and tables.
 */
import { join } from 'node:path';
import { SiteReport } from '@ashlar/analysis';
import { K3sCluster, K3sUpgrades } from '@ashlar/clusters';
import { acknowledge, Bandwidth, environment, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { PostgresCluster } from '@ashlar/data';
import { ArgoCd } from '@ashlar/gitops';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import { BackupJob, CloudImage, ContainerImage, DirectoryStorage, InstallerImage, NfsStorage, ProxmoxCluster, ProxmoxContainer, ProxmoxVm, Schedule, VmTemplate, ZfsStorage } from '@ashlar/hci';
import { Workload } from '@ashlar/kubernetes';
import { DnsZones, Internet, PfSense, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { S3Backend } from 'cdktf';
import { DEBIAN_13_CLOUD, DEBIAN_13_CONTAINER, PFSENSE_INSTALLER, SHOP } from './images';

export const optiplexCloud = environment(module, () => {
  const site = new Site('optiplex-cloud', { domain: 'cloud.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });

  // ── Networks. The switch, guests, firewalls and DNS read tags, prefixes and addresses from here.
  const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/29' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  people.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  const apiAddress = servers.host('k3s-api', 5);
  const loadBalancers = servers.pool('load-balancers', { use: 'load-balancer', from: 200, to: 219 });

  // ── The shelf: three machines (Intel i3-6100) and a switch.
  const shelf = new Rack(site, 'shelf', { units: 6 });
  const mains = new PowerFeed(shelf, 'mains', { capacity: Power.watts(2300) });
  const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds: [mains] });
  const optiplex = MachineModel.of({
    vendor: 'Dell',
    name: 'OptiPlex 7040',
    cores: 2,
    threads: 4,
    memory: Size.gibibytes(16),
    disks: { ssd: Size.gigabytes(256) },
    nics: { eno1: Bandwidth.gigabits(1) },
    power: Power.watts(60),
  });
  const machines = [1, 2, 3].map(n => {
    const machine = new Machine(shelf, `pve-0${n}`, { model: optiplex, feeds: [mains], macs: { eno1: `02:00:5e:10:00:0${n}` } });
    lan.port(n).connect(machine.nic('eno1'), { native: management, tagged: [wan, servers, people] });
    return machine;
  });
  lan.port(7).access(people, 'desks');
  lan.port(8).access(wan, 'modem');
  acknowledge(shelf, 'SINGLE_FEED', 'a flat has one circuit; an outage takes the lights too');
  acknowledge(shelf, 'SINGLE_SWITCH', 'a spare switch of the same kind is in the drawer');

  // ── Proxmox VE: cluster, storage, images, nightly backup.
  const hypervisors = new TerraformWorkspace(site, 'hypervisors', {
    backend: stack => new S3Backend(stack, { bucket: 'terraform', key: 'hypervisors.tfstate', region: 'eu-central-1', encrypt: true }),
  });
  const nas = management.host('nas', 20);
  const pve = new ProxmoxCluster(hypervisors.stack, 'pve', {
    version: Version.of('8.4'),
    nodes: machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    vmIds: { from: 100, to: 199 },
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlaceholderPlaceholderPlaceholderPlacehold admin@example.net'],
  });
  new ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gigabytes(220) });
  new DirectoryStorage(pve, 'local-images', { path: '/var/lib/images', content: ['import', 'vztmpl', 'snippets'] });
  new NfsStorage(pve, 'nas', { server: nas.ip, export: '/srv/backup', content: ['backup', 'iso'], size: Size.terabytes(4) });
  new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30') });
  const debian = new VmTemplate(pve, 'debian-13', { image: CloudImage.of(...DEBIAN_13_CLOUD) });

  // ── Gateway and names: one router that moves when its host dies, two name servers on two hosts.
  const router = new ProxmoxVm(pve, 'gateway', {
    host: wan.host('gateway', 2),
    otherNics: [management, servers, people],
    installer: InstallerImage.of(...PFSENSE_INSTALLER),
    highAvailability: {},
    cores: 2,
    memory: Size.gibibytes(2),
    disk: Size.gibibytes(16),
  });
  const [primary, secondary] = [servers.host('ns1', 2), servers.host('ns2', 3)];
  for (const [i, host] of [primary, secondary].entries()) {
    new ProxmoxContainer(pve, host.name, { node: machines[i], host, image: ContainerImage.of(...DEBIAN_13_CONTAINER), cores: 1, memory: Size.mebibytes(512), disk: Size.gibibytes(8) });
  }
  const dns = new DnsZones(site, 'dns', { primary, secondaries: [secondary] });
  new PfSense(site, 'pfsense', { wan: router.host, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management, segments: [servers, people], dns });

  // ── K3s: a server on each host, one address for its API.
  const nodes = machines.map((node, i) => {
    return new ProxmoxVm(pve, `k3s-${i + 1}`, { node, host: servers.host(`k3s-${i + 1}`), template: debian, cores: 3, memory: Size.gibibytes(8), disk: Size.gibibytes(80) });
  });
  const prod = new K3sCluster(site, 'prod', {
    version: Version.of('v1.34.2+k3s1'),
    servers: nodes,
    apiAddress,
    token: Secret.fromTerraformVariable('k3s_token'),
    loadBalancers,
  });
  new K3sUpgrades(prod);
  new ArgoCd(prod, 'argocd', { repository: 'https://git.example.net/cloud.git', path: 'apps/optiplex-cloud/out' });

  // ── What runs there: a database and a web service.
  const shop = prod.namespace('shop');
  const orders = new PostgresCluster(shop, 'orders', {
    storage: Size.gibibytes(10),
    backup: {
      destination: 's3://backups/orders',
      endpoint: `https://${nas.fqdn}:9000`,
      accessKeyId: Secret.fromKubernetes('shop', 'backup', 'id'),
      secretAccessKey: Secret.fromKubernetes('shop', 'backup', 'key'),
      server: nas,
    },
  });
  const web = new Workload(shop, 'web', {
    image: SHOP,
    port: 8080,
    env: { DATABASE_HOST: orders.host, DATABASE_PASSWORD_FILE: orders.password },
  });
  web.expose({ host: 'shop.cloud.example.net' });

  // ── Who talks to whom. Nothing else does.
  orders.connections.allowFrom(web);
  prod.allowApiFrom(management);
  prod.allowServicesFrom(people, Port.tcp(443));
  for (const segment of [management, servers, people]) Internet.of(site).connections.allowFrom(segment, Port.tcp(443));

  new SiteReport(site, 'report');
  return site;
});
