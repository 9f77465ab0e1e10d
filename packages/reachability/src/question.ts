import { Check, ConfigError, Port } from '@ashlar/core';
import type { Passage } from './passage';
import type { Reachability } from './reachability';
import { PROTOCOLS, type Protocol } from './rule-chain';
import { addressText, type Family, parseRange } from './space/address-text';
import { common } from './space/box';
import { has, includes } from './space/interval-set';
import { ALL_PORTS } from './space/ports';

export interface Question {
  /** Prefix, address or range of addresses: `10.20.0.0/24`. */
  readonly from: string;
  /** The same; a router in a prefix is not meant, unless it is named by its address. */
  readonly to: string;
  /** @default - any port of any protocol */
  readonly port?: Port;
}

/** One packet that opens a connection. */
export interface Witness {
  readonly source: string;
  readonly destination: string;
  readonly protocol: Protocol;
  /** Destination port; type of icmp; number of another protocol. */
  readonly port: number;
  /** The rules that let it through, in the order in which it meets them. */
  readonly through: readonly string[];
}

export interface Answer {
  readonly reachable: boolean;
  /** The lowest packet that gets through. */
  readonly witness?: Witness;
}

/** @throws REACH_QUESTION */
export function answer(reachability: Reachability, question: Question): Answer {
  const check = new Check('Reachability.ask');
  check.known(question, ['from', 'to', 'port']);
  if (question.port !== undefined) check.instance('port', question.port, Port, 'Port.tcp(443)');
  const from = rangeOf('from', question.from);
  const to = rangeOf('to', question.to);
  if (from.family !== to.family) {
    throw new ConfigError('Reachability.ask', 'REACH_QUESTION', `from is IPv${from.family}, and to is IPv${to.family}`, {
      fix: 'ask for one family at a time',
    });
  }
  const { port } = question;
  const toRouter = includes(reachability.network.own(from.family), [to.interval]);
  for (const protocol of PROTOCOLS.filter(p => port === undefined || p === port.protocol)) {
    const ports = port === undefined ? ALL_PORTS[protocol] : portsOf(port, from.family);
    const asked = { source: [from.interval], destination: [to.interval], ports };
    const passages = reachability.of(from.family, protocol, toRouter).filter(passage => passage.answered);
    const witness = witnessOf(passages.flatMap(passage => common(passage, asked) ?? []));
    if (witness) return { reachable: true, witness };
  }
  return { reachable: false };
}

/** The packet of the lowest source, destination and port among passages of one family and protocol. */
export function witnessOf(passages: readonly Passage[]): Witness | undefined {
  const [any] = passages;
  if (!any) return undefined;
  let left = passages;
  const lowest = (side: 'source' | 'destination' | 'ports') => {
    const numbers = left.map(passage => passage[side][0]?.first as bigint);
    const least = numbers.sort((a, b) => (a < b ? -1 : 1))[0] as bigint;
    left = left.filter(passage => has(passage[side], least));
    return least;
  };
  const source = lowest('source');
  const destination = lowest('destination');
  const port = lowest('ports');
  const taken = left.reduce((a, b) => (b.rank < a.rank ? b : a));
  const text = (address: bigint) => addressText(address, any.family);
  return { source: text(source), destination: text(destination), protocol: any.protocol, port: Number(port), through: taken.through };
}

/** Of icmp, the request of an echo. */
export function portsOf(port: Port, family: Family) {
  if (port.protocol === 'icmp') return [{ first: family === 4 ? 8n : 128n, last: family === 4 ? 8n : 128n }];
  return [{ first: BigInt(port.from), last: BigInt(port.to) }];
}

function rangeOf(name: string, text: string) {
  const range = typeof text === 'string' ? parseRange(text) : undefined;
  if (range) return range;
  throw new ConfigError('Reachability.ask', 'REACH_QUESTION', `${name} must be a prefix or an address`, {
    got: text,
    fix: 'write it like 10.20.0.0/24',
  });
}
