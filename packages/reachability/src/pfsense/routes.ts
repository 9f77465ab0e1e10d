import type { Route } from '../router';
import type { Interval } from '../rule-chain';
import { ALL_ADDRESSES, FAMILIES, type Family, parseAddress, parseRange } from '../space/address-text';
import type { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

/** A route of the file, with the interface that its gateway is on. */
export interface GatewayRoute {
  readonly route: Route;
  readonly interface: string;
}

/** Where a gateway leads, without a destination yet. */
type Way = Pick<Route, 'nextHop' | 'interface' | 'blackhole'> & { readonly on: string; readonly family: Family };

const JUDGED = 'interface gateway name ipprotocol disabled';
const IDLE = `
  weight descr monitor monitor_disable action_disable interval time_period alert_interval data_payload latencylow latencyhigh losslow
  losshigh loss_interval force_down nonlocalgateway gw_down_kill_states dpinger_dont_add_static_route
`;

/** The gateways of a configuration by name. @see https://docs.netgate.com/pfsense/en/latest/routing/gateways.html */
export class Gateways {
  private readonly items: readonly XmlElement[];

  constructor(
    private readonly root: XmlElement,
    private readonly words: Vocabulary,
  ) {
    const gateways = root.one('gateways')?.knows('gateway_item defaultgw4 defaultgw6 gateway_group');
    gateways?.one('gateway_group')?.refuse('name one gateway: which of a group is used depends on what is up');
    this.items = (gateways?.all('gateway_item') ?? []).filter(item => !item.knows(JUDGED, IDLE).has('disabled'));
  }

  /** Routes to `destination` through the gateway of that name. @throws REACH_UNJUDGED when there is none, in `element` */
  public to(destination: Interval, family: Family, name: string, element: XmlElement): GatewayRoute {
    const way = this.way(name, family) ?? element.refuse('name a gateway of the file');
    if (way.family !== family) element.refuse(`name a gateway of IPv${family}`);
    const { on, ...rest } = way;
    return { route: { ...rest, destination }, interface: on };
  }

  /** The default routes and those of `<staticroutes>`. */
  public routes(): readonly GatewayRoute[] {
    const routes = this.root
      .below('staticroutes', 'route')
      .filter(route => !route.knows('network gateway disabled', 'descr').has('disabled'));
    return [
      ...routes.flatMap(element => {
        const network = element.one('network') ?? element.refuse('name its <network>');
        const gateway = element.one('gateway') ?? element.refuse('name its <gateway>');
        const range = parseRange(network.value);
        if (range) return [this.to(range.interval, range.family, gateway.value, gateway)];
        return FAMILIES.filter(() => this.words.aliases.has(network.value) || network.refuse('write a prefix or an alias')).flatMap(
          family => this.words.aliases.addresses(network.value, family).map(interval => this.to(interval, family, gateway.value, gateway)),
        );
      }),
      ...FAMILIES.flatMap(family => this.default(family)),
    ];
  }

  private default(family: Family): readonly GatewayRoute[] {
    const [destination] = ALL_ADDRESSES[family];
    const gateways = this.root.one('gateways');
    const named = gateways?.one(`defaultgw${family}`);
    if (named?.value === '-') return [];
    if (named && named.value !== '') return [this.to(destination as Interval, family, named.value, named)];
    const [first, second] = this.items.filter(item => this.way(item.text('name'), family)?.family === family);
    if (second) second.refuse(`name one of them in <defaultgw${family}>`);
    if (first) return [this.to(destination as Interval, family, first.text('name'), first)];
    const [uplink] = this.words.interfaces.filter(of => of.sides[family].dynamic && of.element.text('ipaddrv6') !== 'track6');
    return uplink ? [{ route: { family, destination: destination as Interval, interface: uplink.name }, interface: uplink.name }] : [];
  }

  private way(name: string, family: Family): Way | undefined {
    if (name === `Null${family}`) return { family, blackhole: true, on: '' };
    const item = this.items.find(one => one.text('name') === name);
    const on = item ? item.text('interface') : this.words.interfaces.find(of => givenName(of.descr, family).test(name))?.name;
    if (on === undefined) return undefined;
    const of = item?.text('ipprotocol') === 'inet6' || (!item && family === 6) ? 6 : 4;
    const address = item?.text('gateway') ?? 'dynamic';
    if (address === 'dynamic') return { family: of, interface: on, on };
    const parsed = parseAddress(address) ?? item?.one('gateway')?.refuse('write an address, or dynamic');
    return parsed?.family === of
      ? { family: of, nextHop: parsed.address, on }
      : item?.one('gateway')?.refuse(`write an address of IPv${of}`);
  }
}

/** Names of gateways that pfSense makes for what an interface is given. */
function givenName(descr: string, family: Family): RegExp {
  return new RegExp(`^${descr.replaceAll(/\W/g, '_')}_(${family === 4 ? 'DHCP|PPPOE' : 'DHCP6|SLAAC'})$`);
}
