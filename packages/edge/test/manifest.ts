import { Testing } from '@ashlar/core/testing';
import type { IConstruct } from 'constructs';
import { parse } from 'yaml';

/** The only manifest of a kind and name. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a manifest is the vendor's
export function manifest(site: IConstruct, kind: string, name: string): any {
  const found = Object.entries(Testing.files(site)).filter(
    ([path]) => path.startsWith('kubernetes/') && path.endsWith(`/${kind}-${name}.yaml`),
  );
  if (found.length !== 1) throw new Error(`${found.length} manifests of ${kind} ${name}`);
  return parse(found[0]?.[1] as string);
}
