/** What a picture of a site shows: plain values, in the order in which they are drawn. */
export interface Topology {
  readonly title: string;
  readonly domain: string;
  readonly networks: readonly NetworkItem[];
  readonly racks: readonly RackItem[];
  /** Guests that no machine carries, as far as contracts tell. */
  readonly adrift: readonly GuestItem[];
  readonly services: readonly ServiceItem[];
}

/** An address in the colour of its segment. */
export interface AddressChip {
  readonly tag: number;
  readonly ip: string;
  readonly name: string;
  /** Position of its segment among all, from which the colour follows. */
  readonly network: number;
}

export interface NetworkItem {
  readonly name: string;
  /** Undefined for a network that is no VLAN. */
  readonly tag?: number;
  readonly prefixes: readonly string[];
  readonly facts: readonly string[];
  /** Named addresses that are shown at no machine, guest or service. */
  readonly others: readonly AddressChip[];
}

export interface ServiceItem {
  readonly name: string;
  readonly facts: readonly string[];
  readonly addresses: readonly AddressChip[];
  /** Names of the guests that it stands on. */
  readonly guests: readonly string[];
  readonly inside: readonly ServiceItem[];
}

export interface GuestItem {
  readonly name: string;
  readonly facts: readonly string[];
  readonly addresses: readonly AddressChip[];
  /** Names of the other machines that can carry it. */
  readonly movesTo: readonly string[];
  /** Names of services that stand on it directly. */
  readonly carries: readonly string[];
}

/** A bar: how much of something is taken. */
export interface Meter {
  readonly label: string;
  readonly text: string;
  /** 1 when all is taken, more when it is promised twice. */
  readonly share: number;
}

export interface LinkItem {
  readonly label: string;
  /** Name of what it leads to. */
  readonly to: string;
  /** Position of the switch in the same rack, if it is there. */
  readonly switch?: number;
}

export interface MachineItem {
  readonly name: string;
  readonly facts: readonly string[];
  readonly feeds: readonly string[];
  readonly links: readonly LinkItem[];
  readonly meters: readonly Meter[];
  readonly addresses: readonly AddressChip[];
  readonly guests: readonly GuestItem[];
}

export interface DeviceItem {
  readonly name: string;
  readonly facts: readonly string[];
  readonly links: readonly LinkItem[];
}

export interface RackItem {
  /** Undefined for what is in no rack. */
  readonly name?: string;
  readonly facts: readonly string[];
  readonly feeds: readonly DeviceItem[];
  readonly switches: readonly DeviceItem[];
  readonly machines: readonly MachineItem[];
}
