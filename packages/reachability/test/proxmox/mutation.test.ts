import * as fc from 'fast-check';
import { readProxmox } from '../../src/proxmox/read-proxmox';
import type { HostFirewall } from '../../src/router';
import { MutationScore } from '../chains/mutation-score';
import { acceptedBy, decision, familyOf } from '../chains/packet';
import { PACKETS, type Paper, type PaperRule, PEERS, PORTS, papers, passes, rendered } from './paper-firewall';

const DIRECTIONS = ['in', 'out'] as const;

function chain(firewalls: readonly HostFirewall[], family: 4 | 6, direction: 'in' | 'out') {
  const found = firewalls.find(one => one.family === family);
  if (!found) throw new Error(`no firewall of IPv${family}`);
  return direction === 'in' ? found.incoming : found.outgoing;
}

test('the chains decide on every packet as the firewall does, rule after rule', () => {
  fc.assert(
    fc.property(papers, paper => {
      const firewalls = readProxmox('pve', rendered(paper));
      for (const direction of DIRECTIONS) {
        const wrong = PACKETS[direction].filter(
          packet => (decision(chain(firewalls, familyOf(packet), direction), packet) === 'accept') !== passes(paper, packet, direction),
        );
        expect(wrong).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

/** One change to one rule, or to one option. */
function mutants(paper: Paper, at: number): readonly (readonly [string, Paper])[] {
  const original = paper.rules[at] as PaperRule;
  const { dport, peer, macro, iface, ...bare } = original;
  const put = (...changed: PaperRule[]): Paper => ({
    ...paper,
    rules: [...paper.rules.slice(0, at), ...changed, ...paper.rules.slice(at + 1)],
  });
  const next = (list: readonly string[], value: string | undefined) => list[(list.indexOf(value ?? '') + 1) % list.length] as string;
  const ported = original.proto === 'tcp' || original.proto === 'udp';
  const inGroup = (rules: readonly PaperRule[]): Paper => (paper.group ? { ...paper, group: { ...paper.group, rules } } : paper);
  return [
    ['deleted', put()],
    ['switched off', put({ ...original, enabled: false })],
    ['switched on', put({ ...original, enabled: true })],
    ['other action', put({ ...original, action: original.action === 'ACCEPT' ? 'DROP' : 'ACCEPT' })],
    ['other direction', put({ ...original, type: original.type === 'in' ? 'out' : 'in' })],
    ['any peer', put({ ...bare, ...(dport && { dport }), ...(macro && { macro }), ...(iface && { iface }) })],
    ['other peer', put({ ...original, peer: next(PEERS, peer) })],
    ['every port', put({ ...bare, ...(peer && { peer }), ...(iface && { iface }) })],
    ['other port', ported ? put({ ...original, dport: next(PORTS, dport) }) : paper],
    ['other protocol', put({ ...bare, ...(peer && { peer }), proto: original.proto === 'icmp' ? 'udp' : 'icmp' })],
    ['macro', put({ ...bare, ...(peer && { peer }), macro: macro === 'DNS' ? 'Ping' : 'DNS' })],
    ['another port of the guest', put({ ...original, iface: iface === 'net1' ? 'net0' : 'net1' })],
    ['moved to the end', { ...put(), rules: [...put().rules, original] }],
    ['group emptied', inGroup([])],
    ['group doubled up', inGroup([...(paper.group?.rules ?? []), { ...bare, action: 'ACCEPT' }])],
    ['input policy', { ...paper, input: paper.input === 'DROP' ? 'ACCEPT' : 'DROP' }],
    ['output policy', { ...paper, output: paper.output === 'DROP' ? 'ACCEPT' : 'DROP' }],
    ['DHCP', { ...paper, dhcp: !paper.dhcp }],
  ];
}

test('a mutant of one rule or option is told from the original when a packet would be treated differently, and only then', () => {
  const score = new MutationScore();
  for (const paper of fc.sample(papers, { numRuns: 80, seed: 7 })) {
    const [before, was] = meaning(paper);
    for (const [what, mutant] of mutants(paper, Math.floor(paper.rules.length / 2))) {
      const [after, is] = meaning(mutant);
      score.add(`${what}: ${JSON.stringify(paper)}`, after !== before, is !== was);
    }
  }
  console.log(score.line('Proxmox VE'));
  expect(score.wrong).toEqual([]);
  expect(score.share).toBeGreaterThanOrEqual(0.95);
});

test.each(['enabled', 'firewall'])('a firewall that is switched off by %s is told from one that is on', flag => {
  const text = rendered({ rules: [], input: 'DROP', output: 'DROP', dhcp: false });
  expect(readProxmox('pve', text)).toHaveLength(2);
  expect(readProxmox('pve', text.replace(`"${flag}":true`, `"${flag}":false`))).toEqual([]);
});

/** What the firewall does with every packet, and what the chains accept of the guest's own. */
function meaning(paper: Paper): readonly [string, string] {
  const decisions = DIRECTIONS.flatMap(direction => PACKETS[direction].map(packet => (passes(paper, packet, direction) ? 1 : 0)));
  const firewalls = readProxmox('pve', rendered(paper));
  const texts = DIRECTIONS.flatMap(direction =>
    ([4, 6] as const).map(family => ownOf(acceptedBy(chain(firewalls, family, direction)), family)),
  );
  return [decisions.join(''), texts.join('\n')];
}

/** A chain of one family also has lines about the other, which it never sees. */
function ownOf(text: string, family: 4 | 6): string {
  return text
    .split('\n')
    .filter(line => line.startsWith(`${family} `))
    .join('\n');
}
