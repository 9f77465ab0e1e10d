import { Size } from '@ashlar/core';
import type { ServerType } from '../server-type';

const EUROPE = ['fsn1', 'nbg1', 'hel1'];

/** Name, threads, memory and disk in GB as sold. */
type Row = readonly [name: string, threads: number, memory: number, disk: number];

function types(rows: readonly Row[], common: Pick<ServerType, 'architecture' | 'regions'>): ServerType[] {
  return rows.map(([name, threads, memory, disk]) => ({
    name,
    threads,
    memory: Size.gibibytes(memory),
    disk: Size.gibibytes(disk),
    ...common,
  }));
}

/**
 * Server types that can be ordered, as of November 2025. Those of a CCX are threads of its own; the others share theirs.
 * @see https://docs.hetzner.com/cloud/servers/overview/
 */
export const HETZNER_SERVER_TYPES: readonly ServerType[] = [
  ...types(
    [
      ['ccx13', 2, 8, 80],
      ['ccx23', 4, 16, 160],
      ['ccx33', 8, 32, 240],
      ['ccx43', 16, 64, 360],
      ['ccx53', 32, 128, 600],
      ['ccx63', 48, 192, 960],
    ],
    { architecture: 'x86', regions: [...EUROPE, 'ash', 'hil', 'sin'] },
  ),
  ...types(
    [
      ['cx23', 2, 4, 40],
      ['cx33', 4, 8, 80],
      ['cx43', 8, 16, 160],
      ['cx53', 16, 32, 320],
    ],
    { architecture: 'x86', regions: EUROPE },
  ),
  ...types(
    [
      ['cax11', 2, 4, 40],
      ['cax21', 4, 8, 80],
      ['cax31', 8, 16, 160],
      ['cax41', 16, 32, 320],
    ],
    { architecture: 'arm', regions: EUROPE },
  ),
];
