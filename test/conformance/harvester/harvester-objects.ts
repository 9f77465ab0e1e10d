import { Testing } from '@ashlar/core/testing';
import { parse } from 'yaml';
import { HarvesterBackupTarget } from '../../../packages/hci/src';
import { lab } from '../../../packages/hci/test/harvester/lab';
import { published } from '../../../packages/hci/test/harvester/published';
import type { KubernetesObject } from '../kubernetes/api-client';

/** The files of a site that has all that a Harvester cluster can have, by path. */
export function harvesterFiles(): Record<string, string> {
  return Testing.files(published().site);
}

/** Every object of it, and the setting of a backup target that needs no keys, by file. */
export function harvesterObjects(): (readonly [file: string, object: KubernetesObject])[] {
  const { hci, site } = lab();
  new HarvesterBackupTarget(hci, 'nas', { nfs: 'nfs://192.168.10.5:/srv/backup' });
  const nfs = 'kubernetes/hci/harvester/Setting-backup-target.yaml';
  const files = Object.entries({ ...harvesterFiles(), [nfs]: Testing.files(site)[nfs] ?? '' });
  return files
    .filter(([path]) => path.startsWith('kubernetes/') || path.endsWith('/backup-target.yaml'))
    .map(([path, text]) => [path, parse(text) as KubernetesObject] as const);
}
