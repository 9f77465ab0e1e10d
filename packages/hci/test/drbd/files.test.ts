import { Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DrbdVolume, LinstorCluster } from '../../src';
import { expectGolden } from '../golden';
import { pair } from './pair';

const nvme = ({ machines }: ReturnType<typeof pair>) => machines.slice(0, 2).map(machine => machine.disk('nvme'));

/** Files of the cluster, by their path in it. */
function files(build: (all: ReturnType<typeof pair>) => void): Record<string, string> {
  const all = pair();
  build(all);
  const folder = 'devices/drbd/mirror/';
  return Object.fromEntries(
    Object.entries(Testing.files(all.site)).flatMap(([path, text]) => (path.startsWith(folder) ? [[path.slice(folder.length), text]] : [])),
  );
}

describe('a plain mirror of two nodes', () => {
  const rendered = files(all => new DrbdVolume(all.drbd, 'data', { number: 0, size: Size.terabytes(4), disks: nvme(all) }));

  test('is what DRBD reads and a runbook, and nothing else', () => {
    expect(Object.keys(rendered)).toEqual(['RUNBOOK.md', 'drbd.d/data.res', 'drbd.d/global_common.conf']);
  });
  test.each(Object.keys(rendered))('has its golden %s', path => expectGolden(`drbd/plain/${path}`, rendered[path]));
});

describe('LINSTOR on two nodes', () => {
  const rendered = files(
    all => new LinstorCluster(all.drbd, 'linstor', { pool: { driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) } }),
  );

  test('is a script, files of each node, files of all, and a runbook', () => {
    expect(Object.keys(rendered)).toEqual([
      'RUNBOOK.md',
      'drbd.d/global_common.conf',
      'linstor/all/linstor-client.conf',
      'linstor/all/linstor_db.toml',
      'linstor/all/satellite-keeps-database.conf',
      'linstor/all/var-lib-linstor.mount',
      'linstor/create.sh',
      'linstor/pve-01/linstor.toml',
      'linstor/pve-01/linstor_satellite.toml',
      'linstor/pve-02/linstor.toml',
      'linstor/pve-02/linstor_satellite.toml',
      'linstor/router/linstor_satellite.toml',
    ]);
  });
  test.each(Object.keys(rendered))('has its golden %s', path => expectGolden(`drbd/linstor/${path}`, rendered[path]));
});
