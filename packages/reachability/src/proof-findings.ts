import type { Finding } from '@ashlar/core';
import type { Comparison, Missing } from './comparison';
import { explanationOf } from './explanation';
import type { Network } from './network';
import type { Passage } from './passage';
import { witnessOf } from './question';
import type { IntervalSet } from './rule-chain';
import { addressText } from './space/address-text';
import { setOf } from './space/interval-set';
import { placesText, portsText } from './space/space-text';

/** One finding for each flow that is dropped, and one for each rule that opens what nobody declared. */
export function findingsOf(network: Network, { missing, excess }: Comparison, proof: string): Finding[] {
  const missed = groups(missing, ({ flow, zone, family }) =>
    flow ? `${flow.to.path} ${flow.from.path} ${flow.port}` : `${zone} ${family}`,
  );
  const opened = groups(excess, ({ through, family }) => `${family} ${through.join(' ')}`);
  return [...missed.map(group => missingFinding(network, group)), ...opened.map(group => excessFinding(network, group, proof))];
}

function missingFinding(network: Network, group: readonly Missing[]): Finding {
  const [{ family, protocol, flow, zone, source, destination, ports }] = group as [Missing];
  const packet = { family, protocol, source: first(source), destination: first(destination), port: first(ports) };
  const example = `${addressText(packet.source, family)} to ${addressText(packet.destination, family)}`;
  const why = explanationOf(network, packet);
  const base = { code: 'REACH_MISSING', severity: 'error' as const };
  if (flow) {
    const what = `the flow from ${flow.from.path} to ${flow.to.path} on ${flow.port} is declared, and does not get through (${example})`;
    return { ...base, path: flow.to.path, message: `${what}: ${why}`, fix: 'let the device pass it, or remove the flow' };
  }
  const what = `the segments of the zone trust each other, and ${portsText(ports, protocol)} does not get through (${example})`;
  return { ...base, path: zone as string, message: `${what}: ${why}`, fix: 'let the device pass it, or take the segment out of the zone' };
}

function excessFinding(network: Network, group: readonly Passage[], proof: string): Finding {
  const [{ family, through, local }] = group as [Passage];
  const witness = witnessOf(group.filter(passage => passage.protocol === group[0]?.protocol));
  const sources = setOf(group.flatMap(passage => passage.source));
  const destinations = setOf(group.flatMap(passage => passage.destination));
  const byProtocol = groups(group, passage => passage.protocol);
  const ports = byProtocol.map(own => portsText(setOf(own.flatMap(passage => passage.ports)), (own[0] as Passage).protocol));
  const segments = new Set(destinations.map(({ first: address }) => network.segmentOf(address, family)?.path));
  const [only] = segments.size === 1 ? segments : [undefined];
  const text = (set: IntervalSet) => placesText(set, network.internet[family], family);
  const what = `${text(sources)} can reach ${local ? 'the router itself at ' : ''}${text(destinations)}`;
  const example = `${witness?.source} to ${witness?.destination}, ${portsText([{ first: BigInt(witness?.port ?? 0), last: BigInt(witness?.port ?? 0) }], (group[0] as Passage).protocol)}`;
  return {
    code: 'REACH_EXCESS',
    severity: 'error',
    path: only ?? proof,
    message: `${what} on ${ports.join(', ')} by ${through.join(', then ')}, and no flow says so (${example})`,
    fix: 'declare the flow with allowFrom, or close the rule',
  };
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function first(set: readonly { readonly first: bigint }[]): bigint {
  return set[0]?.first as bigint;
}
