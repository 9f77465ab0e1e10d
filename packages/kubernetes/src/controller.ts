import { Check, ConfigError, Duration, Size } from '@ashlar/core';
import { timeZone } from './time-zone';

/** A volume of its own for each pod, kept when the pod is replaced. */
export interface PodVolume {
  readonly size: Size;
  /** Where the container sees it, e.g. `/var/lib/data`. */
  readonly path: string;
  /** @default - the cluster's default storage class */
  readonly storageClass?: string;
}

/** As many pods as the load needs. */
export interface Autoscale {
  /** 2 or more, so that one can be lost. @default 2 */
  readonly min?: number;
  readonly max: number;
  /** Percent of the requested processor time that pods use on average. 1–100 @default 70 */
  readonly cpu?: number;
}

export interface DeploymentProps {
  /** 1–1000 @default 2 */
  readonly replicas?: number;
  /** Instead of `replicas`. @default - a fixed number */
  readonly autoscale?: Autoscale;
}

export interface StatefulSetProps {
  readonly volume: PodVolume;
  /** 1–1000 @default 2 */
  readonly replicas?: number;
}

export interface CronJobProps {
  /** Five fields of cron, e.g. `15 3 * * *`. */
  readonly schedule: string;
  /** Time zone of the schedule, as in the tz database. @default `Etc/UTC` */
  readonly timeZone?: string;
  /** A run that takes longer is ended and counts as failed. @default 1 hour */
  readonly deadline?: Duration;
  /** Attempts after the first one failed. 0–10 @default 2 */
  readonly retries?: number;
}

/** What a {@link Controller} says, for those who render it. */
export type ControllerSettings =
  | { readonly kind: 'Deployment'; readonly replicas: number; readonly autoscale?: Required<Autoscale> }
  | { readonly kind: 'StatefulSet'; readonly replicas: number; readonly volume: PodVolume }
  | { readonly kind: 'DaemonSet' }
  | {
      readonly kind: 'CronJob';
      readonly schedule: string;
      readonly timeZone: string;
      readonly deadline: Duration;
      readonly retries: number;
    };

/** What keeps the pods of a workload: each kind with the settings that only it has. */
export class Controller {
  /** Interchangeable pods. */
  public static deployment(props: DeploymentProps = {}): Controller {
    const check = new Check('Controller.deployment');
    check.known(props, ['replicas', 'autoscale']);
    const { autoscale } = props;
    if (!autoscale) return new Controller({ kind: 'Deployment', replicas: replicas(check, props.replicas) });
    if (props.replicas !== undefined) {
      throw new ConfigError(
        'Controller.deployment',
        'CONTROLLER_REPLICAS',
        `replicas (${props.replicas}) and autoscale both say how many pods there are`,
        {
          fix: 'remove replicas; autoscale.min is where it starts',
        },
      );
    }
    check.known(autoscale, ['min', 'max', 'cpu']);
    const min = check.integer('autoscale.min', autoscale.min ?? 2, 2, 1000);
    const max = check.integer('autoscale.max', autoscale.max, min, 1000);
    return new Controller({
      kind: 'Deployment',
      replicas: max,
      autoscale: { min, max, cpu: check.integer('autoscale.cpu', autoscale.cpu ?? 70, 1, 100, 'percent') },
    });
  }

  /** Pods with a name, an address and a volume of their own. */
  public static statefulSet(props: StatefulSetProps): Controller {
    const check = new Check('Controller.statefulSet');
    check.known(props, ['volume', 'replicas']);
    check.known(check.present('volume', props.volume, "{ size: Size.gibibytes(10), path: '/var/lib/data' }"), [
      'size',
      'path',
      'storageClass',
    ]);
    check.instance('volume.size', props.volume.size, Size, 'Size.gibibytes(10)');
    check.text('volume.path', props.volume.path, /^\/\S+$/, 'an absolute path', '/var/lib/data');
    if (props.volume.storageClass !== undefined) check.label('volume.storageClass', props.volume.storageClass);
    return new Controller({ kind: 'StatefulSet', replicas: replicas(check, props.replicas), volume: props.volume });
  }

  /** One pod on every node. */
  public static daemonSet(): Controller {
    return new Controller({ kind: 'DaemonSet' });
  }

  /** A pod at set times, until it is done. Two runs never overlap. */
  public static cronJob(props: CronJobProps): Controller {
    const check = new Check('Controller.cronJob');
    check.known(props, ['schedule', 'timeZone', 'deadline', 'retries']);
    return new Controller({
      kind: 'CronJob',
      schedule: check.text(
        'schedule',
        props.schedule,
        CRON,
        'five fields of cron: minute, hour, day of month, month, day of week',
        '15 3 * * *',
      ),
      timeZone: timeZone('Controller.cronJob', props.timeZone),
      deadline: check.instance('deadline', props.deadline ?? Duration.hours(1), Duration, 'Duration.hours(1)'),
      retries: check.integer('retries', props.retries ?? 2, 0, 10),
    });
  }

  public static is(x: unknown): x is Controller {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(public readonly settings: ControllerSettings) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.Controller');

/** A field is `*`, numbers, names, ranges, lists, steps. Whether the day exists is the apiserver's to say. */
const FIELD = '(?:[\\dA-Za-z*?]+(?:-[\\dA-Za-z]+)?(?:/\\d+)?(?:,[\\dA-Za-z*]+(?:-[\\dA-Za-z]+)?(?:/\\d+)?)*)';
const CRON = new RegExp(`^${FIELD}(?: ${FIELD}){4}$`);

function replicas(check: Check, given: number | undefined): number {
  return check.integer('replicas', given ?? 2, 1, 1000);
}
