import type { IntervalSet } from '../rule-chain';
import { ALL_ADDRESSES, addressesOf, type Family, parseRange } from '../space/address-text';
import { NOTHING, setOf, subtract } from '../space/interval-set';
import { type Aliases, portsOf } from './aliases';
import type { PfSenseInterface } from './interfaces';
import type { XmlElement } from './xml-element';

const LOOPBACK: Readonly<Record<Family, IntervalSet>> = { 4: addressesOf(['127.0.0.0/8'], 4), 6: addressesOf(['::1'], 6) };

/** What names in rules mean: aliases, interfaces, groups of interfaces and the macros of their addresses. */
export class Vocabulary {
  private readonly groups: ReadonlyMap<string, readonly PfSenseInterface[]>;

  constructor(
    root: XmlElement,
    public readonly interfaces: readonly PfSenseInterface[],
    public readonly aliases: Aliases,
  ) {
    this.groups = new Map(
      root.below('ifgroups', 'ifgroupentry').map(group => {
        group.knows('ifname members', 'descr');
        const members = group
          .text('members')
          .split(/\s+/)
          .filter(name => name !== '');
        return [group.text('ifname'), interfaces.filter(of => members.includes(of.name))];
      }),
    );
  }

  /** Groups in the order in which their rules are read. */
  public get groupNames(): readonly string[] {
    return [...this.groups.keys()];
  }

  /** The interfaces of `lan`, of `lan,opt1` or of a group; none for an interface that is switched off, whose rules pfSense leaves out. */
  public interfacesOf(names: string): readonly PfSenseInterface[] {
    return names.split(',').flatMap(name => this.groups.get(name) ?? this.interfaces.filter(of => of.name === name));
  }

  /**
   * Addresses of a `<source>` or `<destination>` in one family. None when pfSense leaves the rule out: an interface without an address of
   * the family, negated or not.
   * @throws REACH_UNJUDGED
   */
  public addresses(end: XmlElement, family: Family): IntervalSet {
    end.knows('any network address not port');
    if (end.has('any')) return ALL_ADDRESSES[family];
    const [network, address] = [end.one('network'), end.one('address')];
    if ((network === undefined) === (address === undefined)) end.refuse('write one of <any>, <network> and <address>');
    const named = network ?? (address as XmlElement);
    const found = network ? this.network(network, family) : this.address(named, family);
    return found && end.has('not') ? subtract(ALL_ADDRESSES[family], found) : (found ?? NOTHING);
  }

  /** Ports of an element; undefined for all. */
  public ports(element: XmlElement | undefined): IntervalSet | undefined {
    if (!element || element.value === '') return undefined;
    if (this.aliases.has(element.value)) return this.aliases.ports(element.value);
    const ports = portsOf(element.value) ?? element.refuse('write a port, a range like 5000-5010, or an alias of ports');
    return ports[0]?.first === 1n && ports[0].last === 65_535n ? undefined : ports;
  }

  /** An address, prefix or alias; the wrong family is one that pf refuses the whole ruleset for. */
  public address(element: XmlElement, family: Family): IntervalSet {
    if (this.aliases.has(element.value)) return this.aliases.addresses(element.value, family);
    const range = parseRange(element.value) ?? element.refuse('write an address, a prefix, or an alias of the file');
    if (range.family !== family)
      element.refuse(`write an IPv${family} address, or another <ipprotocol>: pf refuses a rule that mixes them`);
    return [range.interval];
  }

  private network(element: XmlElement, family: Family): IntervalSet | undefined {
    const name = element.value;
    const known = (interfaces: readonly PfSenseInterface[]) => {
      const dynamic = interfaces.find(of => of.sides[family].dynamic);
      if (dynamic) element.refuse(`give ${dynamic.name} a static address: what it is given is not in the file`);
      return interfaces;
    };
    if (name === '(self)') {
      return setOf([...known(this.interfaces).flatMap(of => of.sides[family].addresses), ...LOOPBACK[family]]);
    }
    const group = this.groups.get(name);
    const [one] = this.interfaces.filter(of => of.name === name || `${of.name}ip` === name);
    if (group) return setOf(known(group).flatMap(of => of.sides[family].networks));
    if (!one) return this.off(element) ? undefined : this.address(element, family);
    known([one]);
    if (one.name === name) return one.sides[4].networks.length + one.sides[6].networks.length > 0 ? one.sides[family].networks : undefined;
    const own = one.sides[family].own;
    return own === undefined ? undefined : [{ first: own, last: own }];
  }

  /** An interface of pfSense's names that is not switched on. */
  private off({ value }: XmlElement): boolean {
    return /^(wan|lan|opt\d+)(ip)?$/.test(value);
  }
}
