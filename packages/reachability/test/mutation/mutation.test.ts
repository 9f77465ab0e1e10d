import { comparisonOf } from '../../src/comparison';
import { Network } from '../../src/network';
import { Reachability } from '../../src/reachability';
import { readVyos } from '../../src/vyos/read-vyos';
import { mutantsOf } from './mutants';
import { boundsOf, configText, fateOf, type PaperGateway, type PaperPacket } from './paper-gateway';
import { type PaperModel, paperModel } from './paper-model';

const SEEDS = Array.from({ length: 5 }, (_, i) => i + 1);

/** What the proof says of a gateway: nothing, or what is missing and in excess. */
function faults({ segments, flows }: PaperModel, gateway: PaperGateway): number {
  const network = new Network(segments, [readVyos('devices/vyos/gw/config.boot', configText(gateway))]);
  const { missing, excess } = comparisonOf(Reachability.of(network), { segments, flows });
  return missing.length + excess.length;
}

/** One packet of each kind that some rule of one of the gateways tells from the others. */
function packets(gateways: readonly PaperGateway[]): PaperPacket[] {
  const rules = gateways.flatMap(gateway => gateway.sets.flatMap(set => set.rules));
  const prefixes = [
    ...rules.flatMap(rule => [...(rule.source?.prefixes ?? []), ...(rule.destination?.prefixes ?? [])]),
    ...gateways.flatMap(gateway => [
      ...gateway.zones.flatMap(zone => Object.values(zone.interfaces)),
      ...gateway.forwards.map(f => f.target),
      ...gateway.masqueraded,
    ]),
    '198.51.100.7',
  ];
  const addresses = representatives([...prefixes, '10.0.0.0/8'].map(boundsOf), a => !isOwn(a) && a > 2 ** 24);
  const ports = representatives(
    rules.flatMap(rule => rule.ports ?? []),
    port => port > 0,
  );
  const transport = [...ports, 1].flatMap(port => [
    { protocol: 'tcp' as const, port },
    { protocol: 'udp' as const, port },
  ]);
  const kinds = [...transport, { protocol: 'icmp' as const, port: 8 }, { protocol: 'gre' as const, port: 47 }];
  const pairs = addresses.flatMap(source => addresses.map(destination => ({ source, destination })));
  return pairs.flatMap(pair => kinds.map(kind => ({ ...pair, ...kind })));
}

/** Of the numbers around the bounds of the ranges, one for each set of ranges that a number can be in. */
function representatives(ranges: readonly (readonly [first: number, last: number])[], usable: (number: number) => boolean): number[] {
  const kinds = new Map<string, number>();
  for (const number of ranges.flatMap(([first, last]) => [first, last, first - 1, last + 1]).filter(usable)) {
    const kind = ranges.map(([first, last]) => (first <= number && number <= last ? 1 : 0)).join('');
    if (!kinds.has(kind)) kinds.set(kind, number);
  }
  return [...kinds.values()];
}

/** The gateway's own addresses are another question than who passes it. */
function isOwn(address: number): boolean {
  return address % 256 === 1 && Math.floor(address / 2 ** 24) === 10;
}

/** Whether any packet fares differently, leaving out that from the Internet to it. */
function differs(a: PaperGateway, b: PaperGateway): boolean {
  return packets([a, b]).some(packet => {
    const one = fateOf(a, packet);
    const other = fateOf(b, packet);
    return one.sent !== other.sent || one.answered !== other.answered;
  });
}

test('a gateway that lets through what is declared has no fault', () => {
  for (const seed of Array.from({ length: 150 }, (_, i) => 1000 + i)) {
    const model = paperModel(seed);
    expect({ seed, faults: faults(model, model.gateway) }).toEqual({ seed, faults: 0 });
  }
});

test('mutants that change what passes are found, and those that change nothing are not reported', () => {
  let different = 0;
  let found = 0;
  let equivalent = 0;
  const lost: string[] = [];
  const alarms: string[] = [];
  for (const seed of SEEDS) {
    const model = paperModel(seed);
    for (const { what, gateway } of mutantsOf(model.gateway)) {
      const reported = faults(model, gateway) > 0;
      if (differs(model.gateway, gateway)) {
        different++;
        if (reported) found++;
        else lost.push(`${seed} ${what}`);
      } else {
        equivalent++;
        if (reported) alarms.push(`${seed} ${what}`);
      }
    }
  }
  const score = (100 * found) / different;
  process.stdout.write(
    `mutants: ${found} of ${different} found (${score.toFixed(1)} %); ${equivalent} equivalent, ${alarms.length} reported\n`,
  );
  expect(alarms).toEqual([]);
  expect({ score: score >= 95, lost }).toEqual({ score: true, lost: [] });
}, 300_000);
