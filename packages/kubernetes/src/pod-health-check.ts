import { Check, ConfigError } from '@ashlar/core';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';

/** The three probes of a container. */
export interface Probes {
  readonly startupProbe: k8s.Probe;
  readonly readinessProbe: k8s.Probe;
  readonly livenessProbe: k8s.Probe;
}

/**
 * How a container shows that it can serve (ready), and that it is not stuck (alive).
 *
 * The two are different questions: a pod that waits for its database must get no traffic, and must not be restarted.
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class HealthCheck {
  /**
   * Ready when a GET of `ready` on the workload's port answers 2xx or 3xx.
   * @param alive path that answers as long as the process works at all @default - the port accepts connections
   */
  public static http(ready: string, alive?: string): HealthCheck {
    const check = new Check('HealthCheck.http');
    const path = (name: string, value: string) => check.text(name, value, /^\/\S*$/, 'a path that starts with /', '/readyz');
    path('ready', ready);
    if (alive === undefined) return new HealthCheck(get(ready), tcp());
    path('alive', alive);
    different('HealthCheck.http', ready, alive);
    return new HealthCheck(get(ready), get(alive));
  }

  /** Ready when the workload's port accepts connections. */
  public static tcp(): HealthCheck {
    return new HealthCheck(tcp(), tcp());
  }

  /** Commands that run in the container and exit with 0; for what listens on no port. */
  public static command(ready: readonly string[], alive: readonly string[]): HealthCheck {
    const check = new Check('HealthCheck.command');
    check.list('ready', ready, "'worker', 'ready'");
    check.list('alive', alive, "'worker', 'alive'");
    different('HealthCheck.command', ready.join(' '), alive.join(' '));
    return new HealthCheck(
      () => ({ exec: { command: [...ready] } }),
      () => ({ exec: { command: [...alive] } }),
      false,
    );
  }

  public static is(x: unknown): x is HealthCheck {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    private readonly ready: Handler,
    private readonly alive: Handler,
    public readonly needsPort = true,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /**
   * No traffic after 15 s of failure, a restart only after 60 s. The start-up probe holds back the other two.
   * @param port number of the workload's port, which is also named `service`
   */
  public probes(port: number | undefined, startSeconds: number): Probes {
    // By name and by number: kube-score takes two probes of one port for one probe, and does not see that one is more patient.
    const byName = k8s.IntOrString.fromString('service');
    const byNumber = k8s.IntOrString.fromNumber(port ?? 0);
    return {
      startupProbe: {
        ...this.alive(byNumber),
        periodSeconds: 2,
        timeoutSeconds: 2,
        failureThreshold: Math.max(1, Math.ceil(startSeconds / 2)),
      },
      readinessProbe: { ...this.ready(byName), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
      livenessProbe: { ...this.alive(byNumber), periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 },
    };
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.HealthCheck');

type Handler = (port: k8s.IntOrString) => Pick<k8s.Probe, 'exec' | 'httpGet' | 'tcpSocket'>;

function get(path: string): Handler {
  return port => ({ httpGet: { path, port } });
}

function tcp(): Handler {
  return port => ({ tcpSocket: { port } });
}

function different(where: string, ready: string, alive: string): void {
  if (ready !== alive) return;
  throw new ConfigError(
    where,
    'HEALTH_CHECK_IDENTICAL',
    'ready and alive are the same check, so that a pod which waits for something else is restarted',
    {
      got: ready,
      fix: 'let alive ask only whether the process itself still works, or leave it out',
    },
  );
}
