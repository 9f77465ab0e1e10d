import type { DeclaredEnd } from '../declaration';
import { calledGroup, keyOfGroup } from '../kubernetes/pod-group';
import type { Network } from '../network';
import type { PodGroup } from '../router';
import type { IntervalSet } from '../rule-chain';
import { setOf } from '../space/interval-set';
import { placesText, portsText } from '../space/space-text';
import type { ClusterProof } from './cluster-proof';
import type { PermittedPassage } from './pod-comparison';

/** The part of the report about pods: by cluster who reaches whom, and why. */
export function reportPods(clusters: readonly ClusterProof[], ends: readonly DeclaredEnd[], network: Network): string {
  if (clusters.length === 0) return '';
  const names = new Map(ends.flatMap(({ pods, path }) => (pods ? [[keyOfGroup(pods), path] as const] : [])));
  const nameOf = (group: PodGroup) => names.get(keyOfGroup(group)) ?? calledGroup(group);
  const parts = clusters.flatMap(({ cluster, permitted, unjudged }) => [
    '',
    `### ${cluster}`,
    '',
    '| From | To | Ports | Why |',
    '|---|---|---|---|',
    ...rowsOf(permitted, nameOf, network),
    ...(unjudged.length > 0
      ? ['', `Not judged, because no policy of the cluster closes them: what passes among ${listed(unjudged.map(nameOf))}.`]
      : []),
  ]);
  return `${['', '## Between pods', '', 'Computed from the rendered network policies, and for addresses also from the way there.', ...parts].join('\n')}\n`;
}

function rowsOf(permitted: readonly PermittedPassage[], nameOf: (group: PodGroup) => string, network: Network): string[] {
  const rows = new Map<string, PermittedPassage[]>();
  for (const passage of permitted) {
    const { from, to, family, source, destination, reason } = passage;
    const text = (group: PodGroup | undefined, set: IntervalSet) =>
      group ? nameOf(group) : placesText(set, network.internet[family], family);
    const key = JSON.stringify([text(from, source), text(to, destination), reason]);
    rows.set(key, [...(rows.get(key) ?? []), passage]);
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, passages]) => {
      const [from, to, reason] = JSON.parse(key) as [string, string, string];
      const protocols = [...new Set(passages.map(({ protocol }) => protocol))];
      const ports = protocols.map(protocol =>
        portsText(setOf(passages.filter(p => p.protocol === protocol).flatMap(p => p.ports)), protocol),
      );
      return `| ${from} | ${to} | ${ports.join(', ')} | ${reason} |`;
    });
}

function listed(names: readonly string[]): string {
  const sorted = [...names].sort();
  return sorted.length > 1 ? `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}` : (sorted[0] ?? '');
}
