import type { IConstruct } from 'constructs';
import type { Port } from './port';

/** A place to read metrics from, in the Prometheus exposition format. */
export interface MetricsEndpoint {
  readonly port: Port;
  /** @default `/metrics` */
  readonly path?: string;
}

/** What is watched, or why nothing is. */
export type Monitoring = { readonly metrics: readonly MetricsEndpoint[] } | { readonly waived: string };

/** A construct that is watched: observability collects metrics, logs, alerts and dashboards from it. */
export interface IMonitored extends IConstruct {
  readonly monitoring: Monitoring;
}

export function isMonitored(construct: IConstruct): construct is IMonitored {
  return 'monitoring' in construct;
}
