import type { Flow } from '@ashlar/core';
import type { NodePool } from '../node-pool/node-pool';

/** Lets the new members do what the old ones may: among themselves, with the old ones, and with everybody else. */
export function succeedFlows(from: NodePool, to: NodePool): void {
  const old = new Set<unknown>(from.members);
  const all = [...from.members, ...to.members];
  const within = (flow: Flow) => old.has(flow.from) && old.has(flow.to);
  const flows = from.members.flatMap(({ connections }) => [...connections.ingress, ...connections.egress]);
  const ports = new Map(flows.filter(within).map(({ port }) => [String(port), port]));
  for (const port of ports.values()) {
    for (const one of to.members) {
      for (const other of all) {
        if (one === other) continue;
        one.connections.allowFrom(other, port);
        other.connections.allowFrom(one, port);
      }
    }
  }
  for (const flow of flows.filter(each => !within(each))) {
    for (const member of to.members) {
      if (old.has(flow.to)) member.connections.allowFrom(flow.from, flow.port);
      else flow.to.connections.allowFrom(member, flow.port);
    }
  }
}
