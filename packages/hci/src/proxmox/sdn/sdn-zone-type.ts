/** What the types of a zone have in them, and what each leaves of a frame. @see https://pve.proxmox.com/wiki/Software-Defined_Network */
interface TypeFacts {
  /** Properties besides those of every zone. */
  readonly props: readonly string[];
  /** Highest tag of a vnet; undefined where vnets have none. */
  readonly highestTag?: number;
  /** Bytes that it adds to each frame, by the family of the network that carries it. */
  readonly overhead: Readonly<Record<4 | 6, number>>;
  /** Whether the nodes route: they have the gateway addresses of its subnets. */
  readonly routes: boolean;
}

/** The kinds of zone that Proxmox VE knows. */
export type SdnZoneType = 'simple' | 'vlan' | 'qinq' | 'vxlan' | 'evpn';

const NOTHING = { 4: 0, 6: 0 };
/** An outer Ethernet, IP and UDP header, and the one of VXLAN. @see RFC 7348 section 5 */
const VXLAN = { 4: 50, 6: 70 };

export const ZONE_TYPES: Readonly<Record<SdnZoneType, TypeFacts>> = {
  simple: { props: ['dhcp'], overhead: NOTHING, routes: true },
  vlan: { props: ['bridge'], highestTag: 4094, overhead: NOTHING, routes: false },
  qinq: { props: ['bridge', 'serviceVlan', 'serviceVlanProtocol'], highestTag: 4094, overhead: { 4: 4, 6: 4 }, routes: false },
  vxlan: { props: ['peers'], highestTag: 16_777_215, overhead: VXLAN, routes: false },
  evpn: { props: ['controller', 'vrfVxlan', 'exitNodes'], highestTag: 16_777_215, overhead: VXLAN, routes: true },
};
