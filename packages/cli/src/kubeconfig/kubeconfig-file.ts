import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { dump, load } from 'js-yaml';
import { ProcessLock } from '../process/process-lock';

interface Named {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The content of a kubeconfig, as far as it is looked at. */
export interface Kubeconfig {
  readonly clusters: readonly (Named & { readonly cluster: Readonly<Record<string, unknown>> })[];
  readonly users: readonly (Named & { readonly user: unknown })[];
  readonly contexts: readonly (Named & { readonly context: Readonly<Record<string, unknown>> })[];
  readonly [key: string]: unknown;
}

/** Reads one. @returns undefined when it is something else */
export function kubeconfigOf(text: string): Kubeconfig | undefined {
  try {
    const config = load(text) as Partial<Kubeconfig> | undefined;
    const lists = [config?.clusters, config?.users, config?.contexts];
    return lists.every(Array.isArray) ? (config as Kubeconfig) : undefined;
  } catch {
    return undefined;
  }
}

/** The access that a single-cluster kubeconfig gives, under the name of its cluster. @param server address of its API @default - as it says */
export function renamed({ clusters: [cluster], users: [user] }: Kubeconfig, name: string, server?: string): Kubeconfig {
  return {
    clusters: [{ name, cluster: { ...cluster?.cluster, ...(server !== undefined && { server }) } }],
    users: [{ name, user: user?.user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
}

/** How long others may take to write it, in milliseconds. */
const PATIENCE = 10_000;

/** A kubeconfig file of several clusters, which several programs may write. */
export class KubeconfigFile {
  private readonly lock: ProcessLock;

  constructor(private readonly path: string) {
    this.lock = new ProcessLock(dirname(path), `.${basename(path)}.lock`);
  }

  /**
   * Puts access to a cluster in, in place of what it has under the same name. The file is there whole at any moment, for its owner only.
   * @throws KUBECONFIG_FORMAT, KUBECONFIG_BUSY
   */
  public async merge(added: Kubeconfig): Promise<void> {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const until = Date.now() + PATIENCE;
    for (let holder = this.lock.take(); holder; holder = this.lock.take()) {
      if (Date.now() > until) {
        throw new ConfigError('kubeconfig', 'KUBECONFIG_BUSY', `process ${holder.pid} has had ${this.path} for ${PATIENCE / 1000} s`, {
          fix: 'run it again when that has ended',
        });
      }
      await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 80));
    }
    try {
      this.write(dump(this.merged(added), { lineWidth: -1 }));
    } finally {
      this.lock.release();
    }
  }

  private merged(added: Kubeconfig): Kubeconfig {
    const present = existsSync(this.path) ? kubeconfigOf(readFileSync(this.path, 'utf8')) : EMPTY;
    if (present === undefined) {
      throw new ConfigError('kubeconfig', 'KUBECONFIG_FORMAT', `${this.path} is there, and is no kubeconfig`, { fix: 'move it away' });
    }
    const merge = <T extends Named>(before: readonly T[], after: readonly T[]) => {
      return [...before.filter(({ name }) => !after.some(other => other.name === name)), ...after];
    };
    return {
      ...present,
      clusters: merge(present.clusters, added.clusters),
      users: merge(present.users, added.users),
      contexts: merge(present.contexts, added.contexts),
    };
  }

  private write(text: string): void {
    const half = join(dirname(this.path), `.${basename(this.path)}.${process.pid}`);
    const file = openSync(half, 'w', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(half, this.path);
  }
}

const EMPTY: Kubeconfig = { apiVersion: 'v1', kind: 'Config', clusters: [], users: [], contexts: [], 'current-context': '' };
