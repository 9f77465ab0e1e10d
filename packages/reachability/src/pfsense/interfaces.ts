import type { RouterInterface } from '../router';
import type { IntervalSet } from '../rule-chain';
import { type Family, parseAddress, parseRange } from '../space/address-text';
import { setOf } from '../space/interval-set';
import type { XmlElement } from './xml-element';

/** What an interface says that a rule may name, by family. */
interface Side {
  /** Its own address, which `lanip` names; undefined without one. */
  readonly own?: bigint;
  /** An address that DHCP, PPPoE or a prefix delegation gives it: not in the file. */
  readonly dynamic: boolean;
  /** Its prefixes, with those of its virtual addresses. */
  readonly networks: IntervalSet;
  /** Every address of the router on it. */
  readonly addresses: IntervalSet;
  /** Name of the gateway that makes it an uplink; empty without one. */
  readonly gateway: string;
}

/** An interface that is switched on. */
export interface PfSenseInterface {
  /** `wan`, `lan`, `opt1`: what rules say. */
  readonly name: string;
  readonly descr: string;
  readonly element: XmlElement;
  readonly sides: Readonly<Record<Family, Side>>;
  /** As the proof sees it. */
  readonly router: RouterInterface;
}

const JUDGED = 'enable if descr ipaddr subnet gateway ipaddrv6 subnetv6 gatewayv6 blockpriv blockbogons';
const IDLE = `
  mtu mss media mediaopt spoofmac dhcphostname dhcprejectfrom dhcpvlanenable dhcpcvpt dhcp6-duid hw-vlan dhcp6-ia-pd-len
  dhcp6-ia-pd-send-hint dhcp6prefixonly dhcp6usev4iface dhcp6norelease dhcp6debug dhcp6withoutra track6-interface track6-prefix-id
  provider pppoe_username pppoe_password ondemand timeout slaacusev4iface
`;
const VIP = 'mode interface subnet subnet_bits type';
const VIP_IDLE = 'descr uniqid vhid advskew advbase password carp_mode carp_peer carp_peer6 carp_vrrp_prio';

/**
 * The interfaces of a configuration with their virtual addresses.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/virtual-ip-addresses.html
 */
export function readInterfaces(root: XmlElement): readonly PfSenseInterface[] {
  const vips = root.below('virtualip', 'vip').map(vip => readVip(vip));
  const found = root
    .below('interfaces')
    .flatMap(interfaces => interfaces.children)
    .filter(element => element.has('enable'))
    .map(element => readInterface(element, vips));
  for (const vip of vips) if (!found.some(of => of.name === vip.on)) vip.element.refuse('name an interface that is switched on');
  return found;
}

interface Vip {
  readonly element: XmlElement;
  readonly on: string;
  readonly family: Family;
  readonly address: bigint;
  readonly network: IntervalSet;
  /** Whether the router itself answers on it, and not only for its hardware address. */
  readonly isOwn: boolean;
}

function readVip(element: XmlElement): Vip {
  element.knows(VIP, VIP_IDLE);
  const mode = element.text('mode');
  if (!['ipalias', 'carp', 'proxyarp', 'other'].includes(mode)) element.refuse('write <mode>ipalias</mode>');
  const subnet = element.text('subnet');
  const address = parseAddress(subnet);
  const range = parseRange(`${subnet}/${element.text('subnet_bits') || (address?.family === 6 ? 128 : 32)}`);
  if (!address || !range) element.refuse('write an address in <subnet> and the length of its prefix in <subnet_bits>');
  const isOwn = mode === 'ipalias' || mode === 'carp';
  return { element, on: element.text('interface'), family: range.family, address: address.address, network: [range.interval], isOwn };
}

function readInterface(element: XmlElement, vips: readonly Vip[]): PfSenseInterface {
  element.knows(JUDGED, IDLE, ...element.children.map(child => child.name).filter(name => name.startsWith('adv_dhcp')));
  const own = vips.filter(vip => vip.on === element.name);
  const side = (family: Family): { side: Side; addresses: RouterInterface['addresses'] } => {
    const suffix = family === 4 ? '' : 'v6';
    const written = element.text(`ipaddr${suffix}`);
    const address = parseAddress(written);
    const range = address && parseRange(`${written}/${element.text(`subnet${suffix}`)}`);
    if (address && (address.family !== family || !range)) element.one(`ipaddr${suffix}`)?.refuse('write an address and its <subnet>');
    if (!address && !DYNAMIC[family].includes(written)) element.one(`ipaddr${suffix}`)?.refuse('write an address');
    const mine = own.filter(vip => vip.family === family);
    const addresses = [
      ...(address && range ? [{ family, address: address.address, prefix: range.interval }] : []),
      ...mine.filter(vip => vip.isOwn).map(vip => ({ family, address: vip.address, prefix: vip.network[0] ?? vip.element.refuse() })),
    ];
    return {
      addresses,
      side: {
        ...(address && { own: address.address }),
        dynamic: !address && written !== '' && written !== 'none',
        networks: setOf([...(range ? [range.interval] : []), ...mine.flatMap(vip => vip.network)]),
        addresses: setOf(addresses.map(a => ({ first: a.address, last: a.address }))),
        gateway: element.text(`gateway${suffix}`),
      },
    };
  };
  const [four, six] = [side(4), side(6)];
  return {
    name: element.name,
    descr: element.text('descr') || element.name.toUpperCase(),
    element,
    sides: { 4: four.side, 6: six.side },
    router: { name: element.name, addresses: [...four.addresses, ...six.addresses] },
  };
}

/** What stands in place of an address. */
const DYNAMIC: Readonly<Record<Family, readonly string[]>> = {
  4: ['', 'none', 'dhcp', 'pppoe'],
  6: ['', 'none', 'dhcp6', 'slaac', 'track6'],
};

/** Whether pfSense takes the interface for an uplink: it has a gateway of IPv4, its own or one that it is given. */
export function isUplink({ sides }: PfSenseInterface): boolean {
  return sides[4].gateway !== '' || sides[4].dynamic;
}
