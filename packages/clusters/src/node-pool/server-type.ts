import { ConfigError, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';

export type Architecture = 'x86' | 'arm';

/** A size in which a cloud rents servers. */
export interface ServerType {
  /** As the vendor writes it: `ccx53`, `m7i.8xlarge`. */
  readonly name: string;
  readonly architecture: Architecture;
  readonly threads: number;
  readonly memory: Size;
  /** Disk that comes with it. @default - it has the size that is asked for */
  readonly disk?: Size;
  /** Regions where it can be had. @default - every one that the library knows */
  readonly regions?: readonly string[];
}

/** What a server must have at least, whatever its cloud calls that. */
export interface ServerNeeds {
  readonly threads: number;
  readonly memory: Size;
  /** @default `x86` */
  readonly architecture?: Architecture;
}

/** One family of a vendor, whose members differ by a factor: `['large', 2]` of one with 4 GiB a thread is 2 threads and 8 GiB. */
export function family(
  name: (size: string) => string,
  of: { readonly architecture: Architecture; readonly gibPerThread: number },
  sizes: readonly (readonly [size: string, threads: number])[],
): ServerType[] {
  return sizes.map(([size, threads]) => ({
    name: name(size),
    architecture: of.architecture,
    threads,
    memory: Size.gibibytes(threads * of.gibPerThread),
  }));
}

/** Where sizes are listed, for messages. */
interface Catalogue {
  readonly vendor: string;
  readonly region: string;
  readonly types: readonly ServerType[];
  readonly see: string;
}

/**
 * The type of a name, or the smallest that has what is needed.
 * @throws NODE_POOL_SIZE
 */
export function serverTypeOf(scope: IConstruct, { vendor, region, types, see }: Catalogue, wanted: string | ServerNeeds): ServerType {
  const here = types.filter(type => type.regions === undefined || type.regions.includes(region));
  const names = (list: readonly ServerType[]) => list.map(({ name }) => name).join(', ');
  if (typeof wanted === 'string') {
    const type = here.find(({ name }) => name === wanted);
    if (type) return type;
    const elsewhere = types.find(({ name }) => name === wanted)?.regions;
    const problem = elsewhere ? `${vendor} has no ${wanted} in ${region}` : `${vendor} has no server type of that name`;
    throw new ConfigError(scope, 'NODE_POOL_SIZE', problem, {
      ...(elsewhere === undefined && { got: wanted }),
      fix: elsewhere ? `choose ${elsewhere.join(' or ')}, or one of ${names(here)}` : `use one of ${names(here)}`,
      see,
    });
  }
  const { threads, memory, architecture = 'x86' } = wanted;
  const fitting = here.filter(
    type => type.architecture === architecture && type.threads >= threads && type.memory.toBytes() >= memory.toBytes(),
  );
  const [smallest] = [...fitting].sort((a, b) => a.memory.toBytes() - b.memory.toBytes() || a.threads - b.threads);
  if (smallest) return smallest;
  throw new ConfigError(
    scope,
    'NODE_POOL_SIZE',
    `no ${architecture} server type of ${vendor} in ${region} has ${threads} threads and ${memory} of memory`,
    { fix: `ask for less, or use one of ${names(here)} in a larger number`, see },
  );
}
