import { Check, ConfigError, Size } from '@ashlar/core';

/** What one machine has. */
export interface MachineSize {
  /** 1–512 */
  readonly cores: number;
  readonly memory: Size;
  /** Of the one disk that it installs itself on. */
  readonly disk: Size;
}

/** The machines of a class. */
export interface ClusterClassProps {
  readonly controlPlane: MachineSize;
  readonly worker: MachineSize;
}

const MARKER = Symbol.for('@ashlar/clusters.ClusterClass');

/**
 * The sizes of a cluster's machines, whatever the infrastructure makes of them.
 *
 * It takes the place of Cluster API's own ClusterClass, which the Talos control plane cannot be part of: there is no template of it.
 * @see docs/decisions/0020-cluster-api-by-operator.md
 */
export class ClusterClass {
  /** For one team: control planes of 4 GiB, workers of 8 GiB. */
  public static readonly SMALL = ClusterClass.of('small', { controlPlane: size(2, 4, 20), worker: size(4, 8, 60) });
  /** For what several teams share: control planes of 8 GiB, workers of 16 GiB. */
  public static readonly MEDIUM = ClusterClass.of('medium', { controlPlane: size(4, 8, 40), worker: size(8, 16, 120) });
  /** For thousands of pods: control planes of 16 GiB, workers of 32 GiB. */
  public static readonly LARGE = ClusterClass.of('large', { controlPlane: size(8, 16, 80), worker: size(16, 32, 240) });

  /**
   * A class of your own.
   * @throws CLASS_SIZE when Talos does not run in so little, PROP_*
   */
  public static of(name: string, props: ClusterClassProps): ClusterClass {
    const check = new Check(`ClusterClass ${name}`);
    check.known(props, ['controlPlane', 'worker']);
    return new ClusterClass(
      check.label('the name of a class', name),
      checked(name, 'controlPlane', props.controlPlane, 2),
      checked(name, 'worker', props.worker, 1),
    );
  }

  /** One of the classes above. @throws CLASS_UNKNOWN */
  public static named(name: string): ClusterClass {
    const known = [ClusterClass.SMALL, ClusterClass.MEDIUM, ClusterClass.LARGE];
    const found = known.find(each => each.name === name);
    if (found) return found;
    throw new ConfigError('ClusterClass.named', 'CLASS_UNKNOWN', 'there is no class of this name', {
      got: name,
      fix: `use one of ${known.map(each => each.name).join(', ')}, or write ClusterClass.of('${name}', { controlPlane, worker })`,
    });
  }

  public static is(x: unknown): x is ClusterClass {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    public readonly name: string,
    public readonly controlPlane: MachineSize,
    public readonly worker: MachineSize,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }
}

function size(cores: number, memory: number, disk: number): MachineSize {
  return { cores, memory: Size.gibibytes(memory), disk: Size.gibibytes(disk) };
}

/** @see https://docs.siderolabs.com/talos/latest/getting-started/system-requirements */
function checked(name: string, role: string, machine: MachineSize, minGibibytes: number): MachineSize {
  const at = `ClusterClass ${name}`;
  const check = new Check(at);
  check.known(check.present(role, machine, '{ cores: 4, memory: Size.gibibytes(8), disk: Size.gibibytes(60) }'), [
    'cores',
    'memory',
    'disk',
  ]);
  check.integer(`${role}.cores`, machine.cores, 1, 512);
  for (const [key, least] of [
    ['memory', minGibibytes],
    ['disk', 10],
  ] as const) {
    const given = check.instance(`${role}.${key}`, machine[key], Size, `Size.gibibytes(${least})`);
    if (given.toBytes() >= Size.gibibytes(least).toBytes()) continue;
    throw new ConfigError(at, 'CLASS_SIZE', `${role}.${key} is ${given}, and Talos needs ${least} GiB`, {
      fix: `write ${key}: Size.gibibytes(${least}), or more`,
      see: 'https://docs.siderolabs.com/talos/latest/getting-started/system-requirements',
    });
  }
  return { cores: machine.cores, memory: machine.memory, disk: machine.disk };
}
