import { Check, ConfigError, type IInstance, pathOf, type Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ConfigDocument } from './config-documents';
import { keysOf, SECRET_KEYS, SECRET_KINDS } from './configuration-keys';
import { minorOf } from './talos-releases';

/** What some machines are configured with besides what the cluster says: sections of the first document, or a document of its own. */
export interface TalosPatch {
  /** `{ machine: { sysctls: … } }`, `{ cluster: … }`, or `{ apiVersion: 'v1alpha1', kind: 'WatchdogTimerConfig', … }`. */
  readonly config: { readonly machine?: object; readonly cluster?: object } | ConfigDocument;
  /** @default - every machine of the cluster */
  readonly nodes?: readonly IInstance[];
}

/**
 * Refuses a patch that Talos would, or that says what the cluster says, or a secret.
 * @throws TALOS_PATCH_KEY, TALOS_PATCH_KIND, TALOS_PATCH_SECRET, TALOS_PATCH_NODE, PROP_*
 */
export function checkPatch(cluster: IConstruct, patch: TalosPatch, nodes: readonly IInstance[], talos: Version): void {
  const check = new Check(cluster);
  check.known(patch, ['config', 'nodes']);
  const config: object = check.present('config of a patch', patch.config, '{ machine: { … } }');
  if (typeof config !== 'object' || Array.isArray(config)) {
    throw new ConfigError(cluster, 'PROP_TYPE', 'config of a patch must be an object', { got: config, fix: 'write { machine: { … } }' });
  }
  for (const node of patch.nodes ?? []) {
    if (nodes.includes(node)) continue;
    throw new ConfigError(cluster, 'TALOS_PATCH_NODE', `a patch is for ${pathOf(node)}, which is no machine of this cluster`, {
      fix: 'list it among controlPlanes or workers, or leave it out of the patch',
    });
  }
  if ('kind' in config) checkDocument(cluster, config as ConfigDocument, talos);
  else checkSections(cluster, config, talos);
}

function checkDocument(cluster: IConstruct, { apiVersion, kind }: ConfigDocument, talos: Version): void {
  const minor = minorOf(talos);
  if (apiVersion !== 'v1alpha1' || !keysOf('kind', minor).includes(kind)) {
    const since = keysOf('kind', '1.13').includes(kind) ? ', it came with 1.13' : '';
    throw new ConfigError(cluster, 'TALOS_PATCH_KIND', `Talos ${minor} has no document ${kind} of ${apiVersion}${since}`, {
      fix: "write apiVersion: 'v1alpha1' and one of the kinds of its reference",
      see: `https://docs.siderolabs.com/talos/v${minor}/reference/configuration/overview`,
    });
  }
  if (SECRET_KINDS.includes(kind)) {
    throw new ConfigError(cluster, 'TALOS_PATCH_SECRET', `a patch has a ${kind}, whose secret would be committed`, {
      fix: 'keep it out of the program: put it in when the machines are configured, with a patch of your own',
    });
  }
}

function checkSections(cluster: IConstruct, config: object, talos: Version): void {
  const minor = minorOf(talos);
  new Check(cluster).known(config, ['machine', 'cluster']);
  for (const [section, content] of Object.entries(config) as ['machine' | 'cluster', object][]) {
    for (const key of Object.keys(content ?? {})) {
      if (!keysOf(section, minor).includes(key)) {
        const gone = keysOf(section, '1.12').includes(key) ? '; it was one of 1.12, and is a document of its own since' : '';
        throw new ConfigError(cluster, 'TALOS_PATCH_KEY', `Talos ${minor} knows no ${section}.${key}${gone}`, {
          fix: `use one of ${keysOf(section, minor).join(', ')}`,
        });
      }
      if (SECRET_KEYS[section].includes(key)) {
        throw new ConfigError(cluster, 'TALOS_PATCH_SECRET', `a patch sets ${section}.${key}, which is a secret of the cluster`, {
          fix: 'leave it out: it comes from the secrets of the cluster',
        });
      }
    }
  }
}
