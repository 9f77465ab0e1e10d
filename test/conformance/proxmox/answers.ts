import { createRequire } from 'node:module';

/** Its types are those of an ES module; what `require` gets is none. */
const { parse } = createRequire(__filename)('smol-toml') as { parse(text: string): object };

type Form = 'text' | 'flag' | 'list' | 'number' | 'patterns' | readonly string[];

/**
 * What the installer of Proxmox VE 9 knows, as its source has it (`proxmox-auto-installer`, `deny_unknown_fields`). The installer itself is
 * in no registry that is reached here, so that this table stands for it.
 * @see https://pve.proxmox.com/wiki/Automated_Installation
 */
const KNOWN: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  global: {
    keyboard: 'de de-ch dk en-gb en-us es fi fr fr-be fr-ca fr-ch hu is it jp lt mk nl no pl pt pt-br se si tr'.split(' '),
    country: 'text',
    fqdn: 'text',
    mailto: 'text',
    timezone: 'text',
    'root-password': 'text',
    'root-password-hashed': 'text',
    'root-ssh-keys': 'list',
    'reboot-on-error': 'flag',
    'reboot-mode': ['reboot', 'power-off'],
  },
  network: { source: ['from-dhcp', 'from-answer'], cidr: 'text', dns: 'text', gateway: 'text', filter: 'patterns' },
  'disk-setup': {
    filesystem: ['ext4', 'xfs', 'zfs', 'btrfs'],
    'disk-list': 'list',
    filter: 'patterns',
    'filter-match': ['any', 'all'],
    'zfs.raid': ['raid0', 'raid1', 'raid10', 'raidz-1', 'raidz-2', 'raidz-3'],
    'zfs.ashift': 'number',
    'zfs.arc-max': 'number',
    'zfs.checksum': ['on', 'fletcher4', 'sha256'],
    'zfs.compress': ['on', 'off', 'lzjb', 'lz4', 'zle', 'gzip', 'zstd'],
    'zfs.copies': 'number',
    'zfs.hdsize': 'number',
  },
};
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  global: ['keyboard', 'country', 'fqdn', 'mailto', 'timezone'],
  network: [],
  'disk-setup': ['filesystem'],
};

type Table = Readonly<Record<string, unknown>>;

/** What the installer would say against an answer file; nothing when it takes it. */
export function answerFaults(text: string): string[] {
  let file: Table;
  try {
    file = parse(text) as Table;
  } catch (error) {
    return [`no TOML: ${(error as Error).message.split('\n')[0]}`];
  }
  const faults = Object.keys(file)
    .filter(name => !(name in KNOWN))
    .map(name => `unknown table ${name}`);
  for (const [name, fields] of Object.entries(KNOWN)) {
    const table = flat((file[name] ?? {}) as Table);
    faults.push(...(REQUIRED[name] ?? []).filter(key => !(key in table)).map(key => `${name}.${key} is missing`));
    for (const [key, value] of Object.entries(table)) {
      const form = fields[key];
      if (form === undefined) faults.push(`unknown ${name}.${key}`);
      else if (!fits(value, form)) faults.push(`${name}.${key} is ${JSON.stringify(value)}`);
    }
  }
  return [...faults, ...together(file as Readonly<Record<string, Table>>)];
}

/** Conditions over several fields. */
function together({ global = {}, network = {}, 'disk-setup': disks = {} }: Readonly<Record<string, Table>>): string[] {
  const faults: string[] = [];
  if ('root-password' in global === 'root-password-hashed' in global)
    faults.push('one of root-password and root-password-hashed must be set');
  const address = ['cidr', 'dns', 'gateway', 'filter'];
  const manual = network.source === 'from-answer';
  for (const key of address)
    if (key in network !== manual) faults.push(`network.${key} ${manual ? 'must be set' : 'is not supported by from-dhcp'}`);
  if ('disk-list' in disks === 'filter' in disks) faults.push('one of disk-list and filter must be set');
  if ((disks.filesystem === 'zfs') !== 'zfs' in disks) faults.push('zfs options belong to the file system zfs, and zfs.raid must be set');
  if (typeof network.cidr === 'string' && !/^[\da-f.:]+\/\d+$/.test(network.cidr)) faults.push('network.cidr is no prefix');
  if (typeof global.fqdn === 'string' && !/^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/i.test(global.fqdn))
    faults.push('global.fqdn has no domain');
  return faults;
}

function fits(value: unknown, form: Form): boolean {
  if (Array.isArray(form)) return form.includes(value as string);
  if (form === 'text') return typeof value === 'string' && value !== '';
  if (form === 'flag') return typeof value === 'boolean';
  if (form === 'number') return typeof value === 'number';
  if (form === 'list') return Array.isArray(value) && value.every(item => typeof item === 'string');
  return typeof value === 'object' && value !== null && Object.values(value).every(pattern => typeof pattern === 'string');
}

/** `zfs.raid` is a table in a table. */
function flat(table: Table): Table {
  const nested = Object.entries((table.zfs ?? {}) as Table).map(([key, value]) => [`zfs.${key}`, value]);
  const own = Object.entries(table).filter(([key]) => key !== 'zfs');
  return Object.fromEntries([...own, ...nested]);
}
