import type { Rule } from '@ashlar/core';
import { BACKUP_DOES_NOT_FIT } from './backup-does-not-fit';
import { BACKUP_JOBS_OVERLAP } from './backup-jobs-overlap';
import { BACKUP_ON_OWN_STORAGE } from './backup-on-own-storage';
import { BACKUP_OUT_OF_REACH } from './backup-out-of-reach';
import { BACKUP_TARGET_SIZE_UNKNOWN } from './backup-target-size-unknown';
import { BACKUP_WINDOW } from './backup-window';
import { FIRST_BOOT_IGNORED } from './first-boot-ignored';
import { NO_BACKUP } from './no-backup';
import { PACKAGES_UNREACHABLE } from './packages-unreachable';
import { PROXMOX_NATIVE_VLAN } from './proxmox-native-vlan';
import { QDEVICE_INSIDE } from './qdevice-inside';
import { REPLICATION_TOO_SLOW } from './replication-too-slow';
import { ROUTER_UNDECLARED } from './router-undeclared';
import { STORAGE_OVERCOMMITTED } from './storage-overcommitted';

/** What is checked of every site with a Proxmox VE cluster. */
export const RULES: readonly Rule[] = [
  REPLICATION_TOO_SLOW,
  BACKUP_WINDOW,
  BACKUP_TARGET_SIZE_UNKNOWN,
  BACKUP_OUT_OF_REACH,
  BACKUP_JOBS_OVERLAP,
  BACKUP_DOES_NOT_FIT,
  BACKUP_ON_OWN_STORAGE,
  FIRST_BOOT_IGNORED,
  NO_BACKUP,
  PACKAGES_UNREACHABLE,
  PROXMOX_NATIVE_VLAN,
  QDEVICE_INSIDE,
  ROUTER_UNDECLARED,
  STORAGE_OVERCOMMITTED,
];
