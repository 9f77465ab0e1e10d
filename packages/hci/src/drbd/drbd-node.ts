import { type Bandwidth, Check, ConfigError, type IVlan, pathOf, vacant } from '@ashlar/core';
import { Machine } from '@ashlar/hardware';
import { Host } from '@ashlar/network';
import { Construct, type IConstruct } from 'constructs';

export interface DrbdNodeProps {
  /** Its address on the segment that carries the copies. */
  readonly host: Host;
  /** The machine that it runs on. @default - not in the model, so that nothing is known of its disks, links and place */
  readonly machine?: Machine;
  /** What it runs on when that is no machine, such as a guest of another hypervisor. @default - its machine, or else its host */
  readonly runsOn?: IConstruct;
  /** What `uname -n` says on it. DRBD looks itself up by that. @default - the name of the machine, or of the host */
  readonly name?: string;
}

/** One vote of a DRBD cluster: a node that holds a copy, or the tiebreaker, which holds none. */
export class DrbdNode extends Construct {
  public readonly name: string;
  public readonly host: Host;
  public readonly machine?: Machine;
  /** What it is lost with. */
  public readonly standsOn: IConstruct;

  /** @param nodeId what its peers know it by; it is written into the metadata of each copy, and never changes */
  constructor(
    cluster: Construct,
    props: DrbdNodeProps,
    public readonly nodeId: number,
    /** Whether it holds a copy. */
    public readonly hasDisk: boolean,
  ) {
    super(vacant(cluster, nodeName(cluster, props)), nodeName(cluster, props));
    const check = new Check(this);
    check.known(props, ['host', 'machine', 'runsOn', 'name']);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, "mirror.host('pve-01', 11)");
    if (props.machine !== undefined) check.instance('machine', props.machine, { name: 'Machine', is: Machine.isMachine }, 'machine');
    this.machine = props.machine;
    this.standsOn = props.runsOn ?? props.machine ?? this.host;
    this.name = check.label('the name of a node', this.node.id);
    this.machine?.carry(this.host.vlan, this);
  }

  /** Speed of the slowest cable that carries the segment; undefined while none is in the model. */
  public linkSpeed(vlan: IVlan): Bandwidth | undefined {
    const links = (this.machine?.nics ?? []).flatMap(nic => (nic.link?.port.carries(vlan) ? [nic.link] : []));
    return links.map(link => link.speed).sort((a, b) => a.toMegabits() - b.toMegabits())[0];
  }

  /** Address and port as a connection has them: `ipv4 10.99.0.11:7000`. */
  public endpoint(port: number): string {
    const { ip } = this.host;
    return ip.includes(':') ? `ipv6 [${ip}]:${port}` : `ipv4 ${ip}:${port}`;
  }
}

function nodeName(cluster: Construct, props: DrbdNodeProps): string {
  const name = props?.name ?? props?.machine?.name ?? props?.host?.name;
  if (typeof name === 'string') return name;
  throw new ConfigError(cluster, 'DRBD_NODE', `a node of ${pathOf(cluster)} has no host on the segment of the copies`, {
    fix: "write { host: mirror.host('pve-01', 11), machine }",
  });
}
