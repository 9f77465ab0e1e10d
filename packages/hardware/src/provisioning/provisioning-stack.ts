import {
  type Address,
  Check,
  Claims,
  ConfigError,
  type Depiction,
  type IAddressed,
  type IConnectable,
  type IDepicted,
  type IInstance,
  type ILifecycle,
  type IPlaced,
  type IServing,
  type IVlan,
  isConnectable,
  isPlaced,
  isVlan,
  type Lifecycle,
  onRender,
  type Placement,
  type Port,
  pathOf,
  Site,
  vacant,
} from '@ashlar/core';
import { ChartRelease, KubernetesCluster, type Unit } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import type { BootHardware } from './boot-hardware';
import { isBootHardware } from './is-boot-hardware';
import { BMC_AFTER_HARDWARE } from './rules/bmc-after-hardware';
import { BOOT_NIC_NOT_LINKED } from './rules/boot-nic-not-linked';
import { DHCP_NO_AUTHORITY } from './rules/dhcp-no-authority';
import { DHCP_TWO_AUTHORITIES } from './rules/dhcp-two-authorities';
import { PXE_VLAN_TAGGED } from './rules/pxe-vlan-tagged';
import { REINSTALL_PENDING } from './rules/reinstall-pending';
import { STACK_INSIDE } from './rules/stack-inside';
import { secretsPage } from './secrets-page';
import { hasAddresses, serverAddresses, stackAddress } from './segment-address';
import { stackLifecycle } from './stack-lifecycle';
import { ARTIFACTS_FOLDER, NAMESPACE, PORTS, stackValues } from './stack-values';
import { isProvisioningStack, STACK } from './stacks-of';

/** Who gives out addresses where machines boot: the stack by itself, or the DHCP server that is there, beside which it only tells what to boot. */
export type DhcpMode = 'reservation' | 'proxy' | 'auto-proxy';

export interface ProvisioningStackProps {
  /** What the cluster's node is on which the stack runs: a Machine or a virtual machine that boots without it. */
  readonly runsOn: IPlaced;
  /** Name and address of that node in the segment. The name is that of the Kubernetes node. */
  readonly address: IAddressed;
  /** Segment in which machines boot; requests are broadcasts, so the node has an address in it. */
  readonly vlan: IVlan;
  /**
   * `reservation`: the stack is the segment's DHCP server. `proxy`: the gateway is, and the stack adds what to boot.
   * `auto-proxy`: the same, also for machines that it does not know.
   * @default `reservation`
   */
  readonly dhcpMode?: DhcpMode;
  /** Resolvers that machines are told. @default - the gateway of the segment */
  readonly nameServers?: readonly IAddressed[];
  /** Time servers that machines are told. @default - none */
  readonly timeServers?: readonly IAddressed[];
}

/**
 * Tinkerbell: installs operating systems on machines over the network, and switches them on and off through their BMC.
 *
 * It runs outside what it boots: on a node of a small cluster of its own, with the network of that node, because a request for
 * an address is a broadcast that reaches no pod.
 *
 * @see https://github.com/tinkerbell/tinkerbell/blob/main/docs/technical/DHCP_BOOT_MODES.md
 */
export class ProvisioningStack extends Construct implements IPlaced, IDepicted, ILifecycle, IServing {
  public static isProvisioningStack(x: unknown): x is ProvisioningStack {
    return isProvisioningStack(x);
  }

  public readonly cluster: KubernetesCluster;
  public readonly runsOn: IPlaced;
  /** Where machines reach it. */
  public readonly address: Address;
  public readonly vlan: IVlan;
  public readonly dhcpMode: DhcpMode;
  /** @default - those of the segment's router */
  public readonly nameServers?: readonly string[];
  public readonly timeServers: readonly string[];
  /** Where Hardware, Templates and Workflows are. */
  public readonly unit: Unit;
  private readonly host: IAddressed;

