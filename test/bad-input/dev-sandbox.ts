import { type Variant, variant as v } from './variant';

/** Ways to spoil `apps/dev-sandbox/main.ts`: its states, its machines, their software, and the database. */
export const DEV_SANDBOX: readonly Variant[] = [
  // States
  v('one state for all developers', 'site, `dev-${name}`', "site, 'dev'", 'ID_TAKEN'),
  v('a developer in the state of everybody', 'ProxmoxTenant(workspace.stack', 'ProxmoxTenant(commons.stack', 'TENANT_STATE'),
  v('one pool for all developers', 'ProxmoxTenant(workspace.stack, name', "ProxmoxTenant(workspace.stack, 'dev'", 'TENANT_NAME'),
  v('a tenant of no cluster', '{ cluster: pve, apiToken }', "{ cluster: 'pve' as any, apiToken }", 'PROP_TYPE'),
  v('a token in the program', '{ cluster: pve, apiToken }', "{ cluster: pve, apiToken: 'root@pam!x=1' as any }", 'PROP_TYPE'),
  v('one developer three times', 'sandboxes.add(name,', "sandboxes.add('dev',", 'SANDBOX_NAME'),
  v('a developer who is everybody', 'sandboxes.add(name,', "sandboxes.add('all',", 'SANDBOX_NAME'),
  v('a sandbox in the state of everybody', 'add(name, { workspace,', 'add(name, { workspace: commons,', 'SANDBOX_STATE'),
  v('a sandbox without machines', 'machines: [machine]', 'machines: []', 'PROP_EMPTY'),
  v('an account with a space', 'user: name }', "user: 'dev user' }", 'PROP_FORMAT'),
  v('a misspelt option of a sandbox', 'user: name }', 'user: name, shel: 1 } as any', 'PROP_UNKNOWN'),
  v('what is shared is a cluster', 'shared: [commons]', 'shared: [pve as any]', 'PROP_TYPE'),
  // Machines
  v('a node that there is not', 'node: host,', "node: 'dev-09',", 'PROXMOX_NODE_UNKNOWN'),
  v(
    'a machine with more processors than its host',
    '...size,\n    });\n    accounts',
    '...size,\n      cores: 64,\n    });\n    accounts',
    'GUEST_CORES',
  ),
  v(
    'a machine larger than its host',
    '...size,\n    });\n    accounts',
    '...size,\n      memory: Size.gibibytes(96),\n    });\n    accounts',
    'GUEST_MEMORY',
  ),
  v(
    'a disk smaller than its template',
    '...size,\n    });\n    accounts',
    '...size,\n      disk: Size.gibibytes(4),\n    });\n    accounts',
    'TEMPLATE_DISK',
  ),
  v(
    'a VM id of another environment',
    '...size,\n    });\n    accounts',
    '...size,\n      vmId: 150,\n    });\n    accounts',
    'PROXMOX_VMID_RANGE',
  ),
  v('one VM id for all', '...size,\n    });\n    accounts', '...size,\n      vmId: 2500,\n    });\n    accounts', 'PROXMOX_VMID_TAKEN'),
  v('a range of VM ids that ends before it begins', 'from: 2000, to: 2999', 'from: 2999, to: 2000', 'PROXMOX_VMID_RANGE'),
  v(
    'a host without the segment of its machine',
    'tagged: segments });\n    return',
    'tagged: n === 3 ? [services] : segments });\n    return',
    'VLAN_NOT_TRUNKED',
  ),
  v('one MAC address three times', '02:00:5e:30:00:0${n}', '02:00:5e:30:00:01', 'MAC_TAKEN'),
  v('one address for all', 'workplaces.host(name)', "workplaces.host('dev', 10)", 'ID_TAKEN'),
  // What they boot with
  v('Docker of no major version', "docker('29')", "docker('29.1')", 'PROP_FORMAT'),
  v('Node.js by name', "nodejs('22')", "nodejs('lts')", 'PROP_FORMAT'),
  v('software by name', 'hci.Software.git()', "'git' as any", 'PROP_TYPE'),
  v('a key that is none', 'sshKeys, groups', "sshKeys: ['alice'], groups", 'PROP_FORMAT'),
  v('nobody may log in', 'sshKeys, groups', 'sshKeys: [], groups', 'PROP_EMPTY'),
  v('the account of the system', 'firstBoot.user(name', "firstBoot.user('root'", 'BOOT_USER'),
  // The database
  v('a database of nobody', 'owner: name,', "owner: 'nobody',", 'POSTGRES_ROLE_UNKNOWN'),
  v('a role that there is not', 'allowFrom(machine, name)', "allowFrom(machine, 'ghost')", 'POSTGRES_ROLE_UNKNOWN'),
  v('a password in the program', 'password: secret(name)', "password: 'secret' as any", 'POSTGRES_ROLE_PASSWORD'),
  v('a disk with data that is left out', ', wal: Size.gibibytes(16) }', ' }', 'DATA_DISK_DROPPED'),
  v('a log that does not fit its disk', 'wal: Size.gibibytes(16)', 'wal: Size.gibibytes(1)', 'POSTGRES_WAL_DISK_SMALL'),
  v('databases that do not fit their disk', 'data: Size.gibibytes(60)', 'data: Size.gibibytes(20)', 'POSTGRES_DATA_DISK_SMALL'),
  v('too little memory for a database', 'memory: Size.gibibytes(8)', 'memory: Size.mebibytes(256)', 'POSTGRES_MEMORY'),
  v('a release that is long gone', 'PostgresVersion.V17', "PostgresVersion.of('9.6')", 'POSTGRES_VERSION'),
  v('copies that anybody can read', ", cipherPass: secret('cipher')", '', 'PROP_MISSING'),
  v(
    'a database without copies',
    "backup: { repository: PostgresRepository.nfs({ server: nas, path: '/srv/postgres' }), cipherPass: secret('cipher') }",
    'backup: {} as any',
    'POSTGRES_ARCHIVE_REPOSITORY',
  ),
  v('an image without its checksum', '...DEBIAN_13_CLOUD),\n    cores', "DEBIAN_13_CLOUD[0], ''),\n    cores", 'IMAGE_CHECKSUM'),
];
