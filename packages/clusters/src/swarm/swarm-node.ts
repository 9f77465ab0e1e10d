import {
  Duration,
  failureDomains,
  type IInstance,
  type ILifecycle,
  type IPlaced,
  type Lifecycle,
  type Placement,
  type Step,
} from '@ashlar/core';
import { Construct } from 'constructs';
import type { DockerSwarm } from './docker-swarm';
import { addressOf, docker, leaderOf } from './swarm-commands';

interface SwarmNodeProps {
  /** `begin` is the manager that makes the swarm. */
  readonly role: 'begin' | 'manager' | 'worker';
  readonly labels: Readonly<Record<string, string>>;
}

/** One machine of a swarm: the settings of its engine, and how it joins and leaves. */
export class SwarmNode extends Construct implements IPlaced, ILifecycle {
  public readonly placement: Placement;
  /** Labels of its engine. */
  public readonly labels: Readonly<Record<string, string>>;
  public readonly role: 'manager' | 'worker';

  constructor(
    private readonly swarm: DockerSwarm,
    public readonly machine: IInstance,
    private readonly props: SwarmNodeProps,
  ) {
    super(swarm, machine.hostName);
    this.placement = { standsOn: [[machine]] };
    this.labels = { ...hostLabel(machine), ...props.labels };
    this.role = props.role === 'worker' ? 'worker' : 'manager';
    machine.firstBoot.file('/etc/docker/daemon.json', daemonSettings(this.labels));
    machine.firstBoot.run(`usermod --append --groups docker ${swarm.adminUser}`);
  }

  public get lifecycle(): Lifecycle {
    const first = this.swarm.nodes[0] as SwarmNode;
    const name = this.machine.hostName;
    return {
      startsAfter: this === first ? [] : [{ on: first, for: 'the swarm that it joins' }],
      start: [this.props.role === 'begin' ? this.beginStep() : this.joinStep()],
      replace: leaving => {
        // Under a machine that only moves, the node stays what it is.
        if (failureDomains(this.machine).has(leaving) && this.swarm.nodes.length > 1)
          return { leave: [this.emptyStep(name)], join: [this.openStep(name)] };
        if (leaving !== this.machine) return undefined;
        if (this.props.role === 'begin' && this.swarm.managers.length === 1) return undefined;
        return { leave: this.leaveSteps(name), join: [this.joinStep()] };
      },
    };
  }

  /** Somebody else of the managers, who is asked while this one is away. */
  private get peer(): IInstance {
    return this.swarm.managers.find(manager => manager !== this.machine) ?? leaderOf(this.swarm);
  }

  private beginStep(): Step {
    const { swarm, machine } = this;
    const pool = ['--default-addr-pool', swarm.addresses.cidr, '--default-addr-pool-mask-length', '24'];
    return {
      id: 'begin',
      title: `Make the swarm ${swarm.name}`,
      action: { run: [docker(swarm, machine, 'swarm', 'init', '--advertise-addr', addressOf(machine), ...pool)] },
      check: { command: docker(swarm, machine, 'node', 'inspect', machine.hostName) },
      undo: { run: [docker(swarm, machine, 'swarm', 'leave', '--force')] },
      budget: Duration.minutes(5),
    };
  }

  private joinStep(): Step {
    const { swarm, machine, peer, role } = this;
    const script = `devices/swarm/${swarm.name}/join.sh`;
    return {
      id: 'join',
      title: `Let ${machine.hostName} join ${swarm.name} as ${role}`,
      // A person runs it: the token passes through a shell.
      action: { byHand: `Run: sh ${script} ${swarm.adminUser} ${addressOf(peer)} ${addressOf(machine)} ${role}` },
      check: { command: docker(swarm, peer, 'node', 'inspect', machine.hostName) },
      undo: { run: [docker(swarm, machine, 'swarm', 'leave', '--force')] },
      budget: Duration.minutes(5),
    };
  }

  private emptyStep(name: string): Step {
    const { swarm, peer } = this;
    return {
      id: 'empty',
      title: `Move the tasks of ${name} elsewhere`,
      action: { run: [docker(swarm, peer, 'node', 'update', '--availability', 'drain', name)] },
      check: { ask: `Does this list no task that runs: ${docker(swarm, peer, 'node', 'ps', name).join(' ')}` },
      undo: { run: [docker(swarm, peer, 'node', 'update', '--availability', 'active', name)] },
      budget: Duration.minutes(10),
    };
  }

  private openStep(name: string): Step {
    const { swarm, peer } = this;
    return {
      id: 'open',
      title: `Let tasks onto ${name}`,
      action: { run: [docker(swarm, peer, 'node', 'update', '--availability', 'active', name)] },
      check: { ask: `Does this show ${name} as Ready and Active: ${docker(swarm, peer, 'node', 'ls').join(' ')}` },
      undo: { run: [docker(swarm, peer, 'node', 'update', '--availability', 'drain', name)] },
      budget: Duration.minutes(2),
    };
  }

  /** Tasks move first; a manager gives up its vote, so that the others stay a majority. */
  private leaveSteps(name: string): Step[] {
    const { swarm, peer } = this;
    const demote = this.role === 'manager' ? [docker(swarm, peer, 'node', 'demote', name)] : [];
    return [
      this.emptyStep(name),
      {
        id: 'remove',
        title: `Remove ${name} from ${swarm.name}`,
        action: { run: [...demote, docker(swarm, peer, 'node', 'rm', '--force', name)] },
        check: { ask: `Is ${name} gone from: ${docker(swarm, peer, 'node', 'ls').join(' ')}` },
        undo: { nothing: 'its successor joins' },
        budget: Duration.minutes(5),
      },
    ];
  }
}

/** The host that a machine stands on: tasks of a service are spread over those. */
function hostLabel(machine: IInstance): Record<string, string> {
  const [support] = machine.placement.standsOn[0] ?? [];
  return support ? { host: support.node.id } : {};
}

/** Small logs that are kept with the container, and labels for placement. @see https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file */
function daemonSettings(labels: Readonly<Record<string, string>>): string {
  const all = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return `${JSON.stringify({ 'log-driver': 'local', 'live-restore': false, ...(all.length > 0 && { labels: all }) }, undefined, 2)}\n`;
}
