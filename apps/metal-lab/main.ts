/** A bare-metal platform lab, in a flat that must not notice. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { join } from 'node:path';
import { BootstrapPlan, SiteReport } from '@ashlar/analysis';
import { ClusterFactory, HarvesterInfrastructure, readDownstreamSpecs, TalosCluster } from '@ashlar/clusters';
import { acknowledge, Bandwidth, Duration, environment, Ledger, Port, Power, Secret, Site, Size, Version } from '@ashlar/core';
import { ArgoCd } from '@ashlar/gitops';
import {
  BootHardware,
  BootTemplate,
  BootWorkflow,
  HostTuning,
  Machine,
  PowerFeed,
  ProvisioningStack,
  Rack,
  Switch,
  TuningProfile,
} from '@ashlar/hardware';
import {
  CloudImage,
  HarvesterBackupJob,
  HarvesterBackupTarget,
  HarvesterCluster,
  HarvesterClusterNetwork,
  type HarvesterGuest,
  HarvesterRelease,
} from '@ashlar/hci';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { BgpPeering, Internet, Vlan, VyOs } from '@ashlar/network';
import { ReachabilityProof } from '@ashlar/reachability';
import { clusterImage } from './cluster-image';
import { installVyos } from './gateway-image';
import { CLUSTER_TALOS, HARVESTER, HARVESTER_PROVIDER, TALOS } from './images';
import { DS923, MS_02, NODES, ROUTER, UM760, VP6630 } from './machines';

const OPERATOR = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net';

export const metalLab = environment(module, () => {
  const site = new Site('metal-lab', { domain: 'lab.example.net' });
  new Ledger(site, 'ledger', { file: join(__dirname, '../ledger.json') });

  // ── Networks. The home network is not ours; it is named so that nothing here reaches it.
  const home = new Vlan(site, 'home', { tag: 102, ipv4: '192.168.178.0/24', outside: true });
  const management = new Vlan(site, 'management', { tag: 110, ipv4: '10.110.0.0/24' });
  const provisioning = new Vlan(site, 'provisioning', { tag: 111, ipv4: '10.111.0.0/24' });
  const harvester = new Vlan(site, 'harvester', { tag: 120, ipv4: '10.120.0.0/24' });
  const storage = new Vlan(site, 'storage', { tag: 121, ipv4: '10.121.0.0/24' }); // for Longhorn alone, once it moves there
  const platform = new Vlan(site, 'platform', { tag: 130, ipv4: '10.130.0.0/24' });
  // The clusters that the brain makes, each from a file of its own, in a segment of its own.
  const environments = readDownstreamSpecs(join(__dirname, '../clusters'));
  const downstream = environments.map(({ name, network }) => new Vlan(site, name, network));
  const segments = [provisioning, harvester, platform, ...downstream];
  const desk = management.host('desk', 9);
  // Addresses come from the gateway where clusters come and go, from Tinkerbell where machines boot, and from here everywhere else.
  for (const segment of downstream) segment.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });

  // ── The rack: three machines of 25 GbE, at 10 GbE for now; beside them what must be there before them, and what outlives them.
  const rack = new Rack(site, 'rack', { units: 12 });
  const feeds = [new PowerFeed(rack, 'mains', { capacity: Power.watts(2300) })];
  const core = new Switch(rack, 'core', { ports: 12, portSpeed: Bandwidth.gigabits(10), power: Power.watts(40), feeds });
  const nodes = NODES.map(({ name, ...parts }, i) => {
    const machine = new Machine(rack, name, { model: MS_02, feeds, ...parts });
    core.port(1 + i).connect(machine.nic('enp2s0f0np0'), { native: provisioning, tagged: [harvester] });
    core.port(4 + i).connect(machine.nic('enp2s0f1np1'), { tagged: [storage, platform, ...downstream] });
    return { machine, host: harvester.host(name, 11 + i), dataDisk: machine.disk('volumes') };
  });
  const router = new Machine(rack, 'router', { model: VP6630, feeds, ...ROUTER });
  const seed = new Machine(rack, 'seed', { model: UM760, feeds });
  const nas = new Machine(rack, 'nas', { model: DS923, feeds });
  core.port(7).connect(router.nic('eth1'), { tagged: [management, ...segments] });
  core.port(8).access(management, 'desk');
  core.port(9).connect(seed.nic('enp1s0'), { native: provisioning });
  core.port(10).connect(router.nic('eth2'), { native: provisioning });
  core.port(11).connect(nas.nic('eth0'), { native: harvester });
  acknowledge(rack, 'SINGLE_FEED', 'a flat has one circuit; an outage takes the lights too');
  acknowledge(rack, 'SINGLE_SWITCH', 'a lab may wait for a new switch; nothing here is for others');
  acknowledge(rack, 'LINK_BELOW_CAPABILITY', 'the switch of 25 GbE comes later; 10 GbE is enough for the lab');

  // ── The gateway: a strict border. It is a host of the home network, and the router of everything here.
  const gateway = new VyOs(site, 'gateway', {
    version: '1.5',
    wan: home.host('lab-gateway', 2),
    runsOn: router,
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments,
    admins: [{ name: 'admin', sshKeys: [OPERATOR] }],
    asn: 64512,
  });

  // ── Chicken and egg: Tinkerbell, on a machine that it does not boot, in a cluster of one node that knows nothing of the rest. Nothing
  // here has a BMC, so that somebody presses the button: of the router first, then of the three.
  const repository = { repository: 'https://git.example.net/cloud.git', path: 'apps/metal-lab/out' };
  const seedHost = provisioning.host('seed', 2);
  const boot = new KubernetesCluster(site, 'boot', {
    version: Version.of('1.34.2'),
    runsOn: [seed],
    nodeAddresses: () => [`${seedHost.ip}/32`],
  });
  new ArgoCd(boot, 'argocd', repository);
  const stack = new ProvisioningStack(boot, 'tinkerbell', { runsOn: seed, address: seedHost, vlan: provisioning });
  // What is installed lies beside Tinkerbell's own files, so that nothing but the seed is needed. The token is put in there by hand.
  const files = `http://${seedHost.ip}:7173`;
  const installed = false; // From the day that they run, nothing may write to their disks any more.

  const template = new BootTemplate(stack, 'vyos', { globalTimeout: Duration.minutes(30), tasks: [installVyos(stack, `${files}/vyos`)] });
  const box = { nic: router.nic('eth2'), disk: router.disk('ssd'), address: provisioning.host('router-boot', 10), installed };
  new BootWorkflow(stack, 'router-vyos', { hardware: new BootHardware(stack, 'router', box), template });
  for (const [i, { machine }] of nodes.entries()) {
    new BootHardware(stack, machine.name, {
      nic: machine.nic('enp2s0f0np0'),
      disk: machine.disk('system'),
      address: provisioning.host(`${machine.name}-boot`, 11 + i),
      ipxeUrl: `${files}/hci/${machine.name}.ipxe`,
      installed,
    });
  }

  // ── Harvester on the three: one address, three copies of each volume, a copy of each guest elsewhere every night.
  const hci = new HarvesterCluster(site, 'hci', {
    version: Version.of(HARVESTER),
    nodes,
    vip: harvester.host('hci', 10),
    token: Secret.fromSops('secrets/harvester.yaml', 'token'), // OpenBao will run on what this installs
    sshKeys: [OPERATOR],
    install: {
      release: HarvesterRelease.at(`${files}/hci`, `v${HARVESTER}`),
      configUrl: `${files}/hci`,
      ntpServers: [harvester.gateway],
      sysctls: { 'fs.inotify.max_user_instances': '8192' }, // of all guests' pods together
    },
    storage: { replicas: 3 },
  });
  acknowledge(hci, 'HARVESTER_SHARED_DOMAIN', 'the lab is one rack; what must survive it is on a disk in a drawer elsewhere');
  new ArgoCd(hci.kubernetes, 'argocd', repository);
  const uplinks = nodes.map(({ machine }) => machine.nic('enp2s0f1np1'));
  new HarvesterClusterNetwork(hci, 'workload', { uplinks, vlans: [platform, ...downstream] });
  const target = new HarvesterBackupTarget(hci, 'nas', { nfs: `nfs://${harvester.host('nas', 5).ip}:/volume1/hci`, standsOn: [nas] });
  new HarvesterBackupJob(hci, 'nightly', { target, from: '01:00', retain: 14 });

  // ── The brain: three machines of Talos, never two on one node. Each waits for its node; two are a majority. Of its first boot Talos takes
  // the network only, and waits for its configuration.
  const talos = { image: CloudImage.of(TALOS.url, TALOS.sha512), cores: 8, memory: Size.gibibytes(24), disk: Size.gibibytes(200) };
  const brain: HarvesterGuest[] = [];
  for (const n of [1, 2, 3]) {
    const host = platform.host(`platform-${n}`, 10 + n);
    brain.push(hci.guest(host.name, { ...talos, host, placement: { apartFrom: [...brain] } }));
  }
  const tuning = new HostTuning(site, 'kubernetes', { profile: TuningProfile.kubernetesNode(), system: 'talos' });
  for (const node of brain) tuning.applyTo(node);
  const brainCluster = new TalosCluster(site, 'brain', {
    talos: Version.of(TALOS.version),
    version: Version.of('1.35.0'),
    controlPlanes: brain,
    endpoint: platform.host('brain', 10),
    secrets: Secret.fromSops('secrets/talos.yaml', 'brain'),
    image: { platform: 'nocloud', extensions: ['qemu-guest-agent'] },
    installDisk: '/dev/vda',
    timeServers: [platform.gateway],
    serviceCidr: '10.245.0.0/16', // its own would lie over ours
  });
  new ArgoCd(brainCluster, 'argocd', repository);

  // ── Who announces which addresses for its services: the brain, and the clusters that it makes.
  const neighbors = brain.map(({ host }) => host);
  const platformServices = new BgpPeering(gateway, 'platform', { asn: 64520, neighbors, prefixes: ['10.130.1.0/24'] });
  const infrastructure = new HarvesterInfrastructure({
    cluster: hci,
    hosts: nodes.map(({ machine }) => machine),
    server: `https://${hci.vip.ip}`,
    identity: Secret.fromKubernetes('caphv-system', 'harvester', 'kubeconfig'),
    segment: harvester,
    image: clusterImage(hci, CLUSTER_TALOS),
    keyPair: 'guests/admin-bfcc5692',
    providerImage: HARVESTER_PROVIDER,
  });
  const factory = new ClusterFactory(brainCluster, 'clusters', { infrastructure, source: repository });
  const clusters = environments.map((spec, i) => factory.fromSpec(spec, { vlan: downstream[i] as Vlan, gateway }));

  // ── Who talks to whom. Nothing else does, least of all with the home.
  const [https, kubernetesApi, talosApi] = [Port.tcp(443), Port.tcp(6443), Port.tcp(50_000)];
  for (const segment of [management, ...segments]) Internet.of(site).connections.allowFrom(segment, https);
  hci.connections.allowFrom(desk, https);
  for (const { host } of nodes) host.connections.allowFrom(desk, Port.tcp(22));
  for (const { host } of nodes) seedHost.connections.allowFrom(host, Port.tcp(7173)); // while they are installed
  for (const cluster of [seedHost, platform]) cluster.connections.allowFrom(desk, kubernetesApi);
  for (const cluster of [seedHost, platform, ...downstream]) cluster.connections.allowFrom(desk, talosApi);
  for (const { apiAddress } of clusters) apiAddress.connections.allowFrom(desk, kubernetesApi);
  for (const services of [platformServices, ...clusters.flatMap(({ peerings }) => peerings)]) services.connections.allowFrom(desk, https);
  for (const cluster of downstream) platformServices.connections.allowFrom(cluster, https);

  new ReachabilityProof(site, 'reachability');
  new BootstrapPlan(site, 'bootstrap');
  new SiteReport(site, 'report');
  return site;
});
