import { Check, Duration } from '@ashlar/core';

export interface RetriesProps {
  /** Attempts after the first, 1–10. */
  readonly attempts: number;
  /** Pause before the first retry; it doubles with each. @default Duration.seconds(1) */
  readonly pause?: Duration;
}

/**
 * How often a request is sent again when the connection failed, or the workload said 502, 503 or 504. A workload may have begun on
 * it by then, so this is for requests that may come twice.
 */
export class Retries {
  public static is(x: unknown): x is Retries {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** @throws PROP_* */
  public static of(props: RetriesProps): Retries {
    const check = new Check('Retries.of');
    check.known(props, ['attempts', 'pause']);
    return new Retries(
      check.integer('attempts', props.attempts, 1, 10),
      check.instance('pause', props.pause ?? Duration.seconds(1), Duration, 'Duration.seconds(1)'),
    );
  }

  private constructor(
    public readonly attempts: number,
    public readonly pause: Duration,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

const MARKER = Symbol.for('@ashlar/edge.Retries');
