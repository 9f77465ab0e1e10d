/** What one field of a model takes. */
export interface Field {
  readonly type: 'string' | 'integer' | 'boolean' | 'port' | 'range' | 'interface' | 'address' | 'end' | 'prefix' | 'target' | 'gateway';
  readonly required?: true;
  readonly many?: true;
  /** Most entries of a list. */
  readonly atMost?: number;
  readonly choices?: readonly (string | null)[];
  readonly min?: number;
  readonly max?: number;
  /** Most characters. */
  readonly longest?: number;
  readonly form?: RegExp;
  readonly family?: 4 | 6;
  /** Values besides. */
  readonly words?: readonly string[];
  /** The field has a meaning only while another one has one of these values. */
  readonly when?: readonly [field: string, values: readonly unknown[]];
  readonly model?: string;
}

export type Model = Readonly<Record<string, Field>>;

const text: Field = { type: 'string' };
const flag: Field = { type: 'boolean' };
const name: Field = { type: 'string', required: true, longest: 31, form: /^(?!\d+$)(?!pkg_)[A-Za-z0-9_]+$/ };
const host: Field = { type: 'string', required: true, longest: 255, form: /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i };
const four: Field = { type: 'address', family: 4 };
const ports: readonly unknown[] = ['tcp', 'udp', 'tcp/udp'];
const icmp = ['any', 'echorep', 'echoreq', 'redir', 'routeradv', 'routersol', 'timex', 'timereq', 'timerep', 'trace', 'unreach'];
const protocols = ['tcp', 'udp', 'tcp/udp', 'icmp', 'esp', 'ah', 'gre', 'ipv6', 'igmp', 'pim', 'ospf'];

/**
 * Models of the pfSense REST API package, version 2: the fields that are written here, with what each takes. Fields that are only read
 * are not among them, so that a request that sets one is refused.
 * @see https://github.com/pfrest/pfSense-pkg-RESTAPI, `Models/`, commit 805c7f0 of 2026-08-07
 */
export const MODELS: Readonly<Record<string, Model>> = {
  InterfaceVLAN: {
    if: { type: 'string', required: true, longest: 32 },
    tag: { type: 'integer', required: true, min: 1, max: 4094 },
    pcp: { type: 'integer', min: 0, max: 7 },
    descr: text,
  },
  NetworkInterface: {
    if: { type: 'string', required: true, longest: 128 },
    enable: flag,
    descr: { ...name, longest: 128 },
    mtu: { type: 'integer', min: 1280, max: 8192 },
    mss: { type: 'integer', min: 576, max: 65_535 },
    blockpriv: flag,
    blockbogons: flag,
    typev4: { type: 'string', required: true, choices: ['static', 'dhcp', 'none'] },
    ipaddr: { ...four, required: true, words: ['dhcp'], when: ['typev4', ['static', 'dhcp']] },
    subnet: { type: 'integer', required: true, min: 1, max: 32, when: ['typev4', ['static']] },
    gateway: { type: 'gateway', family: 4, when: ['typev4', ['static']] },
    typev6: { type: 'string', choices: ['staticv6', 'dhcp6', 'slaac', '6rd', 'track6', '6to4', 'none', null] },
    ipaddrv6: { type: 'address', required: true, family: 6, words: ['dhcp6', 'slaac'], when: ['typev6', ['staticv6', 'dhcp6', 'slaac']] },
    subnetv6: { type: 'integer', required: true, min: 1, max: 128, when: ['typev6', ['staticv6']] },
    gatewayv6: { type: 'gateway', family: 6, when: ['typev6', ['staticv6']] },
  },
  RoutingGateway: {
    name,
    descr: text,
    ipprotocol: { type: 'string', required: true, choices: ['inet', 'inet6'] },
    interface: { type: 'interface', required: true },
    gateway: { type: 'address', required: true, words: ['dynamic'] },
    weight: { type: 'integer', min: 1, max: 30 },
  },
  DefaultGateway: {
    defaultgw4: { type: 'gateway', family: 4, words: ['', '-'] },
    defaultgw6: { type: 'gateway', family: 6, words: ['', '-'] },
  },
  VirtualIP: {
    mode: { type: 'string', required: true, choices: ['ipalias', 'proxyarp', 'carp', 'other'] },
    interface: { type: 'interface', required: true },
    type: { type: 'string', choices: ['single', 'network'] },
    subnet: { type: 'address', required: true },
    subnet_bits: { type: 'integer', required: true, min: 1, max: 128 },
    descr: text,
  },
  FirewallAlias: {
    name,
    type: { type: 'string', required: true, choices: ['host', 'network', 'port'] },
    descr: text,
    address: { type: 'string', many: true },
    detail: { type: 'string', many: true, form: /^(?!.*\|\|)/ },
  },
  OutboundNATMode: { mode: { type: 'string', required: true, choices: ['automatic', 'hybrid', 'advanced', 'disabled'] } },
  OutboundNATMapping: {
    interface: { type: 'interface', required: true },
    protocol: { type: 'string', choices: [...protocols, null] },
    source: { type: 'prefix', required: true, words: ['any', '(self)'] },
    destination: { type: 'prefix', required: true, words: ['any'] },
    destination_port: { type: 'range' },
    target: { type: 'target', required: true },
    descr: text,
  },
  PortForward: {
    interface: { type: 'interface', required: true },
    ipprotocol: { type: 'string', choices: ['inet', 'inet6', 'inet46'] },
    protocol: { type: 'string', required: true, choices: ['any', ...protocols] },
    source: { type: 'end', required: true },
    destination: { type: 'end', required: true },
    destination_port: { type: 'range', when: ['protocol', ports] },
    target: { type: 'target', required: true },
    local_port: { type: 'port', required: true, when: ['protocol', ports] },
    natreflection: { type: 'string', choices: ['enable', 'disable', 'purenat', null] },
    associated_rule_id: { type: 'string', choices: ['', 'new', 'pass'] },
    descr: text,
  },
  FirewallRule: {
    type: { type: 'string', required: true, choices: ['pass', 'block', 'reject'] },
    interface: { type: 'interface', required: true, many: true, atMost: 1 },
    ipprotocol: { type: 'string', required: true, choices: ['inet', 'inet6', 'inet46'] },
    protocol: { type: 'string', choices: [...protocols, 'carp', 'pfsync', null] },
    icmptype: { type: 'string', many: true, choices: icmp, when: ['protocol', ['icmp']] },
    source: { type: 'end', required: true },
    destination: { type: 'end', required: true },
    destination_port: { type: 'range', when: ['protocol', ports] },
    descr: text,
    log: flag,
    statetype: { type: 'string', choices: ['keep state', 'sloppy state', 'synproxy state', 'none'] },
  },
  DHCPServer: {
    interface: { type: 'interface', required: true },
    enable: flag,
    range_from: four,
    range_to: four,
    domain: { type: 'string', longest: 255 },
    gateway: { ...four, words: ['none'] },
    dnsserver: { ...four, many: true, atMost: 4 },
    ntpserver: { ...four, many: true, atMost: 4 },
    pool: { type: 'string', many: true, model: 'DHCPServerAddressPool' },
    staticmap: { type: 'string', many: true, model: 'DHCPServerStaticMapping' },
  },
  DHCPServerAddressPool: { range_from: { ...four, required: true }, range_to: { ...four, required: true } },
  DHCPServerStaticMapping: {
    mac: { type: 'string', required: true, form: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i },
    ipaddr: four,
    hostname: { type: 'string', form: /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?$/i },
    descr: { type: 'string', longest: 255 },
  },
  DNSResolverSettings: {
    enable: flag,
    port: { type: 'port' },
    active_interface: { type: 'interface', many: true, words: ['all', 'lo0'] },
    outgoing_interface: { type: 'interface', many: true, words: ['all', 'lo0'] },
    dnssec: flag,
    forwarding: flag,
    custom_options: text,
  },
  DNSResolverHostOverride: {
    host,
    domain: host,
    ip: { type: 'address', required: true, many: true },
    descr: text,
    aliases: { type: 'string', many: true, model: 'DNSResolverHostOverrideAlias' },
  },
  DNSResolverHostOverrideAlias: { host, domain: host, descr: text },
  DNSResolverDomainOverride: { domain: host, ip: { type: 'address', required: true }, descr: text },
  NTPSettings: { enable: flag, interface: { type: 'interface', many: true, words: ['lo0'] } },
  Apply: {},
};

