import { load, YAMLException } from 'js-yaml';
import { parseRange } from '../space/address-text';
import { unjudged } from '../unjudged';
import { Manifest } from './manifest';
import type { ClusterNetwork } from './read-kubernetes';

const FILE = /^devices\/k3s\/([^/]+)\/[^/]+\/config\.yaml$/;

/** What K3s takes when its configuration does not say. @see https://docs.k3s.io/cli/server#networking */
const DEFAULTS: Readonly<Record<string, string>> = { 'cluster-cidr': '10.42.0.0/16', 'service-cidr': '10.43.0.0/16' };

/**
 * The addresses inside each cluster of K3s, by its name, from the configurations of its nodes in `devices/k3s/<cluster>/<node>/`.
 * @throws REACH_UNJUDGED when nodes of one cluster disagree, or let nothing enforce its policies
 */
export function k3sNetworks(files: Iterable<readonly [string, string]>): ReadonlyMap<string, ClusterNetwork> {
  const nodes = new Map<string, Manifest[]>();
  for (const [path, text] of files) {
    const [, cluster] = FILE.exec(path) ?? [];
    if (cluster !== undefined) nodes.set(cluster, [...(nodes.get(cluster) ?? []), configurationOf(path, text)]);
  }
  return new Map([...nodes].map(([cluster, configurations]) => [cluster, networkOf(configurations)]));
}

function networkOf(nodes: readonly Manifest[]): ClusterNetwork {
  for (const node of nodes) {
    // Another network plug-in enforces policies itself.
    if (node.flag('disable-network-policy', false) && !node.has('flannel-backend')) {
      node.refuse('disable-network-policy', 'leave it out: nothing else enforces network policies');
    }
  }
  const machines = nodes.flatMap(node => prefixes(node, 'node-ip'));
  return {
    pods: agreed(nodes, 'cluster-cidr'),
    services: agreed(nodes, 'service-cidr'),
    ...(machines.length > 0 && { machines }),
  };
}

/** What servers say of one network; agents do not say it. */
function agreed(nodes: readonly Manifest[], name: string): readonly string[] {
  const said = nodes.filter(node => node.has(name));
  const [first, ...rest] = said;
  const other = rest.find(node => node.text(name) !== first?.text(name));
  if (other) other.refuse(name, `write what ${first?.file} says`);
  return first ? prefixes(first, name) : [DEFAULTS[name] as string];
}

/** One prefix or address, or one of each family with a comma between. */
function prefixes(node: Manifest, name: string): readonly string[] {
  if (!node.has(name)) return [];
  const texts = node.text(name).split(',');
  return texts.every(text => parseRange(text)) ? texts : node.refuse(name, 'write addresses');
}

function configurationOf(file: string, text: string): Manifest {
  try {
    const value = load(text) ?? {};
    if (typeof value !== 'object' || Array.isArray(value))
      throw unjudged(file, undefined, 'a configuration that is no object', 'write options');
    return new Manifest(file, 'k3s', value as Record<string, unknown>);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw unjudged(file, error.mark.line + 1, 'text that is no YAML', 'write the configuration of K3s');
  }
}
