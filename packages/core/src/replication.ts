import type { IConstruct } from 'constructs';
import type { Duration } from './duration';

/** Copies on other hosts that take over when the original's host is lost. Not a backup: what is deleted is soon deleted there too. */
export interface Replication {
  /** What holds a copy, for people: names of hosts, of replicas. */
  readonly to: readonly string[];
  /** The most that a failover loses: time between two copies, zero when each write waits for one. @default - not bounded, copies may lag */
  readonly recoveryPoint?: Duration;
  /** What holds a copy: machines, nodes. Each holds all of it, and takes as much disk for it as the original does. @default - not known */
  readonly on?: readonly IConstruct[];
}

/** A construct whose data is on more than one host. */
export interface IReplicated extends IConstruct {
  /** Undefined while nothing copies it. */
  readonly replication?: Replication;
}