/** Endpoints with the model of each, and the methods that change something. `Endpoints/` of the same commit. */
export const ENDPOINTS: Readonly<Record<string, readonly [model: string, ...methods: string[]]>> = {
  '/api/v2/interface/vlan': ['InterfaceVLAN', 'POST', 'PATCH'],
  '/api/v2/interface': ['NetworkInterface', 'POST', 'PATCH'],
  '/api/v2/interface/apply': ['Apply', 'POST'],
  '/api/v2/routing/gateway': ['RoutingGateway', 'POST', 'PATCH'],
  '/api/v2/routing/gateway/default': ['DefaultGateway', 'PATCH'],
  '/api/v2/routing/apply': ['Apply', 'POST'],
  '/api/v2/firewall/virtual_ip': ['VirtualIP', 'POST', 'PATCH'],
  '/api/v2/firewall/virtual_ip/apply': ['Apply', 'POST'],
  '/api/v2/firewall/aliases': ['FirewallAlias', 'PUT'],
  '/api/v2/firewall/nat/outbound/mode': ['OutboundNATMode', 'PATCH'],
  '/api/v2/firewall/nat/outbound/mappings': ['OutboundNATMapping', 'PUT'],
  '/api/v2/firewall/nat/port_forwards': ['PortForward', 'PUT'],
  '/api/v2/firewall/rules': ['FirewallRule', 'PUT'],
  '/api/v2/firewall/apply': ['Apply', 'POST'],
  '/api/v2/services/dhcp_servers': ['DHCPServer', 'PUT'],
  '/api/v2/services/dhcp_server/apply': ['Apply', 'POST'],
  '/api/v2/services/dns_resolver/settings': ['DNSResolverSettings', 'PATCH'],
  '/api/v2/services/dns_resolver/domain_overrides': ['DNSResolverDomainOverride', 'PUT'],
  '/api/v2/services/dns_resolver/host_overrides': ['DNSResolverHostOverride', 'PUT'],
  '/api/v2/services/dns_resolver/apply': ['Apply', 'POST'],
  '/api/v2/services/ntp/settings': ['NTPSettings', 'PATCH'],
};
