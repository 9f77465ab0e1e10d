import * as fc from 'fast-check';
import type { PodPolicies } from '../../src/router';
import type { RuleChain } from '../../src/rule-chain';
import { MutationScore } from '../chains/mutation-score';
import { acceptedBy, decision, type Packet } from '../chains/packet';
import { read } from './manifests';
import {
  allowed,
  BETWEEN,
  OUTWARD,
  type PaperPolicy,
  type PaperRule,
  PODS,
  paperPolicies,
  passesBetween,
  RULE_PORTS,
  rendered,
} from './paper-policies';

interface Question {
  readonly chain: (policies: PodPolicies) => RuleChain;
  readonly packets: readonly Packet[];
  readonly passes: (policies: readonly PaperPolicy[], packet: Packet) => boolean;
}

const QUESTIONS: readonly Question[] = PODS.flatMap(pod => [
  ...PODS.map((other): Question => {
    return { chain: p => p.between(pod.group, other.group), packets: BETWEEN, passes: (p, packet) => passesBetween(p, pod, other, packet) };
  }),
  { chain: p => p.leaving(pod.group), packets: OUTWARD, passes: (p, packet) => allowed(p, 'egress', pod, packet.destination, packet) },
  { chain: p => p.entering(pod.group), packets: OUTWARD, passes: (p, packet) => allowed(p, 'ingress', pod, packet.source, packet) },
]);

test('the chains decide on every packet as the policies do, one after the other', () => {
  fc.assert(
    fc.property(paperPolicies, paper => {
      const policies = read(rendered(paper));
      for (const { chain, packets, passes } of QUESTIONS) {
        const judged = chain(policies);
        expect(packets.filter(packet => (decision(judged, packet) === 'accept') !== passes(paper, packet))).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

/** One change to one policy. */
function mutants(paper: readonly PaperPolicy[], at: number): readonly (readonly [string, readonly PaperPolicy[]])[] {
  const original = paper[at] as PaperPolicy;
  const put = (...changed: PaperPolicy[]) => [...paper.slice(0, at), ...changed, ...paper.slice(at + 1)];
  const [first, ...rest] = original.allow;
  const rule = (change: (rule: PaperRule) => PaperRule) => put({ ...original, allow: first ? [change(first), ...rest] : [] });
  const [label] = Object.keys(original.selects);
  const isCilium = original.kind !== 'NetworkPolicy';
  const named = (port: string | undefined) => RULE_PORTS[(RULE_PORTS.indexOf(port ?? '') + 1) % (RULE_PORTS.length - 1)] as string;
  return [
    ['deleted', put()],
    [
      'about the other direction',
      put({ ...original, direction: original.direction === 'ingress' ? 'egress' : 'ingress', allow: original.allow.map(plain) }),
    ],
    ['selects every pod', put({ ...original, selects: {} })],
    ['selects another label', put({ ...original, selects: { app: original.selects.app === 'db' ? 'web' : 'db' } })],
    [
      'one label less',
      put({ ...original, selects: Object.fromEntries(Object.entries(original.selects).filter(([key]) => key !== label)) }),
    ],
    ['first rule deleted', put({ ...original, allow: rest })],
    ['rules deleted', put({ ...original, allow: [] })],
    ['everybody allowed', put({ ...original, allow: [...original.allow, {}] })],
    ['every peer', rule(plain)],
    ['every port', rule(({ port, ...r }) => r)],
    ['other port', rule(r => ({ ...r, port: named(r.port) }))],
    ['wider block', rule(r => ({ ...plain(r), peer: { is: 'block', cidr: '192.0.0.0/8' } }))],
    ['no exception', rule(r => (r.peer?.is === 'block' ? { ...r, peer: { is: 'block', cidr: r.peer.cidr } } : r))],
    ['label of a peer dropped', rule(r => (r.peer?.is === 'pods' ? { ...r, peer: { is: 'pods', labels: {} } } : r))],
    [
      'label of a namespace',
      rule(r => (r.peer?.is === 'namespace' ? { ...r, peer: { ...r.peer, team: r.peer.team === 'a' ? 'b' : 'a' } } : r)),
    ],
    ['a denial', isCilium ? put({ ...original, deny: [{ peer: { is: 'pods', labels: { app: 'web' } } }] }) : [...paper]],
    ['no denial', put({ ...original, deny: [] })],
    ['closes nothing', isCilium ? put({ ...original, open: !original.open }) : [...paper]],
    ['for the whole cluster', put({ ...original, kind: 'Clusterwide' })],
  ];
}

/** A rule for everybody; a port by its name goes, since it means nothing at an address outside. */
function plain({ port }: PaperRule): PaperRule {
  return port && port !== 'TCP sql' ? { port } : {};
}

test('a mutant of one policy is told from the original when a packet would be treated differently, and only then', () => {
  const score = new MutationScore();
  for (const paper of fc.sample(paperPolicies, { numRuns: 80, seed: 7 })) {
    const [before, was] = meaning(paper);
    for (const [what, mutant] of mutants(paper, Math.floor(paper.length / 2))) {
      const [after, is] = meaning(mutant);
      score.add(`${what}: ${JSON.stringify(paper)}`, after !== before, is !== was);
    }
  }
  console.log(score.line('Kubernetes'));
  expect(score.wrong).toEqual([]);
  expect(score.share).toBeGreaterThanOrEqual(0.95);
});

/** What the policies do with every packet, and what the chains accept. */
function meaning(paper: readonly PaperPolicy[]): readonly [string, string] {
  const policies = read(rendered(paper));
  const decisions = QUESTIONS.flatMap(({ packets, passes }) => packets.map(packet => (passes(paper, packet) ? 1 : 0)));
  return [decisions.join(''), QUESTIONS.map(({ chain }) => acceptedBy(chain(policies))).join('\n')];
}
