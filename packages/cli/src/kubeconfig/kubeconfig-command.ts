import { resolve } from 'node:path';
import { ConfigError } from '@ashlar/core';
import { Command } from 'commander';
import { KubeconfigFile, kubeconfigOf, renamed } from './kubeconfig-file';
import { fetch, type KubeconfigSource, k3sServer, secretOf } from './kubeconfig-source';

interface Options {
  readonly cluster: string;
  readonly server?: string;
  readonly from?: string;
  readonly context?: string;
  readonly secret?: string;
}

/** `ashlar kubeconfig` */
export function kubeconfigCommand(): Command {
  return new Command('kubeconfig')
    .description('Gets access to a cluster, into $KUBECONFIG or ../.ashlar/kubeconfig: from a server of K3s, or from what made it')
    .requiredOption('--cluster <name>', 'name of the cluster, its context and its user there')
    .option('--server <url>', 'address of its API server, as this machine reaches it; as it is told, when this is left out')
    .option('--from <user@host>', 'a server of K3s, over SSH')
    .option('--context <name>', 'context of the cluster that made it')
    .option('--secret <namespace/name>', 'Secret of Cluster API there')
    .action(async (options: Options) => {
      const source = sourceOf(options);
      const fetched = kubeconfigOf(fetch(options.cluster, source));
      if (fetched === undefined || fetched.clusters.length === 0 || fetched.users.length === 0) {
        throw new ConfigError(options.cluster, 'KUBECONFIG_SOURCE', `${source.name} is no kubeconfig`, { fix: source.fix });
      }
      const path = resolve(process.env.KUBECONFIG || '../.ashlar/kubeconfig');
      await new KubeconfigFile(path).merge(renamed(fetched, options.cluster, options.server));
      console.error(`${options.cluster}: ${path}`);
    });
}

/** What has been given reaches a program, so it is looked at. */
function sourceOf({ cluster, server, from, context, secret }: Options): KubeconfigSource {
  const wrong = (given: string | undefined, form: RegExp, option: string, fix: string) =>
    given === undefined || form.test(given) ? [] : [`${option} ${given}: ${fix}`];
  const both = from !== undefined && server !== undefined && context === undefined && secret === undefined;
  const made = from === undefined && context !== undefined && secret !== undefined;
  const faults = [
    ...wrong(cluster, NAME, '--cluster', 'write the name of the cluster, like prod'),
    ...wrong(server, /^https:\/\/[^\s/]+:\d+$/, '--server', 'write it like https://10.20.0.5:6443'),
    ...wrong(from, /^[a-z_][\w.-]*@[\w.:-]+$/, '--from', 'write it like admin@10.20.0.11'),
    ...wrong(context, NAME, '--context', 'write the name of the cluster that made it, like brain'),
    ...wrong(secret, /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/, '--secret', 'write it like clusters/media-kubeconfig'),
    ...(both || made ? [] : ['write --server and --from, or --context and --secret']),
  ];
  if (faults.length > 0) throw new ConfigError('kubeconfig', 'KUBECONFIG_OPTION', faults.join('; '));
  return made ? secretOf(context, secret) : k3sServer(from as string);
}

const NAME = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;
