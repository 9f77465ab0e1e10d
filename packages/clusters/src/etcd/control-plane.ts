import { ConfigError, type IInstance, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A cluster whose control planes hold etcd, each a member of it. */
export interface IControlPlane extends IConstruct {
  /** 1, 3, 5 or 7 machines. */
  readonly controlPlanes: readonly IInstance[];
}

/** Marks a construct as an {@link IControlPlane}, so that copies of this package know each other's. */
export function markControlPlane(cluster: IControlPlane): void {
  Object.defineProperty(cluster, CONTROL_PLANE, { value: true });
}

export function isControlPlane(x: unknown): x is IControlPlane {
  return typeof x === 'object' && x !== null && CONTROL_PLANE in x;
}

/** The clusters of a site that hold an etcd of their own. */
export function controlPlanesOf(site: Site): IControlPlane[] {
  return site.node.findAll().filter(isControlPlane);
}

/**
 * Refuses a number of members that etcd gains nothing from.
 * @param code code of the error, and `names` what the program calls the members and the other machines
 * @see https://etcd.io/docs/v3.6/faq/
 */
export function checkControlPlaneCount(
  scope: IConstruct,
  count: number,
  code: string,
  names: { readonly members: string; readonly others: string } = { members: 'control planes', others: 'workers' },
): void {
  if ([1, 3, 5, 7].includes(count)) return;
  const even = count % 2 === 0 ? ', and an even number survives no more than one less would' : '';
  throw new ConfigError(scope, code, `etcd has ${count} members${even}`, {
    fix: `use 1, 3, 5 or 7 ${names.members}, and make the others ${names.others}`,
    see: 'https://etcd.io/docs/v3.6/faq/',
  });
}

/** Members that may be away at once while the others still are a majority. */
export function spareMembers(count: number): number {
  return Math.ceil(count / 2) - 1;
}

const CONTROL_PLANE = Symbol.for('@ashlar/clusters.ControlPlane');
