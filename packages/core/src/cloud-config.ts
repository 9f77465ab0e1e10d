import { type AptRepository, isFingerprint } from './apt-repository';
import { ConfigError } from './config-error';
import type { BootFile, BootMount, FirstBoot } from './first-boot';
import { Secret } from './secret';

/** What a machine is told by cloud-init at its first boot, besides its network. */
export interface CloudConfigData {
  readonly hostName: string;
  readonly fqdn: string;
  /** The account of the people who run it, and their public keys. */
  readonly admin: { readonly user: string; readonly keys: readonly string[] };
  readonly firstBoot: FirstBoot;
  /** Files that only the renderer knows, such as the rules of a firewall that it keeps. @default - none */
  readonly files?: readonly BootFile[];
  /** The service by which its hypervisor talks to it, of the package of the same name. @default - none */
  readonly agent?: string;
}

/**
 * The user data of cloud-init as an object, for YAML below a line `#cloud-config`.
 *
 * It is read again when a hypervisor gives the guest another instance id, which Proxmox VE does when the user data changes. So
 * nothing in it may harm a guest that is already running: a disk with any file system is left alone.
 *
 * @param inBase64 what stands for the value of a secret; when the guest reads it, it must be the value in Base64, so that no
 * character of it can break the YAML
 * @throws BOOT_USER when an account has the name of the one that all guests have
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function cloudConfig(data: CloudConfigData, inBase64: (secret: Secret) => string): object {
  const { hostName, fqdn, admin, firstBoot } = data;
  const { repositories, mounts, timezone, swap } = firstBoot;
  const groups = [...new Set(firstBoot.users.flatMap(([, user]) => user.groups ?? []))].sort();
  // Disks are mounted after files are written, and would hide them.
  const hidden = (path: string) => mounts.some(mount => path.startsWith(`${mount.path}/`));
  const written = ({ path, mode, content }: BootFile) => ({
    path,
    owner: 'root:root',
    permissions: mode,
    ...(Secret.is(content) ? { content: inBase64(content), encoding: 'b64' } : { content }),
    ...(hidden(path) && { defer: true }),
  });
  if (admin.keys.length > 0 && firstBoot.users.some(([name]) => name === admin.user)) {
    throw new ConfigError(fqdn, 'BOOT_USER', `the account ${admin.user} is that of its cluster already`, { fix: 'choose another name' });
  }
  // cloud-init refuses empty lists.
  const users = [
    ...(admin.keys.length === 0 ? [] : [account(admin.user, ['sudo'], admin.keys, true)]),
    ...firstBoot.users.map(([name, user]) => account(name, user.groups ?? [], user.sshKeys, user.sudo ?? false)),
  ];
  const files = [
    ...repositories.flatMap(([name, { key }]) =>
      isFingerprint(key) ? [] : [{ path: keyring(name), owner: 'root:root', permissions: '0644', content: key }],
    ),
    ...[...firstBoot.files, ...(data.files ?? [])].map(written),
  ];
  const agent = data.agent === undefined ? [] : [data.agent];
  const packages = [...new Set([...agent, ...firstBoot.packages])].sort();
  const commands = [...agent.map(name => `systemctl enable --now ${name}`), ...firstBoot.commands];
  return {
    hostname: hostName,
    fqdn,
    manage_etc_hosts: true,
    ...(timezone !== undefined && { timezone }),
    ssh_pwauth: false,
    disable_root: true,
    ...(groups.length > 0 && { groups }),
    ...(users.length > 0 && { users }),
    ...(mounts.length > 0 && { fs_setup: mounts.map(fileSystem), mounts: mounts.map(fstab) }),
    ...(swap !== undefined && { swap: { filename: '/swapfile', size: swap.toBytes() } }),
    ...(repositories.length > 0 && { apt: { sources: Object.fromEntries(repositories.map(([name, of]) => [name, source(name, of)])) } }),
    package_update: true,
    ...(packages.length > 0 && { packages }),
    ...(files.length > 0 && { write_files: files }),
    ...(commands.length > 0 && { runcmd: commands }),
  };
}

function account(name: string, groups: readonly string[], keys: readonly string[], sudo: boolean): object {
  return {
    name,
    ...(groups.length > 0 && { groups: [...groups] }),
    shell: '/bin/bash',
    lock_passwd: true,
    ...(sudo && { sudo: 'ALL=(ALL) NOPASSWD:ALL' }),
    ssh_authorized_keys: [...keys],
  };
}

/**
 * `partition: auto` uses a disk with this label and file system as it is, formats an empty one, and leaves any other alone.
 * `partition: none` would format it each time, whatever `overwrite` says.
 */
function fileSystem({ disk, filesystem }: BootMount): object {
  return { device: disk.device, label: disk.name.slice(0, LABEL), filesystem, partition: 'auto', overwrite: false };
}

/** The longest label that XFS takes; ext4 takes 16. */
const LABEL = 12;

/** The boot waits for the disk and goes on without it, so that one can log in; a disk that has grown is used whole at the next boot. */
function fstab({ disk, path, filesystem }: BootMount): string[] {
  const options = 'defaults,nofail,x-systemd.before=local-fs.target,x-systemd.growfs';
  return [disk.device, path, filesystem, options, '0', filesystem === 'ext4' ? '2' : '0'];
}

function source(name: string, { url, suite, components, key }: AptRepository): object {
  const where = `${url} ${suite} ${components.join(' ')}`;
  if (!isFingerprint(key)) return { source: `deb [signed-by=${keyring(name)}] ${where}` };
  // The usual port of a key server, 11371, is closed in most networks; TLS has the one of packages.
  return { source: `deb [signed-by=$KEY_FILE] ${where}`, keyid: key, keyserver: 'hkps://keyserver.ubuntu.com' };
}

/** Read by apt as it is: nothing has to take off its armor. */
function keyring(name: string): string {
  return `/etc/apt/keyrings/${name}.asc`;
}
