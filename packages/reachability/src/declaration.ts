import { type IConnectable, isConnectable, isPlannedVlan, isTrustZone, isVlan, type Port, pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { PodGroup } from './router';
import type { IntervalSet } from './rule-chain';
import type { Segment } from './segment';
import { ALL_ADDRESSES, addressesOf, type Family } from './space/address-text';
import { setOf } from './space/interval-set';

/** One end of a declared flow. */
export interface DeclaredEnd {
  readonly path: string;
  /** Everybody on the Internet: its addresses are those that nobody in the site has. */
  readonly internet: boolean;
  readonly addresses: Readonly<Record<Family, IntervalSet>>;
  /** Set when it is pods. */
  readonly pods?: PodGroup;
}

export interface DeclaredFlow {
  readonly from: DeclaredEnd;
  readonly to: DeclaredEnd;
  readonly port: Port;
}

/** What a model says of who may reach whom, in the terms of core alone. */
export interface Declaration {
  readonly segments: readonly Segment[];
  /** Sorted by path and port. Those between pods are not among them. */
  readonly flows: readonly DeclaredFlow[];
  readonly pods: PodDeclaration;
}

/** What a model says of its pods. */
export interface PodDeclaration {
  /** Sorted by path. */
  readonly ends: readonly DeclaredEnd[];
  /** Those with pods at either end. Sorted by path and port. */
  readonly flows: readonly DeclaredFlow[];
}

export function declarationOf(site: Site): Declaration {
  const all = site.findAll();
  const zones = zonesOf(all);
  const segments = all.filter(isVlan).map((vlan): Segment => {
    const zone = zones.get(vlan);
    const gateways = isPlannedVlan(vlan) ? vlan.gateways : [];
    return { name: vlan.name, path: pathOf(vlan), addresses: bothFamilies(vlan.cidrs), gateways, ...(zone !== undefined && { zone }) };
  });
  const connectables = all.filter(isConnectable);
  const ends = new Map<IConnectable, DeclaredEnd>();
  const endOf = (connectable: IConnectable) => {
    const known = ends.get(connectable) ?? declaredEnd(connectable);
    ends.set(connectable, known);
    return known;
  };
  const flows = connectables
    .flatMap(to => to.connections.ingress)
    .map(({ from, to, port }): DeclaredFlow => ({ from: endOf(from), to: endOf(to), port }));
  const keyed = flows.map(flow => ({ flow, key: `${flow.to.path}\0${flow.from.path}\0${flow.port}` }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const sorted = keyed.map(({ flow }) => flow);
  return {
    segments: [...segments].sort((a, b) => (a.path < b.path ? -1 : 1)),
    flows: sorted.filter(({ from, to }) => !(from.pods && to.pods)),
    pods: {
      ends: connectables
        .filter(({ connections }) => connections.endpoint.pods)
        .map(endOf)
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      flows: sorted.filter(({ from, to }) => from.pods || to.pods),
    },
  };
}

function zonesOf(all: readonly IConstruct[]): ReadonlyMap<IConstruct, string> {
  return new Map(all.filter(isTrustZone).flatMap(zone => zone.vlans.map((vlan): [IConstruct, string] => [vlan, pathOf(zone)])));
}

function declaredEnd(connectable: IConnectable): DeclaredEnd {
  const addresses = bothFamilies(connectable.connections.endpoint.addresses());
  const { pods } = connectable.connections.endpoint;
  const group = pods && { cluster: pods.cluster.node.id, namespace: pods.namespace, labels: pods.labels };
  const internet = ([4, 6] as const).some(family => isAll(addresses[family], family));
  return { path: pathOf(connectable), internet, addresses, ...(group && { pods: group }) };
}

function isAll(set: IntervalSet, family: Family): boolean {
  return set[0]?.first === 0n && set[0].last === ALL_ADDRESSES[family][0]?.last;
}

function bothFamilies(texts: readonly string[]): Record<Family, IntervalSet> {
  return { 4: setOf(addressesOf(texts, 4)), 6: setOf(addressesOf(texts, 6)) };
}
