import { findingAt, type Rule } from '@ashlar/core';
import { rangeOf } from '../../segments/subnet';
import { isGateway } from '../gateway';
import { GatewayPlan, type Passage } from '../gateway-plan';
import type { AddressGroup } from '../side';

/** A flow that another one contains says nothing: whoever removes it to close the door finds it open. */
export const FLOW_SHADOWED: Rule = {
  code: 'FLOW_SHADOWED',
  severity: 'error',
  incident: 'The exception for one contractor was removed; nobody saw that a rule for the whole segment had let him in all along.',
  *check(site) {
    const told = new Set<string>();
    for (const gateway of site.findAll().filter(isGateway)) {
      const pairs = new Map<string, Passage[]>();
      for (const passage of new GatewayPlan(gateway).passages().filter(isBetweenHosts)) {
        const key = `${passage.arrives.name}\0${passage.leaves.name}\0${passage.family}\0${passage.port.protocol}`;
        pairs.set(key, [...(pairs.get(key) ?? []), passage]);
      }
      for (const own of pairs.values()) {
        for (const [inner, outer] of shadowed(own)) {
          const message = `the flow ${inner.reason} on ${inner.port} is part of ${outer.reason} on ${outer.port}`;
          if (told.has(message)) continue;
          told.add(message);
          yield findingAt(inner.flow.to, FLOW_SHADOWED, message, 'remove it, or narrow the other one');
        }
      }
    }
  },
};

/** Pods borrow the addresses of their nodes, whose flows are derived from theirs; and the gateway itself knows what it needs. */
function isBetweenHosts({ arrives, leaves, flow }: Passage): boolean {
  const pods = flow.from.connections.endpoint.pods ?? flow.to.connections.endpoint.pods;
  return arrives.kind !== 'local' && leaves.kind !== 'local' && pods === undefined;
}

function* shadowed(passages: readonly Passage[]): Generator<[inner: Passage, outer: Passage]> {
  const broad = passages.filter(isBroad);
  for (const inner of passages) {
    const outer = broad.find(other => other !== inner && contains(other, inner));
    if (outer) yield [inner, outer];
  }
}

/** One address to one address on one port contains no other. */
function isBroad({ from, to, port }: Passage): boolean {
  const wide = (group: AddressGroup | undefined) => !group || group.prefixes.length > 1 || !/\/(32|128)$/.test(group.prefixes[0] as string);
  return wide(from) || wide(to) || port.from !== port.to;
}

function contains(outer: Passage, inner: Passage): boolean {
  return (
    outer.port.from <= inner.port.from && inner.port.to <= outer.port.to && covers(outer.from, inner.from) && covers(outer.to, inner.to)
  );
}

/** Without a group it is everybody on the Internet, on both sides of the comparison. */
function covers(outer: AddressGroup | undefined, inner: AddressGroup | undefined): boolean {
  if (!outer || !inner) return outer === inner;
  return inner.prefixes.every(prefix => {
    const { family, first, last } = rangeOf(prefix);
    return outer.prefixes.some(whole => {
      const range = rangeOf(whole);
      return range.family === family && range.first <= first && last <= range.last;
    });
  });
}
