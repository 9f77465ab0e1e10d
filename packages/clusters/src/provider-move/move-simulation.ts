import type { MoveEvent } from './move-event';

/** What runs before a move, as far as it can be harmed by one. */
export interface MoveWorld {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly workloads: readonly MovedWorkload[];
}

/** Equal parts of something, some of which must always be there. */
export interface MovedWorkload {
  readonly path: string;
  readonly replicas: number;
  readonly minAvailable: number;
}

/**
 * Plays a move, event by event, and tells what goes wrong in it. It knows nothing of how the order was made.
 *
 * After each event etcd must have a majority of its members, and, once there are three, one more than that. A pod leaves its node only
 * when enough others of its kind stay, and only when there is an open node for it. Whatever is given back must hold nothing any more.
 */
export function simulateMove(world: MoveWorld, events: readonly MoveEvent[]): string[] {
  const state = new MoveState(world);
  return events.flatMap(event => state.take(event));
}

class MoveState {
  private readonly etcd: Set<string>;
  private readonly open: Set<string>;
  private readonly pods = new Map<string, string[]>();
  private connected = false;
  private made = false;
  private settled = true;
  private switched = false;

  constructor(private readonly world: MoveWorld) {
    this.etcd = new Set(world.from);
    this.open = new Set(world.from);
    // The worst place: all on as few nodes as can be told apart, the first ones.
    for (const { path, replicas } of world.workloads) {
      this.pods.set(
        path,
        Array.from({ length: replicas }, (_, i) => world.from[i % world.from.length] as string),
      );
    }
  }

  public take(event: MoveEvent): string[] {
    const faults = this.change(event);
    const what = 'member' in event ? `${event.kind} ${event.member}` : event.kind;
    return faults.map(fault => `${what}: ${fault}`);
  }

  private change(event: MoveEvent): string[] {
    switch (event.kind) {
      case 'connect':
        this.connected = true;
        return [];
      case 'make':
        this.made = true;
        return [];
      case 'join':
        return this.join(event.member);
      case 'close':
        this.open.delete(event.member);
        return this.open.size === 0 ? ['no node takes pods any more'] : [];
      case 'empty':
        return this.empty(event.member);
      case 'settle':
        this.settled = true;
        return [];
      case 'switch':
        this.switched = true;
        return this.world.to.every(member => this.etcd.has(member)) ? [] : ['names lead to servers that are no members yet'];
      case 'remove':
        return this.remove(event.member);
      case 'release':
        return this.world.from.some(member => this.etcd.has(member)) ? ['servers are given back that are still members of etcd'] : [];
    }
  }

  private join(member: string): string[] {
    const faults = [
      ...(this.connected ? [] : ['the networks do not reach each other']),
      ...(this.made ? [] : ['the server is not there yet']),
    ];
    this.etcd.add(member);
    this.open.add(member);
    return faults;
  }

  private empty(member: string): string[] {
    const faults = this.settled ? [] : ['copies of what left the node before are not complete'];
    for (const { path, replicas, minAvailable } of this.world.workloads) {
      const nodes = this.pods.get(path) as string[];
      for (const [i, node] of nodes.entries()) {
        if (node !== member) continue;
        if (replicas - 1 < minAvailable) faults.push(`${path} keeps ${minAvailable} of ${replicas}, so none of it can leave`);
        const [target] = [...this.open].filter(other => other !== member).sort((a, b) => count(nodes, a) - count(nodes, b));
        if (target === undefined) faults.push(`${path} has no node to go to`);
        else nodes[i] = target;
      }
    }
    this.open.delete(member);
    this.settled = false;
    return faults;
  }

  private remove(member: string): string[] {
    const left = [...this.pods].filter(([, nodes]) => nodes.includes(member)).map(([path]) => `${path} still runs there`);
    const faults = this.settled ? left : [...left, 'copies of what left are not complete'];
    const before = this.etcd.size;
    this.etcd.delete(member);
    this.open.delete(member);
    // A member that is removed counts until the others have agreed to that.
    const majority = Math.floor(before / 2) + 1;
    if (this.etcd.size < majority) faults.push(`etcd has ${this.etcd.size} of ${before} members, and needs ${majority}`);
    else if (this.world.from.length >= 3 && this.etcd.size - 1 < Math.floor(this.etcd.size / 2) + 1)
      faults.push(`etcd has ${this.etcd.size} members, and none to spare`);
    if (!this.switched && this.world.from.every(other => !this.etcd.has(other))) faults.push('names still lead to the old side');
    return faults;
  }
}

function count(nodes: readonly string[], node: string): number {
  return nodes.filter(other => other === node).length;
}
