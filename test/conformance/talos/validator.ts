import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { outputs, tool } from '../tool';
import type { Release, TalosLab } from './talos-labs';

/** A machine's configuration that Talos is asked about. */
export interface Question {
  readonly cluster: string;
  readonly endpoint: string;
  readonly kubernetes: string;
  readonly talos: string;
  readonly type: 'controlplane' | 'worker';
  /** Whether it installs itself; what runs from an image of a cloud does not. */
  readonly metal: boolean;
  /** Applied, one after the other, to what `talosctl gen config` makes. */
  readonly patches: readonly string[];
}

export interface Answer {
  readonly error?: string;
  readonly warnings?: readonly string[];
  /** All of it, without its secrets. */
  readonly config?: string;
}

/** Asks Talos itself: its own generator, patcher, loader and validator. */
export function askTalos({ validator }: Release, questions: readonly Question[]): Answer[] {
  const input = JSON.stringify(questions);
  return JSON.parse(execFileSync(tool(validator) as string, { input, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 }));
}

/** One question for each machine of a cluster. */
export function questionsOf({ cluster, files }: TalosLab): Question[] {
  return cluster.members.map(({ node, controlPlane }) => ({
    cluster: cluster.name,
    endpoint: cluster.endpoint.url,
    kubernetes: String(cluster.version),
    talos: String(cluster.talos),
    type: controlPlane ? 'controlplane' : 'worker',
    metal: true,
    patches: [files[`talos/${cluster.name}/${node.hostName}.yaml`] as string],
  }));
}

/** One question for each machine of the clusters of one minor in the outputs of all apps, with the patch that tunes it. */
export function questionsOfApps(minor: string): (readonly [machine: string, question: Question])[] {
  return outputs().flatMap(({ app, folder }) => {
    const talos = join(folder, 'talos');
    const clusters = existsSync(talos) ? readdirSync(talos).filter(name => existsSync(join(talos, name, 'schematic.yaml'))) : [];
    return clusters.sort().flatMap(cluster => {
      const machines = readdirSync(join(talos, cluster)).filter(file => !['schematic.yaml', 'tuning.yaml'].includes(file));
      return machines.sort().flatMap(file => {
        const text = readFileSync(join(talos, cluster, file), 'utf8');
        const { machine, cluster: section } = parseAllDocuments(text)[0]?.toJS() ?? {};
        const release = String(machine?.install?.image).replace(/.*:/, '');
        if (!release.startsWith(`v${minor}.`)) return [];
        const tuning = join(talos, file.replace('.yaml', ''), 'tuning.yaml');
        const question: Question = {
          cluster,
          endpoint: `https://${section?.apiServer?.certSANs?.[0] ?? '192.0.2.1'}:6443`,
          kubernetes: '1.35.0',
          talos: release,
          type: section?.apiServer ? 'controlplane' : 'worker',
          metal: true,
          patches: [text, ...(existsSync(tuning) ? [readFileSync(tuning, 'utf8')] : [])],
        };
        return [[`${app}: ${cluster}/${file}`, question] as const];
      });
    });
  });
}
