import { Claims, type IInstance, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** What a `HostTuning` of @ashlar/hardware says of hosts that run Talos; known by its marker, for that package is none of ours. */
interface TalosTuning extends IConstruct {
  readonly system: string;
  readonly settings: { readonly all: readonly { readonly kind: string; readonly name: string; readonly value: string }[] };
}

const TUNING = Symbol.for('@ashlar/hardware.HostTuning');
/** Kinds of settings that a patch is written of; those of the kernel's command line are a part of the image instead. */
const PATCHED = ['sysctl', 'module', 'network port', 'host'];

/** The patch, in the output, by which a node is tuned; undefined when nothing tunes it. */
export function tuningPatchOf(node: IInstance): string | undefined {
  const patched = tuningOf(node)?.settings.all.some(({ kind }) => PATCHED.includes(kind));
  return patched ? `talos/${node.hostName}/tuning.yaml` : undefined;
}

/** Arguments of the kernel's command line by which a node is tuned, as `name=value`. */
export function tuningArgumentsOf(node: IInstance): readonly string[] {
  const settings = tuningOf(node)?.settings.all ?? [];
  return settings.filter(({ kind }) => kind === 'kernel argument').map(({ name, value }) => (value ? `${name}=${value}` : name));
}

/** A host is tuned once, which the tuning claims. */
function tuningOf(node: IInstance): TalosTuning | undefined {
  const tuning = Claims.of(node).holder('tuning of', pathOf(node));
  if (tuning === undefined || !(TUNING in tuning)) return undefined;
  const known = tuning as IConstruct as TalosTuning;
  return known.system === 'talos' ? known : undefined;
}
