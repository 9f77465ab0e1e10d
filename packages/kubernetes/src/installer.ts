import type { Command } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ChartRelease } from './chart-release';
import type { Unit } from './unit';

/** How something comes into a cluster without anybody doing it. */
export interface Delivery {
  /** For people: what brings it. */
  readonly waits: string;
  /** Ends with 0 once it is there and healthy. */
  readonly check: Command;
}

/** What installs units and charts in a cluster, such as Argo CD. */
export interface IInstaller extends IConstruct {
  deliveryOf(one: Unit | ChartRelease): Delivery;
}
