import {
  Check,
  ConfigError,
  type Depiction,
  type IConnectable,
  type IDepicted,
  type IInstance,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  majorityOf,
  onRender,
  type Placement,
  Port,
  pathOf,
  Site,
  vacant,
  warn,
} from '@ashlar/core';
import { Subnet } from '@ashlar/network';
import { Construct } from 'constructs';
import { swarmNetworkOverlap } from './rules/swarm-network-overlap';
import { swarmWithoutDocker } from './rules/swarm-without-docker';
import { JOIN_SCRIPT } from './swarm-commands';
import { SwarmNode } from './swarm-node';
import { isDockerSwarm, SWARM } from './swarms-of';

export interface DockerSwarmProps {
  /** Machines with Docker Engine that keep the state of the swarm: 1, 3, 5 or 7. The first makes it. */
  readonly managers: readonly IInstance[];
  /** Machines with Docker Engine that run tasks. @default - none: managers run tasks too */
  readonly workers?: readonly IInstance[];
  /** Labels of the engine of a machine, by which services choose where they run. @default - none */
  readonly labels?: ReadonlyMap<IInstance, Readonly<Record<string, string>>>;
  /** What networks of stacks are made of, 256 addresses each. @default `10.206.0.0/16` */
  readonly addressPool?: string;
  /** Account on the machines by which the swarm is made over SSH, in the group `docker`. @default `admin` */
  readonly adminUser?: string;
}

/**
 * A Docker Swarm on machines of the model.
 *
 * The tokens by which machines join are made by the swarm itself; a step reads one over SSH and hands it on, so that it is in no
 * output and in no file.
 * @see https://docs.docker.com/engine/swarm/
 */
export class DockerSwarm extends Construct implements IPlaced, IDepicted, ILifecycle {
  public static isDockerSwarm(x: unknown): x is DockerSwarm {
    return isDockerSwarm(x);
  }

  /** Name of the swarm, and of its folder. */
  public readonly name: string;
  public readonly managers: readonly IInstance[];
  public readonly workers: readonly IInstance[];
  public readonly nodes: readonly SwarmNode[];
  /** What networks of stacks are made of. */
  public readonly addresses: Subnet;
  public readonly adminUser: string;

  /** @throws SWARM_*, SUBNET_*, PROP_* */
  constructor(scope: Construct, id: string, props: DockerSwarmProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, SWARM, { value: true });
    const check = new Check(this);
    check.known(props, ['managers', 'workers', 'labels', 'addressPool', 'adminUser']);
    this.name = check.label('the id of a swarm', id);
    this.managers = check.list('managers', props.managers, 'manager1, manager2, manager3');
    this.workers = props.workers ?? [];
    this.refuseEvenManagers();
    this.addresses = Subnet.of(this, 'addressPool', props.addressPool ?? '10.206.0.0/16', 4);
    this.adminUser = check.text('adminUser', props.adminUser ?? 'admin', /^[a-z_][a-z0-9_-]{0,31}$/, 'the name of an account', 'admin');
    this.refuseTwice();
    this.refuseForeignLabels(props.labels);
    if (this.managers.length === 1) {
      warn(
        this,
        'SWARM_ONE_MANAGER',
        'one manager: while its machine is away, nothing can be deployed or moved, and its loss is that of the swarm',
        'make three machines managers',
      );
    }
    this.nodes = this.all.map((machine, i) => {
      const role = i === 0 ? 'begin' : i < this.managers.length ? 'manager' : 'worker';
      return new SwarmNode(this, machine, { role, labels: props.labels?.get(machine) ?? {} });
    });
    this.connectNodes();
    Site.of(this).addRules(swarmNetworkOverlap, swarmWithoutDocker);
    onRender(this, output => output.write(this, `devices/swarm/${this.name}/join.sh`, JOIN_SCRIPT));
  }

  /** Every machine, managers first. */
  public get all(): readonly IInstance[] {
    return [...this.managers, ...this.workers];
  }

  /** It stands while a majority of its managers does. */
  public get placement(): Placement {
    return { standsOn: majorityOf(this.managers) };
  }

  public get depiction(): Depiction {
    return { kind: 'service', label: `Swarm ${this.name}`, facts: [`${this.managers.length} managers`, `${this.workers.length} workers`] };
  }

  /** It is up when its nodes are. */
  public get lifecycle(): Lifecycle {
    return { startsAfter: this.nodes.map(node => ({ on: node, for: 'its nodes' })) };
  }

  /** Lets `peer` reach a published port: every node answers for it. */
  public allowServicesFrom(peer: IConnectable, port: Port): void {
    for (const node of this.all) node.connections.allowFrom(peer, port);
  }

  /** @see https://docs.docker.com/engine/swarm/swarm-tutorial/#open-protocols-and-ports-between-the-hosts */
  private connectNodes(): void {
    for (const node of this.all) {
      for (const peer of this.all) {
        if (peer === node) continue;
        if (this.managers.includes(node)) node.connections.allowFrom(peer, Port.tcp(2377));
        for (const port of [Port.tcp(7946), Port.udp(7946), Port.udp(4789)]) node.connections.allowFrom(peer, port);
      }
    }
  }

  private refuseEvenManagers(): void {
    const count = this.managers.length;
    if ([1, 3, 5, 7].includes(count)) return;
    const even = count % 2 === 0 ? ', and an even number survives no more than one less would' : '';
    throw new ConfigError(this, 'SWARM_MANAGERS', `${count} managers keep the state of the swarm${even}`, {
      fix: 'use 1, 3, 5 or 7 managers, and make the others workers',
      see: 'https://docs.docker.com/engine/swarm/admin_guide/',
    });
  }

  private refuseTwice(): void {
    const seen = new Set<IInstance>();
    for (const machine of this.all) {
      if (seen.has(machine)) {
        throw new ConfigError(this, 'SWARM_NODE_TWICE', `${pathOf(machine)} is listed twice`, {
          fix: 'list each machine once, as a manager or as a worker',
        });
      }
      seen.add(machine);
    }
  }

  private refuseForeignLabels(labels: DockerSwarmProps['labels']): void {
    const check = new Check(this);
    for (const [machine, own] of labels ?? []) {
      if (!this.all.includes(machine)) {
        throw new ConfigError(this, 'SWARM_LABEL', `labels are given for ${pathOf(machine)}, which is none of its machines`, {
          fix: 'list it as a worker, or remove its labels',
        });
      }
      for (const [key, value] of Object.entries(own)) {
        check.text(`a label of ${pathOf(machine)}`, `${key}=${value}`, /^[a-z0-9][a-z0-9.-]*=[\w.-]+$/, 'key=value', 'disk=nvme');
      }
    }
  }
}
