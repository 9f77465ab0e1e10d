import { Check, ConfigError } from '@ashlar/core';
import { timeZone } from '../time-zone';

export interface PrometheusTriggerProps {
  /** Address of Prometheus, e.g. `http://prometheus-operated.monitoring.svc:9090`. */
  readonly server: string;
  /** A query with one number as its answer. */
  readonly query: string;
  /** How much of it one pod takes: of 300 with a threshold of 100 there are three pods. */
  readonly threshold: number;
}

export interface CronTriggerProps {
  /** Begin and end, each five fields of cron, e.g. `0 8 * * 1-5`. */
  readonly start: string;
  readonly end: string;
  /** Pods in between. 1–1000 */
  readonly replicas: number;
  /** Time zone of both, as in the tz database. @default `Etc/UTC` */
  readonly timeZone?: string;
}

/** What says how many pods there should be. Of several, the largest number counts. */
export class ScaleTrigger {
  /** As many as a metric of Prometheus asks for. @see https://keda.sh/docs/latest/scalers/prometheus/ */
  public static prometheus(props: PrometheusTriggerProps): ScaleTrigger {
    const check = new Check('ScaleTrigger.prometheus');
    check.known(props, ['server', 'query', 'threshold']);
    const { threshold } = props;
    if (typeof threshold !== 'number' || !(threshold > 0 && Number.isFinite(threshold))) {
      throw new ConfigError('ScaleTrigger.prometheus', 'PROP_RANGE', 'threshold must be a number above 0', {
        got: threshold,
        fix: 'write how much one pod takes: threshold: 100',
      });
    }
    return new ScaleTrigger('prometheus', {
      serverAddress: check.text(
        'server',
        props.server,
        /^https?:\/\/[\w.-]+(:\d+)?(\/\S*)?$/,
        'an address',
        'http://prometheus-operated.monitoring.svc:9090',
      ),
      query: check.text('query', props.query, /\S/, 'a query of Prometheus', 'sum(rate(http_requests_total[2m]))'),
      threshold: String(threshold),
    });
  }

  /** A number of pods at set times. @see https://keda.sh/docs/latest/scalers/cron/ */
  public static cron(props: CronTriggerProps): ScaleTrigger {
    const check = new Check('ScaleTrigger.cron');
    check.known(props, ['start', 'end', 'replicas', 'timeZone']);
    const times = (name: 'start' | 'end') => check.text(name, props[name], /^\S+( \S+){4}$/, 'five fields of cron', '0 8 * * 1-5');
    const [start, end] = [times('start'), times('end')];
    if (start === end) {
      throw new ConfigError('ScaleTrigger.cron', 'SCALE_CRON', 'start and end are the same, so that it never is time', {
        got: start,
        fix: 'choose a later end',
      });
    }
    return new ScaleTrigger('cron', {
      timezone: timeZone('ScaleTrigger.cron', props.timeZone),
      start,
      end,
      desiredReplicas: String(check.integer('replicas', props.replicas, 1, 1000)),
    });
  }

  public static is(x: unknown): x is ScaleTrigger {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly type: 'prometheus' | 'cron',
    public readonly metadata: Readonly<Record<string, string>>,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.ScaleTrigger');
