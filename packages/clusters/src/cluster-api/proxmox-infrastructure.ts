import { Check, ConfigError, type IConnectable, type IProvider, Port, type Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ClusterInfrastructure } from './cluster-infrastructure';
import { API_PORT, type ClusterPlan, type MachineRole, sizeOf, type Unnamed } from './cluster-plan';
import { kubernetesSecret } from './kubernetes-secret';

export interface ProxmoxInfrastructureProps {
  /** The Proxmox VE cluster, as its API is reached. */
  readonly cluster: IConnectable;
  /** Its nodes, for what fits on them; machines are made on these, by the names of their constructs. */
  readonly hosts: readonly IProvider[];
  /** `url`, `token` and `secret` of an API token, in a Secret of the management cluster; the key named here is `url`. */
  readonly credentials: Secret;
  /** Template of Talos (nocloud) that machines are cloned from, and the node that it is on. */
  readonly template: { readonly node: string; readonly vmId: number };
  /** VM ids of the machines, which nothing else has (100–999999999). */
  readonly vmIds: { readonly start: number; readonly end: number };
  /** Bridge with the segments' tags. @default `vmbr0` */
  readonly bridge?: string;
  /** Storage of the disks. @default - that of the template */
  readonly storage?: string;
}

/**
 * Virtual machines of Proxmox VE, through the provider of IONOS. Machines have addresses of a pool of their cluster; the address of the
 * API is one that the members of etcd pass on.
 * @see https://github.com/ionos-cloud/cluster-api-provider-proxmox
 */
export class ProxmoxInfrastructure implements ClusterInfrastructure {
  public readonly title = 'Proxmox VE';
  public readonly hosts: readonly IProvider[];
  public readonly standsOn: readonly IConstruct[];
  public readonly startsTalos = true;
  public readonly providers = [
    { kind: 'IPAMProvider' as const, name: 'in-cluster', version: 'v1.0.3', namespace: 'capi-ipam-in-cluster-system' },
    { kind: 'InfrastructureProvider' as const, name: 'proxmox', version: 'v0.9.0', namespace: 'capmox-system' },
  ];
  public readonly credentials: { readonly namespace: string; readonly name: string };

  /** @throws FACTORY_SECRET, FACTORY_VM_IDS, PROP_* */
  constructor(private readonly props: ProxmoxInfrastructureProps) {
    const check = new Check(AT);
    check.known(props, ['cluster', 'hosts', 'credentials', 'template', 'vmIds', 'bridge', 'storage']);
    this.hosts = check.list('hosts', props.hosts, 'pve01');
    this.standsOn = [check.present('cluster', props.cluster, 'pve')];
    this.credentials = kubernetesSecret(AT, 'credentials', props.credentials, 'url');
    check.known(check.present('template', props.template, "{ node: 'pve-01', vmId: 9000 }"), ['node', 'vmId']);
    check.label('template.node', props.template.node);
    check.integer('template.vmId', props.template.vmId, 100, 999_999_999);
    check.known(check.present('vmIds', props.vmIds, '{ start: 4000, end: 4999 }'), ['start', 'end']);
    check.integer('vmIds.start', props.vmIds.start, 100, 999_999_999);
    check.integer('vmIds.end', props.vmIds.end, 100, 999_999_999);
    if (props.vmIds.end < props.vmIds.start) {
      throw new ConfigError(AT, 'FACTORY_VM_IDS', `vmIds ends at ${props.vmIds.end}, before it starts at ${props.vmIds.start}`, {
        fix: `write { start: ${props.vmIds.end}, end: ${props.vmIds.start} }`,
      });
    }
    if (props.template.vmId >= props.vmIds.start && props.template.vmId <= props.vmIds.end) {
      throw new ConfigError(
        AT,
        'FACTORY_VM_IDS',
        `vmIds ${props.vmIds.start} to ${props.vmIds.end} has the template ${props.template.vmId} in it`,
        {
          fix: 'choose ids that nothing else has',
        },
      );
    }
  }

  public get api() {
    return { of: this.props.cluster, port: Port.tcp(8006) };
  }

  public cluster(plan: ClusterPlan): Unnamed {
    return {
      apiVersion: `${GROUP}/v1alpha2`,
      kind: 'ProxmoxCluster',
      spec: {
        allowedNodes: this.hosts.map(host => host.node.id).sort(),
        controlPlaneEndpoint: { host: plan.apiAddress, port: API_PORT },
        credentialsRef: this.credentials,
        dnsServers: plan.dnsServers,
        ipv4Config: {
          addresses: [`${plan.nodes.first}-${plan.nodes.last}`],
          gateway: plan.vlan.gateway,
          metric: 100,
          prefix: plan.subnet.prefixLength,
        },
      },
    };
  }

  /** Talos neither has cloud-init to ask nor, without its extension, the agent of QEMU; it learns its provider id from the metadata. */
  public machineTemplate(plan: ClusterPlan, role: MachineRole) {
    const { cores, memory, disk } = sizeOf(plan, role);
    const { template, bridge = 'vmbr0', storage, vmIds } = this.props;
    return {
      apiVersion: `${GROUP}/v1alpha2`,
      kind: 'ProxmoxMachineTemplate',
      spec: {
        sourceNode: template.node,
        templateID: template.vmId,
        full: true,
        ...(storage && { storage }),
        numSockets: 1,
        numCores: cores,
        memoryMiB: memory.toMebibytes(),
        disks: { bootVolume: { disk: 'scsi0', sizeGb: disk.toGibibytes() } },
        network: { networkDevices: [{ name: 'net0', bridge, model: 'virtio', vlan: plan.vlan.tag, defaultIPv4: true }] },
        vmIDRange: { start: vmIds.start, end: vmIds.end },
        checks: { skipCloudInitStatus: true, skipQemuGuestAgent: true },
        metadataSettings: { providerIDInjection: true },
      },
    };
  }
}

const AT = 'ProxmoxInfrastructure';
const GROUP = 'infrastructure.cluster.x-k8s.io';
