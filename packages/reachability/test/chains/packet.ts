import ipaddr from 'ipaddr.js';
import { type FilterRule, type IntervalSet, PROTOCOLS, type Protocol, type RuleChain } from '../../src/rule-chain';
import { ALL_ADDRESSES, FAMILIES, type Family } from '../../src/space/address-text';
import type { Box } from '../../src/space/box';
import { canonical } from '../../src/space/canonical';
import { firstMatch } from '../../src/space/first-match';
import { has, keyOf } from '../../src/space/interval-set';
import { ALL_PORTS } from '../../src/space/ports';

/** The first packet of a connection. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: Protocol;
  /** Destination port; type of icmp; number of another protocol. */
  readonly port: number;
}

export function familyOf(packet: Packet): Family {
  return packet.destination.includes(':') ? 6 : 4;
}

/** Whether an address is in a prefix or a range, without the sets of the code under test. */
export function isIn(address: string, among: string): boolean {
  const key = `${address} ${among}`;
  const known = answers.get(key) ?? isAmong(address, among);
  answers.set(key, known);
  return known;
}

const answers = new Map<string, boolean>();
const numbers = new Map<string, bigint>();

function isAmong(address: string, among: string): boolean {
  const parsed = ipaddr.parse(address);
  const [from, to] = among.split('-') as [string, string | undefined];
  if (to !== undefined) {
    return parsed.kind() === ipaddr.parse(from).kind() && numberOf(from) <= numberOf(address) && numberOf(address) <= numberOf(to);
  }
  const [network, length] = ipaddr.parseCIDR(among.includes('/') ? among : `${among}/${among.includes(':') ? 128 : 32}`);
  return parsed.kind() === network.kind() && parsed.match(network, length);
}

function numberOf(address: string): bigint {
  const known = numbers.get(address);
  if (known !== undefined) return known;
  const bytes = ipaddr
    .parse(address)
    .toByteArray()
    .map(byte => byte.toString(16).padStart(2, '0'));
  const number = BigInt(`0x${bytes.join('')}`);
  numbers.set(address, number);
  return number;
}

/** The rule of a chain that decides on a packet; undefined when none does. */
export function deciding(chain: RuleChain, packet: Packet): FilterRule | undefined {
  const within = (set: IntervalSet | undefined, number: bigint) => set === undefined || has(set, number);
  return chain.rules.find(
    ({ match }) =>
      (match.family ?? familyOf(packet)) === familyOf(packet) &&
      (match.protocols?.includes(packet.protocol) ?? true) &&
      within(match.source, numberOf(packet.source)) &&
      within(match.destination, numberOf(packet.destination)) &&
      within(match.ports, BigInt(packet.port)),
  );
}

export function decision(chain: RuleChain, packet: Packet): 'accept' | 'drop' {
  return deciding(chain, packet)?.action ?? chain.otherwise;
}

/** Everything that a chain accepts, in one form: two chains that accept the same have the same text. */
export function acceptedBy(chain: RuleChain): string {
  return FAMILIES.flatMap(family =>
    PROTOCOLS.map(protocol => {
      const whole: Box = { source: ALL_ADDRESSES[family], destination: ALL_ADDRESSES[family], ports: ALL_PORTS[protocol] };
      const layers = chain.rules
        .filter(({ match }) => (match.family ?? family) === family && (match.protocols?.includes(protocol) ?? true))
        .map(({ match, action }) => ({
          box: {
            source: match.source ?? whole.source,
            destination: match.destination ?? whole.destination,
            ports: match.ports ?? whole.ports,
          },
          keep: action === 'accept',
        }));
      const accepted = canonical(firstMatch([...layers, { box: whole, keep: chain.otherwise === 'accept' }]));
      return `${family} ${protocol}: ${accepted.map(box => [box.source, box.destination, box.ports].map(keyOf).join(' > ')).join('; ')}`;
    }),
  ).join('\n');
}

/** Every packet of these ends, protocols and ports, within one family each. */
export function packets(
  sources: readonly string[],
  destinations: readonly string[],
  services: readonly (readonly [Protocol, number])[],
): readonly Packet[] {
  return sources.flatMap(source =>
    destinations
      .filter(destination => destination.includes(':') === source.includes(':'))
      .flatMap(destination => services.map(([protocol, port]) => ({ source, destination, protocol, port }))),
  );
}
