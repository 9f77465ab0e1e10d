import { Duration, type Lifecycle, type NameUse, type Need, type Placement, type Secret, Site, type Step } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { Shown } from '../lab';

// The least that implements the contracts of order.

export interface PartProps {
  readonly after?: readonly (IConstruct | Need)[];
  readonly uses?: readonly NameUse[];
  readonly on?: Placement['standsOn'];
  readonly start?: readonly Step[];
  readonly rest?: Partial<Lifecycle>;
}

/** Something that is started, by one step of a minute where nothing else is said. */
export class Part extends Construct {
  public readonly placement: Placement;
  public readonly props: { -readonly [K in keyof PartProps]: PartProps[K] };

  constructor(scope: Construct, id: string, props: PartProps = {}) {
    super(scope, id);
    this.props = { ...props };
    this.placement = { standsOn: props.on ?? [] };
  }

  public get lifecycle(): Lifecycle {
    const { after = [], uses = [], start = [step('start')], rest } = this.props;
    return { startsAfter: after, uses, start, ...rest };
  }

  /** Named once it is declared, as circles are. */
  public startsAfter(...needs: readonly (IConstruct | Need)[]): void {
    this.props.after = [...(this.props.after ?? []), ...needs];
  }
}

export class Gateway extends Part {}
export class Resolver extends Part {}
export class Registry extends Part {
  public readonly serves = [`${this.node.id}.example.net`];
}
export class Cluster extends Part {}
export class Chart extends Part {}
export class Workspace extends Part {}
export class BootServer extends Part {}
export class SecretStore extends Part {
  public readonly keepsSecrets = 'openbao';
}

/** What a state or a cluster creates: nobody starts it. */
export class Guest extends Construct {
  constructor(
    scope: Construct,
    id: string,
    public readonly placement: Placement = { standsOn: [] },
  ) {
    super(scope, id);
  }
}

export class Machine extends Part {
  public readonly depiction = { kind: 'machine', label: this.node.id, facts: [] } as const;
}

export class Feed extends Shown {
  constructor(scope: Construct, id: string) {
    super(scope, id, { kind: 'feed', label: id, facts: [] });
  }
}

export function step(id: string, minutes = 1, more: Partial<Step> = {}): Step {
  return {
    id,
    title: `Do ${id}`,
    action: { byHand: `do ${id}` },
    check: { ask: `Is ${id} done?` },
    undo: { nothing: 'it is a test' },
    budget: Duration.minutes(minutes),
    ...more,
  };
}

export function reading(secret: Secret): Step {
  return step('start', 1, { secrets: [secret] });
}

export function site(): Site {
  return new Site('lab', { domain: 'lab.example.net' });
}
