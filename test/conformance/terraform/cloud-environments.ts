import { type Cloud, NodePool } from '@ashlar/clusters';
import { AwsCloud } from '@ashlar/clusters/aws';
import { AzureCloud } from '@ashlar/clusters/azure';
import { GoogleCloud } from '@ashlar/clusters/google';
import { HetznerCloud } from '@ashlar/clusters/hetzner';
import { Port, Secret, Site, Size } from '@ashlar/core';
import { Internet, Vlan } from '@ashlar/network';
import {
  HcloudFirewallAttachmentResource,
  HcloudImageData,
  HcloudLoadBalancerNetworkResource,
  HcloudLoadBalancerResource,
  HcloudLoadBalancerServiceResource,
  HcloudLoadBalancerTargetResource,
  HcloudLocationData,
  HcloudNetworkData,
  HcloudNetworkRouteResource,
  HcloudPrimaryIpResource,
  HcloudRdnsResource,
  HcloudServerNetworkResource,
  HcloudSshKeyData,
  HcloudVolumeAttachmentResource,
  HcloudVolumeResource,
} from '@ashlar/provider-hcloud';
import {
  TalosClientConfigurationData,
  TalosClusterHealthData,
  TalosClusterKubeconfigResource,
  TalosClusterResource,
  TalosImageFactoryExtensionsVersionsData,
  TalosImageFactorySchematicResource,
  TalosImageFactoryUrlsData,
  TalosMachineBootstrapResource,
  TalosMachineConfigurationApplyResource,
  TalosMachineConfigurationData,
  TalosMachineDisksData,
  TalosMachineResource,
  TalosMachineSecretsResource,
  TalosProvider,
} from '@ashlar/provider-talos';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend, type TerraformStack } from 'cdktf';
import { type Committed, renderedWorkspaces } from './configuration';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExam ops@example.net';
const COMMON = { network: '10.10.0.0/16', sshKeys: [KEY] };

const CLOUDS: Readonly<Record<string, (stack: TerraformStack) => Cloud>> = {
  hetzner: stack => new HetznerCloud(stack, 'cloud', { ...COMMON, location: 'hel1', token: Secret.fromTerraformVariable('hcloud_token') }),
  aws: stack => new AwsCloud(stack, 'cloud', { ...COMMON, region: 'eu-central-1' }),
  google: stack => new GoogleCloud(stack, 'cloud', { ...COMMON, project: 'example-project', region: 'europe-west3' }),
  azure: stack =>
    new AzureCloud(stack, 'cloud', { ...COMMON, subscription: '00000000-0000-0000-0000-000000000000', location: 'westeurope' }),
};

/** One declaration of a pool, in four clouds; every other binding of Hetzner; every binding of Talos. */
export function cloudWorkspaces(): Committed[] {
  return [...Object.keys(CLOUDS).flatMap(name => renderedWorkspaces(cloudSite(name))), ...restOfHcloud(), ...talos()];
}

export function cloudSite(name: string): Site {
  const site = new Site(name, { domain: 'cloud.example.net' });
  const nodes = new Vlan(site, 'nodes', { tag: 10, ipv4: '10.10.1.0/24' });
  const office = new Vlan(site, 'office', { tag: 20, ipv4: '203.0.113.0/26' });
  const { stack } = new TerraformWorkspace(site, 'pools', { backend: at => new LocalBackend(at, { path: 'terraform.tfstate' }) });
  const pool = new NodePool(CLOUDS[name]!(stack), 'web', {
    count: 5,
    size: { threads: 32, memory: Size.gibibytes(128) },
    disk: Size.gibibytes(80),
    image: 'debian-13',
    vlan: nodes,
    from: 11,
  });
  for (const member of pool.members) {
    for (const peer of pool.members) if (peer !== member) member.connections.allowFrom(peer, Port.range('tcp', 2379, 2380));
    member.connections.allowFrom(Internet.of(site), Port.tcp(443));
    member.connections.allowFrom(office, Port.icmp());
    member.connections.allowTo(Internet.of(site), Port.tcp(443));
    member.firstBoot.file('/etc/app/token', Secret.fromTerraformVariable('app_token'));
    member.firstBoot.file('/etc/app/settings', 'home = "${HOME}"\nshare = 5%{}\n');
    member.firstBoot.run('echo "$' + "{HOME}\" 'single' \\ back");
  }
  return site;
}

function bare(name: string, build: (stack: TerraformStack) => void): Committed[] {
  const site = new Site(name, { domain: 'cloud.example.net' });
  const { stack } = new TerraformWorkspace(site, 'bindings', { backend: at => new LocalBackend(at, { path: 'terraform.tfstate' }) });
  build(stack);
  return renderedWorkspaces(site);
}

