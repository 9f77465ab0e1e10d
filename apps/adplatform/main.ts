/** A platform on rented servers. Read top to bottom; `npm run synth` writes what it means to ./out. */
import { BootstrapPlan, SiteReport } from '@ashlar/analysis';
import { HetznerAutoscaler, K3sCluster, K3sUpgrades, MoveWorkspace, NodePool, ProviderMove } from '@ashlar/clusters';
import { AwsCloud, awsState } from '@ashlar/clusters/aws';
import { HetznerCloud, HetznerLoadBalancer, hetznerState } from '@ashlar/clusters/hetzner';
import { Duration, environment, Port, Secret, Site, Size, Version } from '@ashlar/core';
import { ArgoCd } from '@ashlar/gitops';
import { ContainerImage, Controller, EventScaling, ScaleTrigger, Workload } from '@ashlar/kubernetes';
import { Internet, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';

/** The people who run it. */
const OPS = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlaceholderPlaceholderPlaceholderPlacehold ops@example.net'];

const ADS = ContainerImage.of('registry.example.net/ads/api', '1.4.2', `sha256:${'3f'.repeat(32)}`);
const BIDDER = ContainerImage.of('registry.example.net/ads/bidder', '2.0.1', `sha256:${'7c'.repeat(32)}`);

export const adplatform = environment(module, () => {
  const site = new Site('adplatform', { domain: 'ads.example.net' });
  const internet = Internet.of(site);

  // ── Where it runs: five servers with 32 threads at Hetzner, each on a machine of its own.
  const nodes = new Vlan(site, 'nodes', { tag: 410, ipv4: '10.4.10.0/24' });
  const office = new Vlan(site, 'office', { tag: 402, ipv4: '198.51.100.0/28', outside: true });
  const state = new TerraformWorkspace(site, 'hetzner', { backend: hetznerState({ bucket: 'adplatform-state', location: 'nbg1' }) });
  const hetzner = new HetznerCloud(state.stack, 'falkenstein', {
    location: 'fsn1',
    network: '10.4.0.0/16',
    token: Secret.fromTerraformVariable('hcloud_token'),
    sshKeys: OPS,
  });
  const servers = { count: 5, disk: Size.gibibytes(320), image: 'debian-13', from: 11 } as const;
  const k3s = new NodePool(hetzner, 'k3s', { ...servers, size: 'ccx53', vlan: nodes });
  const api = new HetznerLoadBalancer(hetzner, 'api', { host: nodes.host('api', 5), pool: k3s, ports: [Port.tcp(6443)] });
  new HetznerLoadBalancer(hetzner, 'ingress', {
    host: nodes.host('ingress', 6),
    pool: k3s,
    ports: [Port.tcp(80), Port.tcp(443)],
    exposed: true,
  });

  // ── One cluster over them, which follows the repository.
  const prod = new K3sCluster(site, 'ads-prod', {
    version: Version.of('v1.34.2+k3s1'),
    servers: k3s.members,
    apiAddress: api,
    token: Secret.fromTerraformVariable('k3s_token'),
    network: 'cilium',
    podCidr: '10.204.0.0/16',
    serviceCidr: '10.205.0.0/16',
    adminUser: 'ops',
  });
  new K3sUpgrades(prod);
  // More servers while pods find no room; they leave when they are empty.
  const hcloud = (key: string) => Secret.fromKubernetes('kube-system', 'hcloud', key);
  new HetznerAutoscaler(prod, 'burst', {
    groups: { burst: { size: 'ccx33', region: 'fsn1', max: 5 } },
    network: 'falkenstein',
    firewall: 'k3s',
    token: hcloud('token'),
    cloudInit: hcloud('cloud-init'),
  });
  new ArgoCd(prod, 'argocd', { repository: 'https://git.example.net/ads.git', path: 'apps/adplatform/out' });

  // ── What runs there.
  const ads = prod.namespace('ads');
  const service = new Workload(ads, 'api', {
    image: ADS,
    port: 8080,
    controller: Controller.deployment({ autoscale: { min: 3, max: 30 } }),
  });
  service.expose({ host: 'api.ads.example.net' });
  const bidder = new Workload(ads, 'bidder', { image: BIDDER, port: 8081, replicas: 3 });
  const evening = { timeZone: 'Europe/Vienna', start: '0 17 * * *', end: '0 23 * * *', replicas: 20 };
  new EventScaling(bidder, 'scaling', { min: 3, max: 40, triggers: [ScaleTrigger.cron(evening)] });

  // ── Who talks to whom. Nothing else does.
  api.connections.allowFrom(nodes, Port.tcp(6443)); // of servers that come with the load
  bidder.connections.allowFrom(service);
  for (const server of k3s.members) {
    server.connections.allowFrom(office, Port.tcp(22));
    api.connections.allowFrom(server, Port.tcp(6443));
    for (const port of [Port.tcp(80), Port.tcp(443), Port.udp(123)]) server.connections.allowTo(internet, port);
  }

  // ── The way out: the same pool at AWS, which nobody pays for until the cluster goes there, and how it does while it runs.
  const nextNodes = new Vlan(site, 'next-nodes', { tag: 510, ipv4: '10.5.10.0/24' });
  const nextState = new MoveWorkspace(site, 'aws', { backend: awsState({ bucket: 'adplatform-state', region: 'eu-central-1' }) });
  const aws = new AwsCloud(nextState.stack, 'frankfurt', { region: 'eu-central-1', network: '10.5.0.0/16', sshKeys: OPS });
  const next = new NodePool(aws, 'next', { ...servers, size: { threads: 32, memory: Size.gibibytes(128) }, vlan: nextNodes });
  new ProviderMove(prod, 'to-aws', { from: k3s, to: next, names: ['api.ads.example.net'] });

  new BootstrapPlan(site, 'bootstrap', { within: Duration.minutes(60) });
  new SiteReport(site, 'report');
  return site;
});
