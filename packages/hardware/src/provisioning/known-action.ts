/** What is documented of an action: the variables that it reads. */
export interface KnownActionModel {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Which of them name a disk. */
  readonly disks: readonly string[];
  /** It needs the process namespace of the host. */
  readonly hostPid?: boolean;
  /** It passes its environment on to a program, so that any other variable may be meant. */
  readonly open?: boolean;
}

/**
 * The actions of Tinkerbell's own collection that write and start operating systems.
 * @see https://github.com/tinkerbell/actions
 */
export const KNOWN_ACTIONS = {
  image2disk: {
    required: ['IMG_URL', 'DEST_DISK'],
    optional: ['COMPRESSED', 'RETRY_ENABLED', 'RETRY_DURATION_MINUTES', 'PROGRESS_INTERVAL_SECONDS', 'TEXT_LOGGING'],
    disks: ['DEST_DISK'],
  },
  archive2disk: {
    required: ['ARCHIVE_URL', 'ARCHIVE_TYPE', 'TARFILE_CHECKSUM', 'DEST_DISK', 'FS_TYPE', 'DEST_PATH'],
    optional: ['HTTP_CLIENT_TIMEOUT_MINUTES'],
    disks: ['DEST_DISK'],
  },
  writefile: {
    required: ['DEST_DISK', 'FS_TYPE', 'DEST_PATH', 'CONTENTS', 'UID', 'GID', 'MODE', 'DIRMODE'],
    optional: [],
    disks: ['DEST_DISK'],
  },
  cexec: {
    required: ['BLOCK_DEVICE', 'FS_TYPE', 'CMD_LINE'],
    optional: ['CHROOT', 'DEFAULT_INTERPRETER', 'UPDATE_RESOLV_CONF', 'JSON_OUTPUT'],
    disks: ['BLOCK_DEVICE'],
    open: true,
  },
  kexec: {
    required: ['BLOCK_DEVICE', 'FS_TYPE'],
    optional: ['KERNEL_PATH', 'INITRD_PATH', 'CMD_LINE', 'GRUBCFG_PATH'],
    disks: ['BLOCK_DEVICE'],
    hostPid: true,
  },
  rootio: { required: ['MIRROR_HOST'], optional: ['METADATA_SERVICE_PORT', 'MBR'], disks: [] },
} as const satisfies Readonly<Record<string, KnownActionModel>>;

export type KnownAction = keyof typeof KNOWN_ACTIONS;
