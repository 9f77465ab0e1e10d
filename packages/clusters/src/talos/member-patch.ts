import { createHash } from 'node:crypto';
import { type Address, toYaml } from '@ashlar/core';
import { Host, Vlan } from '@ashlar/network';
import {
  type ConfigDocument,
  hostname,
  link,
  linkAlias,
  registryMirror,
  resolvers,
  systemVolume,
  timeServers,
  userVolume,
  virtualAddress,
} from './config-documents';
import { CONFIGURATION, type MachineSettings, machineConfig } from './machine-config';
import { dataDisksOf, requiredMac } from './node-port';
import type { TalosCluster } from './talos-cluster';
import { placeLabels, type TalosMember } from './talos-member';

/** A patch without secrets, and what the node says of itself when it runs it. */
export interface MemberPatch {
  readonly text: string;
  readonly digest: string;
}

/** Our name of the port by which a member is among the others. */
const PORT = 'cluster0';

/**
 * The configuration of one machine, as a patch: a document after the other, sorted.
 * @param backupNamespaces namespaces whose pods may take snapshots of etcd
 */
export function memberPatch(cluster: TalosCluster, member: TalosMember, backupNamespaces: readonly string[]): MemberPatch {
  const patches = (cluster.props.patches ?? []).filter(({ nodes }) => nodes === undefined || nodes.includes(member.node));
  const own = patches.map(({ config }) => config);
  const settings = machineSettings(cluster, member, backupNamespaces);
  const sections = own.filter(config => !('kind' in config));
  const first = sections.reduce<object>((all, patch) => merge(all, patch) as object, machineConfig(settings));
  const documents = [...documentsOf(cluster, member), ...own.filter((config): config is ConfigDocument => 'kind' in config)];
  const text = (document: object) => [document, ...documents.sort(byKindAndName)].map(toYaml).join('---\n');
  const digest = createHash('sha256').update(text(first)).digest('hex').slice(0, 16);
  return { text: text(merge(first, { machine: { nodeAnnotations: { [CONFIGURATION]: digest } } }) as object), digest };
}

function machineSettings(cluster: TalosCluster, member: TalosMember, backupNamespaces: readonly string[]): MachineSettings {
  const { props, endpoint } = cluster;
  const { node, address } = member;
  return {
    node,
    controlPlane: member.controlPlane,
    installDisk: props.installDisk,
    installer: cluster.image.installer(),
    nodeSubnets: address.vlan.cidrs.filter(cidr => cidr.includes(':') === (address.family === 6)),
    podCidr: cluster.pods.cidr,
    serviceCidr: cluster.services.cidr,
    apiNames: [endpoint.address?.ip ?? endpoint.host, ...(Host.isHost(props.endpoint) ? [props.endpoint.fqdn] : [])],
    labels: placeLabels(node),
    workloadsOnControlPlanes: cluster.workers.length === 0,
    backupNamespaces,
  };
}

function documentsOf(cluster: TalosCluster, member: TalosMember): ConfigDocument[] {
  const { props, endpoint } = cluster;
  const { node, address } = member;
  const { encryption = 'nodeID', timeServers: clocks = [], registryMirrors = {} } = props;
  // Nothing but its configuration tells a machine of its own its address.
  const bare = cluster.image.platform === 'metal';
  const nameservers = props.nameservers ?? (bare ? gatewaysOf(address) : []);
  const virtual = member.controlPlane ? endpoint.address : undefined;
  return [
    hostname(node.hostName),
    ...(virtual || bare ? [linkAlias(PORT, requiredMac(cluster, node, address))] : []),
    ...(virtual ? [virtualAddress(virtual.ip, PORT)] : []),
    ...(bare ? [linkOf(member)] : []),
    ...(nameservers.length > 0 ? [resolvers(nameservers)] : []),
    ...(clocks.length > 0 ? [timeServers(clocks)] : []),
    ...Object.entries(registryMirrors).map(([registry, endpoints]) => registryMirror(registry, endpoints)),
    ...(encryption === 'none' ? [] : [systemVolume('STATE', encryption), systemVolume('EPHEMERAL', encryption)]),
    ...dataDisksOf(node).map(disk => userVolume(disk, encryption)),
  ];
}

function gatewaysOf({ vlan }: Address): readonly string[] {
  return Vlan.isVlan(vlan) ? vlan.gateways : [];
}

function linkOf({ node, address }: TalosMember): ConfigDocument {
  const own = node.addresses.filter(({ vlan }) => vlan === address.vlan);
  return link(
    PORT,
    own.map(({ ip, prefixLength }) => `${ip}/${prefixLength}`),
    gatewaysOf(address),
  );
}

/** What a patch says of a key takes the place of what is there; of sections, key by key. */
function merge(base: unknown, patch: unknown): unknown {
  if (!isSection(base) || !isSection(patch)) return patch;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  return Object.fromEntries(keys.map(key => [key, key in patch ? merge(base[key], patch[key]) : base[key]]));
}

function isSection(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function byKindAndName(a: ConfigDocument, b: ConfigDocument): number {
  const key = ({ kind, name }: ConfigDocument) => `${kind}\0${String(name ?? '')}`;
  return key(a) < key(b) ? -1 : 1;
}
