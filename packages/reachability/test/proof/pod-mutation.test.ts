import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import * as fc from 'fast-check';
import { ReachabilityProof } from '../../src/reachability-proof';
import { MutationScore } from '../chains/mutation-score';
import { namespace, networkPolicy } from '../kubernetes/manifests';
import { PaperCluster, peer, policy, ports } from './paper-cluster';

/** Pods of the namespace `shop` by their label; `stranger` is one that the model does not name, `alien` one of another namespace. */
const GROUPS = ['web', 'orders', 'stock'] as const;
const EVERYBODY = [...GROUPS, 'stranger', 'alien'];
const PORTS = [80, 5432, 8000];

interface PaperRule {
  readonly peer: string;
  readonly port: number;
}

/** The policies of a namespace on paper: the rules of each group in both directions, and whether everybody else is closed. */
interface PaperPolicies {
  readonly closed: boolean;
  readonly rules: Readonly<Record<string, Readonly<Record<'ingress' | 'egress', readonly PaperRule[]>>>>;
}

type PaperFlow = readonly [from: string, to: string, port: number];

const flows = fc.uniqueArray(fc.tuple(fc.constantFrom(...GROUPS), fc.constantFrom(...GROUPS), fc.constantFrom(...PORTS)), {
  minLength: 1,
  maxLength: 5,
  selector: String,
});

function drawn(declared: readonly PaperFlow[]): PaperPolicies {
  const rulesOf = (group: string) => ({
    ingress: declared.filter(([, to]) => to === group).map(([from, , port]) => ({ peer: from, port })),
    egress: declared.filter(([from]) => from === group).map(([, to, port]) => ({ peer: to, port })),
  });
  return { closed: true, rules: Object.fromEntries(GROUPS.map(group => [group, rulesOf(group)])) };
}

/** Whoever gets through, by a reading of its own; what members of one group may say to each other counts only where a flow says it. */
function passing({ closed, rules }: PaperPolicies, declared: readonly PaperFlow[]): string {
  const allows = (group: string, direction: 'ingress' | 'egress', other: string, port: number) => {
    const own = rules[group]?.[direction];
    if (!own) return group === 'alien' || !closed;
    return own.some(rule => (rule.peer === other || rule.peer === 'everybody') && rule.port === port);
  };
  const pairs = EVERYBODY.flatMap(from => EVERYBODY.map(to => [from, to] as const));
  const counts = (...flow: readonly [string, string, number]) => flow[0] !== flow[1] || declared.some(one => String(one) === String(flow));
  return pairs
    .flatMap(([from, to]) =>
      PORTS.filter(port => counts(from, to, port) && allows(from, 'egress', to, port) && allows(to, 'ingress', from, port)).map(
        port => `${from} ${to} ${port}`,
      ),
    )
    .join();
}

/** Everything that one slip of a renderer would change. */
function mutantsOf({ closed, rules }: PaperPolicies): PaperPolicies[] {
  const changed = (group: string, direction: 'ingress' | 'egress', list: readonly PaperRule[]) => {
    return { closed, rules: { ...rules, [group]: { ...rules[group], [direction]: list } } } as PaperPolicies;
  };
  const within = Object.entries(rules).flatMap(([group, both]) =>
    (['ingress', 'egress'] as const).flatMap(direction => {
      const list = both[direction];
      const others = [...EVERYBODY, 'everybody'].flatMap(other => PORTS.map(port => ({ peer: other, port })));
      return [
        ...list.map((_, i) =>
          changed(
            group,
            direction,
            list.filter((_rule, at) => at !== i),
          ),
        ),
        ...others.map(rule => changed(group, direction, [...list, rule])),
      ];
    }),
  );
  return [{ closed: !closed, rules }, ...within];
}

function findings(declared: readonly PaperFlow[], paper: PaperPolicies): number {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const cluster = new PaperCluster(site, 'prod');
  const pods = new Map(GROUPS.map(group => [group as string, cluster.pods(group, 'shop')]));
  for (const [from, to, port] of declared) {
    const [source, target] = [pods.get(from), pods.get(to)];
    if (source) target?.connections.allowFrom(source, Port.tcp(port));
  }
  const selected = (other: string) =>
    other === 'everybody' ? { namespaceSelector: {} } : peer({ app: other }, other === 'alien' ? 'elsewhere' : 'shop');
  const written = (side: 'from' | 'to', list: readonly PaperRule[]) =>
    list.map(rule => ({ [side]: [selected(rule.peer)], ports: ports(`tcp ${rule.port}`) }));
  cluster.write(
    namespace('shop'),
    ...(paper.closed ? [networkPolicy({ policyTypes: ['Ingress', 'Egress'] })] : []),
    ...Object.entries(paper.rules).map(([group, { ingress, egress }]) => policy(group, written('from', ingress), written('to', egress))),
  );
  new ReachabilityProof(site, 'reachability');
  return Testing.findings(site).length;
}

test('every change of a policy that changes who passes is found, and no other', () => {
  const score = new MutationScore();
  for (const declared of fc.sample(flows, { numRuns: 3, seed: 7 })) {
    const paper = drawn(declared);
    expect(findings(declared, paper)).toBe(0);
    for (const mutant of mutantsOf(paper)) {
      score.add(JSON.stringify([declared, mutant]), passing(mutant, declared) !== passing(paper, declared), findings(declared, mutant) > 0);
    }
  }
  console.log(score.line('Pods'));
  expect(score.wrong).toEqual([]);
  expect(score.share).toBeGreaterThanOrEqual(0.95);
});