  /** @throws STACK_CLUSTER, STACK_SECOND, STACK_SEGMENT_TAKEN, STACK_ADDRESS, PROP_* */
  constructor(cluster: KubernetesCluster, id: string, props: ProvisioningStackProps) {
    super(vacant(cluster, id), id);
    Object.defineProperty(this, STACK, { value: true });
    if (!KubernetesCluster.isKubernetesCluster(cluster)) {
      throw new ConfigError(this, 'STACK_CLUSTER', 'must be made in the cluster that it runs in', {
        fix: "write new ProvisioningStack(cluster, 'tinkerbell', …)",
      });
    }
    const check = new Check(this);
    check.known(props, ['runsOn', 'address', 'vlan', 'dhcpMode', 'nameServers', 'timeServers']);
    this.cluster = cluster;
    this.runsOn = check.instance('runsOn', props.runsOn, { name: 'Machine', is: hasPlacement }, 'bootServer');
    this.vlan = check.instance('vlan', props.vlan, { name: 'Vlan', is: isSegment }, 'provisioning');
    this.host = check.instance('address', props.address, { name: 'Host', is: hasAddresses }, `${this.vlan.name}.host('boot')`);
    this.address = stackAddress(this, this.host, this.vlan);
    this.dhcpMode = check.choice('dhcpMode', props.dhcpMode ?? 'reservation', ['reservation', 'proxy', 'auto-proxy']);
    this.nameServers = props.nameServers && serverAddresses(this, 'nameServers', check.list('nameServers', props.nameServers, 'resolver'));
    this.timeServers = props.timeServers ? serverAddresses(this, 'timeServers', check.list('timeServers', props.timeServers, 'clock')) : [];
    this.claimOnce();

    const release = new ChartRelease(cluster, 'tinkerbell', {
      chart: 'tinkerbell',
      repository: 'oci://ghcr.io/tinkerbell/charts',
      version: 'v0.25.0',
      namespace: NAMESPACE,
      values: stackValues({ nodeName: this.address.name, ip: this.address.ip, dhcpMode: this.dhcpMode }),
      defines: ['tinkerbell.org', 'bmc.tinkerbell.org'],
    });
    this.unit = cluster.namespace(id, { existingNamespace: NAMESPACE });
    this.unit.startAfter(release);
    if ('firstBoot' in this.runsOn) (this.runsOn as IInstance).firstBoot.run(`mkdir -p ${ARTIFACTS_FOLDER}`);
    if (isConnectable(this.host) && isConnectable(this.vlan)) {
      for (const port of PORTS) this.host.connections.allowFrom(this.vlan, port);
    }
    Site.of(this).addRules(
      STACK_INSIDE,
      DHCP_TWO_AUTHORITIES,
      DHCP_NO_AUTHORITY,
      PXE_VLAN_TAGGED,
      BOOT_NIC_NOT_LINKED,
      REINSTALL_PENDING,
      BMC_AFTER_HARDWARE,
    );
    onRender(this, output => {
      const page = secretsPage(this.hardware);
      if (page) output.write(this, `devices/provisioning/${cluster.name}/secrets.md`, page);
    });
  }

  /** Machines that it boots, by name. */
  public get hardware(): readonly BootHardware[] {
    return this.node.children.filter(isBootHardware).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  public get lifecycle(): Lifecycle {
    return stackLifecycle(this);
  }

  /** Installers and machines that boot ask it by its address. */
  public get serves(): readonly string[] {
    return [this.address.ip];
  }

  public get placement(): Placement {
    return { standsOn: isPlaced(this.cluster) ? [[this.runsOn], [this.cluster]] : [[this.runsOn]] };
  }

  public get depiction(): Depiction {
    return {
      kind: 'service',
      label: 'Tinkerbell',
      facts: [`boots ${this.hardware.length} machines`, `DHCP ${this.dhcpMode}`, this.address.ip],
    };
  }

  /** @internal Lets the stack reach a BMC. */
  public _reach(bmc: IAddressed, port: Port): void {
    if (isConnectable(this.host) && isConnectable(bmc)) (bmc as IConnectable).connections.allowFrom(this.host, port);
  }

  private claimOnce(): void {
    const claims = Claims.of(this);
    claims.claim('provisioning stack', this.cluster.node.path, this, holder => {
      return new ConfigError(
        this,
        'STACK_SECOND',
        `${pathOf(this.cluster)} already runs ${pathOf(holder)}, and both would use the ports of its node`,
        {
          fix: 'let one stack boot all machines, or run the second in a cluster of its own',
        },
      );
    });
    claims.claim('provisioning segment', this.vlan.node.path, this, holder => {
      return new ConfigError(this, 'STACK_SEGMENT_TAKEN', `${pathOf(holder)} already answers machines that boot in ${pathOf(this.vlan)}`, {
        fix: 'give each stack a segment of its own',
      });
    });
  }
}

function hasPlacement(x: unknown): boolean {
  return Construct.isConstruct(x) && isPlaced(x as Construct);
}

function isSegment(x: unknown): boolean {
  return Construct.isConstruct(x) && isVlan(x as Construct);
}
