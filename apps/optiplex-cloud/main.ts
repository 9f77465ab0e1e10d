/** Three mini PCs to a cloud. Read top to bottom; `npm run synth` writes what it means to ./out, for Git, with pictures in ./out/report. */
import { join } from 'node:path';
import { BootstrapPlan, SiteReport } from '@ashlar/analysis';
import { K3sCluster, K3sUpgrades } from '@ashlar/clusters';
import { acknowledge, Bandwidth, environment, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { PostgresCluster } from '@ashlar/data';
import { ArgoCd } from '@ashlar/gitops';
import { Machine, MachineModel, PowerFeed, Rack, Switch } from '@ashlar/hardware';
import * as hci from '@ashlar/hci';
import { Workload } from '@ashlar/kubernetes';
import { DnsZones, Internet, PfSense, Vlan } from '@ashlar/network';
import { ReachabilityProof } from '@ashlar/reachability';
import { TerraformWorkspace } from '@ashlar/terraform';
import { S3Backend } from 'cdktf';
import { DEBIAN_13_CLOUD, DEBIAN_13_CONTAINER, PFSENSE_INSTALLER, SHOP } from './images';

/** Size of a guest: virtual processors, GiB of memory, GiB of disk. */
const guest = (cores: number, memory: number, disk: number) => ({ cores, memory: Size.gibibytes(memory), disk: Size.gibibytes(disk) });

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
  const feeds = [new PowerFeed(shelf, 'mains', { capacity: Power.watts(2300) })];
  const lan = new Switch(shelf, 'lan', { ports: 8, portSpeed: Bandwidth.gigabits(1), power: Power.watts(12), feeds });
  const [disks, nics] = [{ ssd: Size.gigabytes(256) }, { eno1: Bandwidth.gigabits(1) }];
  const i3 = { cores: 2, threads: 4, memory: Size.gibibytes(16), power: Power.watts(60) };
  const optiplex = MachineModel.of({ vendor: 'Dell', name: 'OptiPlex 7040', ...i3, disks, nics });
  const machines = [1, 2, 3].map(n => {
    const machine = new Machine(shelf, `pve-0${n}`, { model: optiplex, feeds, macs: { eno1: `02:00:5e:10:00:0${n}` } });
    lan.port(n).connect(machine.nic('eno1'), { native: management, tagged: [wan, servers, people] });
    return machine;
  });
  lan.port(7).access(people, 'desks');
  lan.port(8).access(wan, 'modem');
  acknowledge(shelf, 'SINGLE_FEED', 'a flat has one circuit; an outage takes the lights too');
  acknowledge(shelf, 'SINGLE_SWITCH', 'a spare switch of the same kind is in the drawer');

  // ── Proxmox VE: cluster, storage, images, nightly backup.
  const state = (id: string) => {
    const s3 = { bucket: 'terraform', key: `${id}.tfstate`, region: 'eu-central-1', encrypt: true };
    return new TerraformWorkspace(site, id, { backend: stack => new S3Backend(stack, s3) }).stack;
  };
  const apiToken = Secret.fromTerraformVariable('proxmox_api_token');
  const nas = management.host('nas', 20);
  const pve = new hci.ProxmoxCluster(state('hypervisors'), 'pve', {
    version: Version.of('8.4'),
    nodes: machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
    apiToken,
    vmIds: { from: 100, to: 199 },
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlaceholderPlaceholderPlaceholderPlacehold admin@example.net'],
  });
  new hci.ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gigabytes(220) });
  new hci.DirectoryStorage(pve, 'local-images', { path: '/var/lib/images', content: ['import', 'vztmpl', 'snippets'] });
  new hci.NfsStorage(pve, 'nas', { server: nas, export: '/srv/backup', content: ['backup', 'iso'], size: Size.terabytes(4) });
  new hci.BackupJob(pve, 'nightly', { schedule: hci.Schedule.daily('02:30'), keep: { daily: 7, weekly: 4 } });

  // ── Gateway: one router that moves when its host dies. Its installer is put on the NAS by hand, since nothing leads to the Internet yet.
  const uplink = wan.host('gateway', 2);
  const installer = hci.InstallerImage.byHand(...PFSENSE_INSTALLER);
  const segments = [servers, people];
  new hci.ProxmoxVm(pve, 'gateway', {
    host: uplink,
    otherNics: [management, ...segments],
    installer,
    routes: true,
    highAvailability: {},
    ...guest(2, 2, 16),
  });

  // ── Names: two name servers on two hosts. They and all guests below download what they are made from, so that they come after the gateway.
  const guests = new hci.ProxmoxTenant(state('guests'), 'guests', { cluster: pve, apiToken, ownImages: true });
  const debian = new hci.VmTemplate(guests, 'debian-13', { image: hci.CloudImage.of(...DEBIAN_13_CLOUD) });
  const [primary, secondary] = [servers.host('ns1', 2), servers.host('ns2', 3)];
  const image = hci.ContainerImage.of(...DEBIAN_13_CONTAINER);
  for (const [i, host] of [primary, secondary].entries()) {
    new hci.ProxmoxContainer(guests, host.name, { node: machines[i], host, image, ...guest(1, 0.5, 8) });
  }
  const dns = new DnsZones(site, 'dns', { primary, secondaries: [secondary] });
  const ports = ['vtnet1', 'vtnet2', 'vtnet3'];
  new PfSense(site, 'pfsense', { wan: uplink, wanInterface: 'vtnet0', lanInterface: ports, management, segments, dns });

  // ── K3s: a server on each host, one address for its API.
  const nodes = machines.map((node, i) => {
    return new hci.ProxmoxVm(guests, `k3s-${i + 1}`, { node, host: servers.host(`k3s-${i + 1}`), template: debian, ...guest(3, 8, 80) });
  });
  const [version, token] = [Version.of('v1.34.2+k3s1'), Secret.fromTerraformVariable('k3s_token')];
  const credentials = Secret.fromTerraformVariable('k3s_snapshots');
  const snapshots = { endpoint: `https://${nas.fqdn}:9000`, bucket: 'k3s', credentials, server: nas };
  const prod = new K3sCluster(site, 'prod', { version, servers: nodes, apiAddress, token, loadBalancers, snapshots });
  new K3sUpgrades(prod);
  new ArgoCd(prod, 'argocd', { repository: 'https://git.example.net/cloud.git', path: 'apps/optiplex-cloud/out' });

  // ── What runs there: a database and a web service.
  const shop = prod.namespace('shop');
  const key = (name: string) => Secret.fromKubernetes('shop', 'backup', name);
  const keys = { accessKeyId: key('id'), secretAccessKey: key('key') };
  const orders = new PostgresCluster(shop, 'orders', {
    storage: Size.gibibytes(10),
    backup: { destination: 's3://backups/orders', endpoint: `https://${nas.fqdn}:9000`, server: nas, ...keys },
  });
  const env = { DATABASE_HOST: orders.host, DATABASE_PASSWORD_FILE: orders.password };
  const web = new Workload(shop, 'web', { image: SHOP, port: 8080, env });
  web.expose({ host: 'shop.cloud.example.net' });

  // ── Who talks to whom. Nothing else does.
  orders.connections.allowFrom(web);
  prod.allowOperationFrom(management);
  prod.allowServicesFrom(people, Port.tcp(443));
  for (const segment of [management, servers, people]) Internet.of(site).connections.allowFrom(segment, Port.tcp(443));

  new ReachabilityProof(site, 'reachability');
  new BootstrapPlan(site, 'bootstrap');
  new SiteReport(site, 'report');
  return site;
});
