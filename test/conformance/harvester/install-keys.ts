/** What a documented key holds: text, a number, a switch, a list or a map of texts, or more keys. */
type Kind =
  | 'text'
  | 'number'
  | 'switch'
  | 'texts'
  | 'map'
  | readonly string[]
  | { readonly [key: string]: Kind }
  | readonly [{ readonly [key: string]: Kind }];

/**
 * The keys of Harvester's configuration, as its reference describes them: there is no program that reads it outside the installer.
 * @see https://docs.harvesterhci.io/v1.7/install/harvester-configuration
 */
const KEYS: Readonly<Record<string, Kind>> = {
  scheme_version: 'number',
  server_url: 'text',
  token: 'text',
  sans: 'texts',
  os: {
    hostname: 'text',
    ssh_authorized_keys: 'texts',
    password: 'text',
    dns_nameservers: 'texts',
    ntp_servers: 'texts',
    modules: 'texts',
    sysctls: 'map',
    environment: 'map',
    labels: 'map',
    persistent_state_paths: 'texts',
    after_install_chroot_commands: 'texts',
    sshd: { sftp: 'switch' },
  },
  install: {
    automatic: 'switch',
    skipchecks: 'switch',
    mode: ['create', 'join'],
    role: ['default', 'management', 'worker', 'witness'],
    management_interface: {
      interfaces: [{ name: 'text', hwAddr: 'text' }],
      method: ['dhcp', 'static'],
      ip: 'text',
      subnet_mask: 'text',
      gateway: 'text',
      bond_options: 'map',
      mtu: 'number',
      vlan_id: 'number',
    },
    vip: 'text',
    vip_mode: ['dhcp', 'static'],
    vip_hw_addr: 'text',
    cluster_pod_cidr: 'text',
    cluster_service_cidr: 'text',
    cluster_dns: 'text',
    device: 'text',
    data_disk: 'text',
    iso_url: 'text',
    tty: 'text',
    addons: {
      harvester_vm_import_controller: { enabled: 'switch', values_content: 'text' },
      harvester_pcidevices_controller: { enabled: 'switch', values_content: 'text' },
      rancher_monitoring: { enabled: 'switch', values_content: 'text' },
      rancher_logging: { enabled: 'switch', values_content: 'text' },
      harvester_seeder: { enabled: 'switch', values_content: 'text' },
    },
    harvester: { storage_class: { replica_count: 'number' }, longhorn: { default_settings: { guaranteedInstanceManagerCPU: 'number' } } },
  },
  system_settings: 'map',
};

/** What the reference asks of a whole document. */
const RULES: readonly [told: string, broken: (config: Config) => boolean][] = [
  ['scheme_version is 1', config => config.scheme_version !== 1],
  ['a token is needed', config => !config.token],
  ['a node that joins has server_url', config => config.install?.mode === 'join' && !config.server_url],
  ['a node that creates has no server_url', config => config.install?.mode === 'create' && config.server_url !== undefined],
  ['a node that creates has a vip', config => config.install?.mode === 'create' && !config.install.vip],
  ['vip_mode dhcp needs vip_hw_addr', config => config.install?.vip_mode === 'dhcp' && !config.install.vip_hw_addr],
  ['an automatic installation has iso_url', config => config.install?.automatic === true && !config.install.iso_url],
  ['a static address has ip, subnet_mask and gateway', config => lacksAddress(config.install?.management_interface)],
  [
    'a static address needs dns_nameservers',
    config => config.install?.management_interface?.method === 'static' && !config.os?.dns_nameservers?.length,
  ],
  ['somebody can log in', config => !config.os?.password && !config.os?.ssh_authorized_keys?.length],
  ['device is named by its id or path', config => !/^\/dev\/disk\/by-(id|path)\//.test(config.install?.device)],
  ['system_settings belong to the node that creates', config => config.install?.mode === 'join' && config.system_settings !== undefined],
];

// biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
type Config = any;

/** Everything that the reference does not know or does not allow in a document. */
export function installFaults(config: Config): string[] {
  return [...unknown(config, KEYS, ''), ...RULES.filter(([, broken]) => broken(config)).map(([told]) => told)];
}

function unknown(value: Config, kind: Kind, at: string): string[] {
  const wrong = (means: string) => [`${at} must be ${means}`];
  if (kind === 'text') return typeof value === 'string' && value !== '' ? [] : wrong('text');
  if (kind === 'number') return Number.isInteger(value) ? [] : wrong('a number');
  if (kind === 'switch') return typeof value === 'boolean' ? [] : wrong('true or false');
  if (kind === 'texts') return Array.isArray(value) && value.every(one => typeof one === 'string') ? [] : wrong('a list of texts');
  if (kind === 'map') return isMap(value) && Object.values(value).every(one => typeof one === 'string') ? [] : wrong('a map of texts');
  if (Array.isArray(kind) && typeof kind[0] === 'string') return kind.includes(value) ? [] : wrong(`one of ${kind.join(', ')}`);
  if (Array.isArray(kind)) return Array.isArray(value) ? value.flatMap((one, i) => unknown(one, kind[0], `${at}[${i}]`)) : wrong('a list');
  if (!isMap(value)) return wrong('a map');
  const known = kind as { readonly [key: string]: Kind };
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at ? `${at}.${key}` : key;
    return known[key] === undefined ? [`${path} is no key`] : unknown(inner, known[key], path);
  });
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lacksAddress(network: Config): boolean {
  return network?.method === 'static' && !(network.ip && network.subnet_mask && network.gateway);
}
