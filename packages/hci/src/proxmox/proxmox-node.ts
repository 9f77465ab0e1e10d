import {
  type Address,
  Check,
  ConfigError,
  type IAddressed,
  type ILifecycle,
  type IPlaced,
  type IProvider,
  type IVlan,
  type Lifecycle,
  type Placement,
  type Resources,
  Size,
  vacant,
} from '@ashlar/core';
import { Machine } from '@ashlar/hardware';
import { Host } from '@ashlar/network';
import { Construct, type IConstruct } from 'constructs';
import { nodeLifecycle } from './lifecycle/node-lifecycle';
import { NodeSystem } from './lifecycle/node-system';

export interface ProxmoxNodeProps {
  /** The machine that it runs on. @default - not in the model, so that nothing is known of its size and place */
  readonly machine?: Machine;
  /** Its name and address. @default - `address` */
  readonly host?: Host;
  /** Name that it was installed with, a DNS label. @default - that of the machine, or of the host */
  readonly name?: string;
  /** IP address under which the others reach it. @default - that of the host */
  readonly address?: string;
  /** Addresses of the node on further segments: another link of corosync, the copies of disks. @default - none */
  readonly otherHosts?: readonly Host[];
  /** Memory that guests do not get: Proxmox VE itself and the read cache of ZFS. @default Size.gibibytes(1) */
  readonly reservedMemory?: Size;
}

/** One hypervisor of a cluster. */
export class ProxmoxNode extends Construct implements IPlaced, IProvider, IAddressed, ILifecycle {
  public static isProxmoxNode(x: unknown): x is ProxmoxNode {
    return typeof x === 'object' && x !== null && NODE in x;
  }

  public readonly name: string;
  public readonly machine?: Machine;
  public readonly host?: Host;
  /** IP address under which the others reach it. */
  public readonly address: string;
  /** Its addresses on further segments. */
  public readonly otherHosts: readonly Host[];
  /** What is installed on its machine. */
  public readonly system: NodeSystem;
  private readonly reservedMemory: Size;

  /** @throws PROXMOX_NODE_NAME, PROXMOX_NODE_ADDRESS */
  constructor(cluster: Construct, props: ProxmoxNodeProps) {
    super(vacant(cluster, nodeName(cluster, props)), nodeName(cluster, props));
    Object.defineProperty(this, NODE, { value: true });
    const check = new Check(this);
    check.known(props, ['machine', 'host', 'name', 'address', 'otherHosts', 'reservedMemory']);
    if (props.machine !== undefined) check.instance('machine', props.machine, { name: 'Machine', is: Machine.isMachine }, 'machine');
    if (props.host !== undefined) check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "management.host('pve-01', 10)");
    this.name = check.label('the name of a node', this.node.id);
    this.machine = props.machine;
    this.host = props.host;
    const address = props.address ?? props.host?.ip;
    if (typeof address !== 'string' || !/^[0-9a-f.:]{2,}$/.test(address)) {
      throw new ConfigError(this, 'PROXMOX_NODE_ADDRESS', 'a node needs an IP address', {
        got: address,
        fix: `write host: management.host('${this.name}', 10), or address: '192.0.2.10'`,
      });
    }
    this.address = address;
    this.otherHosts = props.otherHosts ?? [];
    for (const host of this.otherHosts) {
      check.instance('otherHosts', host, { name: 'Host', is: Host.isHost }, `[mirror.host('${this.name}-mirror', 10)]`);
      this.carry(host.vlan, this);
    }
    this.system = new NodeSystem(this);
    this.reservedMemory = check.instance('reservedMemory', props.reservedMemory ?? Size.gibibytes(1), Size, 'Size.gibibytes(1)');
  }

  public get addresses(): readonly Address[] {
    return [...(this.host ? [this.host] : []), ...this.otherHosts].flatMap(host => host.addresses);
  }

  public get placement(): Placement {
    return { standsOn: this.machine ? [[this.machine]] : [] };
  }

  public get lifecycle(): Lifecycle {
    return nodeLifecycle(this);
  }

  /** What guests can have. Unknown parts are left out. */
  public get capacity(): Resources {
    if (!this.machine) return {};
    const { memory, ...rest } = this.machine.capacity;
    const left = (memory?.toBytes() ?? 0) - this.reservedMemory.toBytes();
    return { ...rest, ...(memory && { memory: Size.bytes(Math.max(0, left)) }) };
  }

  /** A number that it keeps: it ends the id of the replication jobs that lead here. */
  public get number(): number {
    if (this.host) return this.host.number;
    return Number(
      this.address.match(/\.(\d+)$/)?.[1] ?? [...this.name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_000, 7),
    );
  }

  /** Says that `by`, which runs here, needs a segment. */
  public carry(vlan: IVlan, by: IConstruct): void {
    this.machine?.carry(vlan, by);
  }
}

const NODE = Symbol.for('@ashlar/hci.ProxmoxNode');

function nodeName(cluster: Construct, props: ProxmoxNodeProps): string {
  const name = props?.name ?? props?.machine?.name ?? props?.host?.name;
  if (typeof name === 'string') return name;
  throw new ConfigError(cluster, 'PROXMOX_NODE_NAME', 'a node has no name', {
    got: name,
    fix: "write nodes: [{ machine, host }], or nodes: [{ name: 'pve-01', address: '192.0.2.10' }]",
  });
}
