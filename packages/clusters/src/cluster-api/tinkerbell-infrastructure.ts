import { Check, type IProvider } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { ClusterInfrastructure } from './cluster-infrastructure';
import { API_PORT, type ClusterPlan, type MachineRole, type Unnamed } from './cluster-plan';

export interface TinkerbellInfrastructureProps {
  /** What boots the machines; it runs in the management cluster. */
  readonly stack: IConstruct;
  /** Address of it. */
  readonly address: Host;
  /** The machines, whose Hardware objects carry the labels. */
  readonly hosts: readonly IProvider[];
  /** Template of Tinkerbell that writes Talos to the disk, in the namespace of the stack. */
  readonly template: { readonly namespace: string; readonly name: string };
  /** Labels of the Hardware of each role. @default `{ 'cluster.x-k8s.io/role': <role> }` */
  readonly labels?: (role: MachineRole) => Readonly<Record<string, string>>;
}

/**
 * Machines without a hypervisor, which Tinkerbell installs. Their sizes are what they are, and their addresses those of their Hardware, as
 * `nodes` of the cluster; the address of the API is one that the members of etcd pass on.
 * @see https://github.com/tinkerbell/cluster-api-provider-tinkerbell
 */
export class TinkerbellInfrastructure implements ClusterInfrastructure {
  public readonly title = 'Tinkerbell';
  public readonly hosts: readonly IProvider[];
  public readonly standsOn: readonly IConstruct[];
  public readonly startsTalos = true;

  /** @throws PROP_* */
  constructor(private readonly props: TinkerbellInfrastructureProps) {
    const check = new Check(AT);
    check.known(props, ['stack', 'address', 'hosts', 'template', 'labels']);
    this.standsOn = [check.present('stack', props.stack, 'tinkerbell')];
    check.present('address', props.address, "provisioning.host('tinkerbell', 2)");
    this.hosts = check.list('hosts', props.hosts, 'node1');
    check.known(check.present('template', props.template, "{ namespace: 'tinkerbell', name: 'talos' }"), ['namespace', 'name']);
    for (const key of ['namespace', 'name'] as const) check.label(`template.${key}`, props.template[key]);
  }

  public get providers() {
    return [
      {
        kind: 'InfrastructureProvider' as const,
        name: 'tinkerbell-tinkerbell',
        version: 'v0.7.0',
        namespace: 'capt-system',
        variables: { TINKERBELL_IP: this.props.address.ip },
      },
    ];
  }

  public cluster(plan: ClusterPlan): Unnamed {
    return {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'TinkerbellCluster',
      spec: { controlPlaneEndpoint: { host: plan.apiAddress, port: API_PORT }, templateOverrideRef: this.props.template },
    };
  }

  public machineTemplate(_plan: ClusterPlan, role: MachineRole) {
    const matchLabels = this.props.labels?.(role) ?? { 'cluster.x-k8s.io/role': role };
    return {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'TinkerbellMachineTemplate',
      spec: { bootOptions: { bootMode: 'netboot' }, hardwareAffinity: { required: [{ labelSelector: { matchLabels } }] } },
    };
  }
}

const AT = 'TinkerbellInfrastructure';
const GROUP = 'infrastructure.cluster.x-k8s.io';
