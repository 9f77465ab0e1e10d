import * as fc from 'fast-check';
import { readPfSense } from '../../src/pfsense/read-pfsense';
import { MutationScore } from '../chains/mutation-score';
import { acceptedBy, decision } from '../chains/packet';
import { ENDS, PACKETS, type PaperRule, PORT_NAMES, paperRules, passes, rendered } from './paper-filter';

const WAYS = [
  ['lan', 'opt1'],
  ['opt1', 'wan'],
  ['wan', 'opt1'],
] as const;

test('the chains decide on every packet as pf does, rule after rule', () => {
  fc.assert(
    fc.property(paperRules, rules => {
      const router = readPfSense('gw.xml', rendered(rules));
      for (const [arrives, leaves] of WAYS) {
        const chain = router.forward(arrives, leaves);
        const wrong = PACKETS.filter(packet => (decision(chain, packet) === 'accept') !== passes(rules, packet, arrives, leaves));
        expect(wrong).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
});

/** One change to one rule. */
function mutants(rules: readonly PaperRule[], at: number): readonly (readonly [string, readonly PaperRule[]])[] {
  const original = rules[at] as PaperRule;
  const { port, floating, ...rest } = original;
  const put = (...changed: PaperRule[]) => [...rules.slice(0, at), ...changed, ...rules.slice(at + 1)];
  const next = <T>(list: readonly T[], value: T) => list[(list.indexOf(value) + 1) % list.length] as T;
  const ported = ['tcp', 'udp', 'tcp/udp'].includes(original.protocol);
  return [
    ['deleted', put()],
    ['disabled', put({ ...original, disabled: true })],
    ['enabled', put({ ...original, disabled: false })],
    ['other action', put({ ...original, type: original.type === 'pass' ? 'block' : 'pass' })],
    ['any source', put({ ...original, source: { what: 'any' } })],
    ['any destination', put({ ...original, destination: { what: 'any' } })],
    ['other source', put({ ...original, source: { ...original.source, what: next(ENDS, original.source.what) } })],
    ['other destination', put({ ...original, destination: { ...original.destination, what: next(ENDS, original.destination.what) } })],
    ['source turned around', put({ ...original, source: { ...original.source, not: !original.source.not } })],
    ['destination turned around', put({ ...original, destination: { ...original.destination, not: !original.destination.not } })],
    ['other protocol', put({ ...rest, ...(floating && { floating }), protocol: original.protocol === 'icmp' ? 'any' : 'icmp' })],
    ['every port', put({ ...rest, ...(floating && { floating }) })],
    ['other port', ported ? put({ ...original, port: next(PORT_NAMES, port ?? '22') }) : [...rules]],
    ['both families', put({ ...original, family: 'inet46' })],
    ['other family', put({ ...original, family: original.family === 'inet' ? 'inet6' : 'inet' })],
    ['other interface', put({ ...original, on: next(['wan', 'lan', 'opt1', 'INSIDE'] as const, original.on) })],
    ['floating, not quick', put({ ...original, floating: { quick: false, direction: 'in' } })],
    ['floating, quick', put({ ...original, floating: { quick: true, direction: 'any' } })],
    ['moved to the end', [...put(), original]],
  ];
}

test('a mutant of one rule is told from the original when pf would treat a packet differently, and only then', () => {
  const score = new MutationScore();
  for (const rules of fc.sample(paperRules, { numRuns: 60, seed: 7 }).filter(sample => sample.length > 0)) {
    const [before, was] = meaning(rules);
    for (const [what, mutant] of mutants(rules, Math.floor(rules.length / 2))) {
      const [after, is] = meaning(mutant);
      score.add(`${what}: ${JSON.stringify(rules)}`, after !== before, is !== was);
    }
  }
  console.log(score.line('pfSense'));
  expect(score.wrong).toEqual([]);
  expect(score.share).toBeGreaterThanOrEqual(0.95);
});

/** What pf does with every packet, and what the chains accept. */
function meaning(rules: readonly PaperRule[]): readonly [string, string] {
  const router = readPfSense('gw.xml', rendered(rules));
  const decisions = WAYS.flatMap(([arrives, leaves]) => PACKETS.map(packet => (passes(rules, packet, arrives, leaves) ? 1 : 0)));
  return [decisions.join(''), WAYS.map(([arrives, leaves]) => acceptedBy(router.forward(arrives, leaves))).join('\n')];
}