/** What pools do not use. */
function restOfHcloud(): Committed[] {
  return bare('hcloud', stack => {
    const cloud = new HetznerCloud(stack, 'cloud', { ...COMMON, location: 'fsn1', token: Secret.fromTerraformVariable('hcloud_token') });
    const key = new HcloudSshKeyData(stack, 'known-key', { name: 'ops' });
    new HcloudImageData(stack, 'image', { name: 'debian-13', withArchitecture: 'x86' });
    new HcloudLocationData(stack, 'location', { name: 'fsn1' });
    const network = new HcloudNetworkData(stack, 'known-network', { name: 'office' });
    new HcloudNetworkRouteResource(stack, 'route', { networkId: network.id, destination: '10.20.0.0/16', gateway: '10.10.1.5' });
    new HcloudServerNetworkResource(stack, 'joined', { serverId: 1, networkId: network.id, ip: '10.10.1.9' });
    new HcloudFirewallAttachmentResource(stack, 'guarded', { firewallId: 1, labelSelectors: ['role=web'] });
    const address = new HcloudPrimaryIpResource(stack, 'address', {
      name: 'api',
      type: 'ipv4',
      assigneeType: 'server',
      location: 'fsn1',
      autoDelete: false,
    });
    new HcloudRdnsResource(stack, 'name', { primaryIpId: address.id, ipAddress: address.ipAddress, dnsPtr: 'api.cloud.example.net' });
    const balancer = new HcloudLoadBalancerResource(stack, 'balancer', {
      name: 'api',
      loadBalancerType: 'lb11',
      location: 'fsn1',
      labels: { key: key.fingerprint, cloud: cloud.node.id },
    });
    const loadBalancerId = balancer.getNumberAttribute('id');
    new HcloudLoadBalancerNetworkResource(stack, 'balanced', { loadBalancerId, networkId: network.id, ip: '10.10.1.4' });
    new HcloudLoadBalancerServiceResource(stack, 'service', {
      loadBalancerId: balancer.id,
      protocol: 'tcp',
      listenPort: 6443,
      destinationPort: 6443,
      healthCheck: { protocol: 'tcp', port: 6443, interval: 10, timeout: 5, retries: 3 },
    });
    new HcloudLoadBalancerTargetResource(stack, 'target', {
      loadBalancerId,
      type: 'label_selector',
      labelSelector: 'role=web',
      usePrivateIp: true,
    });
    const volume = new HcloudVolumeResource(stack, 'volume', { name: 'data', size: 50, location: 'fsn1', format: 'ext4' });
    new HcloudVolumeAttachmentResource(stack, 'attached', { serverId: 1, volumeId: volume.getNumberAttribute('id') });
  });
}

function talos(): Committed[] {
  return bare('talos', stack => {
    const [talosVersion, node] = ['v1.12.4', '192.0.2.11'];
    new TalosProvider(stack, 'talos');
    const schematic = new TalosImageFactorySchematicResource(stack, 'schematic', { schematic: 'customization: {}\n' });
    new TalosImageFactoryExtensionsVersionsData(stack, 'extensions', { talosVersion, filters: { names: ['qemu-guest-agent'] } });
    new TalosImageFactoryUrlsData(stack, 'urls', { talosVersion, schematicId: schematic.id, platform: 'metal' });
    const secrets = new TalosMachineSecretsResource(stack, 'secrets', { talosVersion });
    const { clientConfiguration } = secrets;
    const configuration = new TalosMachineConfigurationData(stack, 'configuration', {
      clusterName: 'media',
      clusterEndpoint: 'https://192.0.2.10:6443',
      machineType: 'controlplane',
      machineSecrets: secrets.machineSecrets,
      talosVersion,
      kubernetesVersion: '1.34.4',
      configPatches: ['machine: {}\n'],
    });
    const { machineConfiguration } = configuration;
    const applied = new TalosMachineConfigurationApplyResource(stack, 'applied', {
      clientConfiguration,
      machineConfigurationInput: machineConfiguration,
      node,
      onDestroy: { graceful: true, reset: true },
    });
    const begun = new TalosMachineBootstrapResource(stack, 'begun', { clientConfiguration, node, dependsOn: [applied] });
    new TalosClusterKubeconfigResource(stack, 'kubeconfig', { clientConfiguration, node, dependsOn: [begun] });
    new TalosClientConfigurationData(stack, 'client', { clientConfiguration, clusterName: 'media', endpoints: [node], nodes: [node] });
    new TalosClusterHealthData(stack, 'health', { clientConfiguration, controlPlaneNodes: [node], endpoints: [node], dependsOn: [begun] });
    new TalosMachineDisksData(stack, 'disks', { clientConfiguration, node, selector: 'disk.size > 6u * GB' });
    new TalosMachineResource(stack, 'machine', { clientConfiguration, machineConfiguration, node: '192.0.2.12' });
    new TalosClusterResource(stack, 'cluster', { clientConfiguration, kubernetesVersion: '1.34.4', node });
  });
}
