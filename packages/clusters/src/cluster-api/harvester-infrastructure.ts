import { Check, type IConnectable, type IProvider, Port, type Secret } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { ClusterInfrastructure } from './cluster-infrastructure';
import { API_PORT, type ClusterPlan, type MachineRole, sizeOf, type Unnamed } from './cluster-plan';
import { dottedMask } from './dotted-mask';
import { kubernetesSecret } from './kubernetes-secret';

export interface HarvesterInfrastructureProps {
  /** The Harvester cluster. */
  readonly cluster: IConnectable;
  /** Its nodes, for what fits on them. */
  readonly hosts: readonly IProvider[];
  /** Its address, `https://…`. */
  readonly server: string;
  /** Kubeconfig of an account of it, in the key `kubeconfig` of a Secret of the management cluster. */
  readonly identity: Secret;
  /** Segment of its nodes: there its load balancer answers for the addresses of the clusters' APIs. @see https://docs.harvesterhci.io/v1.7/networking/loadbalancer */
  readonly segment: Vlan;
  /** Its namespace for virtual machines, in which a network of each segment has the segment's name. @default `guests` */
  readonly namespace?: string;
  /** Image of Talos with the extension `siderolabs/qemu-guest-agent`, without which its load balancer learns no address of a machine: `namespace/name`. */
  readonly image: string;
  /** A key pair of it, which the provider asks for and Talos does not use: `namespace/name`. */
  readonly keyPair: string;
  /** Image of the provider's manager. @default - the released one, with which machines of Talos do not start, and a warning */
  readonly providerImage?: string;
}

/**
 * Virtual machines of Harvester, through its provider of Cluster API.
 *
 * Machines have addresses of a pool that the provider makes; the API has one of Harvester's load balancer, in the segment of the nodes.
 * The released provider merges sections of cloud-init into the configuration of every machine, which Talos refuses as unknown keys: an image
 * of the provider that leaves it as it is has to be built, and named in `providerImage`.
 * @see https://github.com/harvester/cluster-api-provider-harvester/issues/37
 */
export class HarvesterInfrastructure implements ClusterInfrastructure {
  public readonly title = 'Harvester';
  public readonly hosts: readonly IProvider[];
  public readonly standsOn: readonly IConstruct[];
  public readonly apiSegment: Vlan;
  /** Whether the provider is one that leaves configurations of Talos alone. */
  public readonly startsTalos: boolean;
  public readonly credentials: { readonly namespace: string; readonly name: string };
  private readonly namespace: string;

  /** @throws FACTORY_SECRET, PROP_* */
  constructor(private readonly props: HarvesterInfrastructureProps) {
    const check = new Check(AT);
    check.known(props, ['cluster', 'hosts', 'server', 'identity', 'segment', 'namespace', 'image', 'keyPair', 'providerImage']);
    this.hosts = check.list('hosts', props.hosts, 'ms01');
    this.standsOn = [check.present('cluster', props.cluster, 'hci')];
    check.text('server', props.server, /^https:\/\/[^\s/]+$/, 'an https address without a path', 'https://10.20.0.10');
    this.credentials = kubernetesSecret(AT, 'identity', props.identity, 'kubeconfig');
    this.apiSegment = check.instance('segment', props.segment, { name: 'Vlan', is: Vlan.isVlan }, 'harvester');
    this.namespace = check.label('namespace', props.namespace ?? 'guests');
    for (const key of ['image', 'keyPair'] as const)
      check.text(key, props[key], /^[a-z0-9-]+\/[a-z0-9.-]+$/, 'a namespace and a name', 'guests/talos');
    if (props.providerImage !== undefined)
      check.text(
        'providerImage',
        props.providerImage,
        /^[\w./:-]+@sha256:[0-9a-f]{64}$/,
        'an image with its digest',
        `registry.example.net/caphv@sha256:${'0'.repeat(64)}`,
      );
    this.startsTalos = props.providerImage !== undefined;
  }

  public get api() {
    return { of: this.props.cluster, port: Port.tcp(443) };
  }

  public get providers() {
    const { providerImage } = this.props;
    return [
      {
        kind: 'InfrastructureProvider' as const,
        name: 'harvester-harvester',
        version: 'v0.10.1',
        namespace: 'caphv-system',
        ...(providerImage && { image: providerImage }),
      },
    ];
  }

  public cluster(plan: ClusterPlan): Unnamed {
    const network = { vmNetwork: `${this.namespace}/${plan.vlan.name}`, subnet: plan.subnet.cidr, gateway: plan.vlan.gateway };
    const [segment] = this.apiSegment.subnets as [(typeof this.apiSegment.subnets)[0]];
    return {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'HarvesterCluster',
      spec: {
        server: this.props.server,
        identitySecret: this.credentials,
        targetNamespace: this.namespace,
        controlPlaneEndpoint: { host: plan.apiAddress, port: API_PORT },
        loadBalancerConfig: {
          ipamType: 'pool',
          // One address only, so that the load balancer takes no other.
          ipPool: {
            vmNetwork: `${this.namespace}/${plan.vlan.name}`,
            subnet: segment.cidr,
            gateway: this.apiSegment.gateway,
            rangeStart: plan.apiAddress,
            rangeEnd: plan.apiAddress,
          },
        },
        vmNetworkConfig: {
          ipPool: { ...network, rangeStart: plan.nodes.first, rangeEnd: plan.nodes.last },
          gateway: plan.vlan.gateway,
          subnetMask: dottedMask(plan.subnet.prefixLength),
          dnsServers: plan.dnsServers,
        },
      },
    };
  }

  public machineTemplate(plan: ClusterPlan, role: MachineRole) {
    const { cores, memory, disk } = sizeOf(plan, role);
    return {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'HarvesterMachineTemplate',
      spec: {
        cpu: cores,
        memory: memory.toQuantity(),
        sshUser: 'talos',
        sshKeyPair: this.props.keyPair,
        networks: [`${this.namespace}/${plan.vlan.name}`],
        volumes: [{ volumeType: 'image', imageName: this.props.image, volumeSize: disk.toQuantity(), bootOrder: 0 }],
      },
    };
  }
}

const AT = 'HarvesterInfrastructure';
const GROUP = 'infrastructure.cluster.x-k8s.io';
