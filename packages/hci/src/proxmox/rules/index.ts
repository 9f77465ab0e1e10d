import type { Rule } from '@ashlar/core';
import { BACKUP_ON_OWN_STORAGE } from './backup-on-own-storage';
import { FIRST_BOOT_IGNORED } from './first-boot-ignored';
import { NO_BACKUP } from './no-backup';
import { PACKAGES_UNREACHABLE } from './packages-unreachable';
import { PROXMOX_NATIVE_VLAN } from './proxmox-native-vlan';
import { QDEVICE_INSIDE } from './qdevice-inside';
import { STORAGE_OVERCOMMITTED } from './storage-overcommitted';

/** What is checked of every site with a Proxmox VE cluster. */
export const RULES: readonly Rule[] = [
  BACKUP_ON_OWN_STORAGE,
  FIRST_BOOT_IGNORED,
  NO_BACKUP,
  PACKAGES_UNREACHABLE,
  PROXMOX_NATIVE_VLAN,
  QDEVICE_INSIDE,
  STORAGE_OVERCOMMITTED,
];
