import { guarded } from './guard';
import type { Network } from './network';
import { type Passage, passagesOf } from './passage';
import { type Answer, answer, type Question } from './question';
import { PROTOCOLS, type Protocol } from './rule-chain';
import { FAMILIES, type Family } from './space/address-text';
import type { Box } from './space/box';
import { canonical } from './space/canonical';
import { ALL_PORTS } from './space/ports';

/** Who reaches whom on which port, in a network whose devices do what their rendered configuration says. */
export class Reachability {
  /** @throws REACH_UNJUDGED when a device has a rule whose effect is not known here */
  public static of(network: Network): Reachability {
    const within = network.segments.flatMap(segment =>
      FAMILIES.filter(family => segment.addresses[family].length > 0).flatMap(family =>
        PROTOCOLS.map(
          (protocol): Passage => ({
            family,
            protocol,
            source: segment.addresses[family],
            destination: segment.addresses[family],
            ports: ALL_PORTS[protocol],
            through: [`segment ${segment.name}`],
            rank: 0,
            answered: true,
            local: false,
          }),
        ),
      ),
    );
    return new Reachability(network, guarded([...passagesOf(network), ...within], network.hostFirewalls));
  }

  private constructor(
    public readonly network: Network,
    public readonly passages: readonly Passage[],
  ) {}

  /** The region of one family and protocol in its one form: what arrives somewhere, or at a router itself. */
  public region(family: Family, protocol: Protocol, local = false): Box[] {
    return canonical(this.of(family, protocol, local));
  }

  public of(family: Family, protocol: Protocol, local: boolean): readonly Passage[] {
    return this.passages.filter(p => p.family === family && p.protocol === protocol && p.local === local);
  }

  /** Whether anything in a prefix can open a connection to anything in another one. @throws REACH_QUESTION */
  public ask(question: Question): Answer {
    return answer(this, question);
  }
}
