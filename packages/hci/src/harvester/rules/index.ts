import type { Rule } from '@ashlar/core';
import { HARVESTER_BACKUP_INSIDE } from './harvester-backup-inside';
import { HARVESTER_CIDR_OVERLAP } from './harvester-cidr-overlap';
import { HARVESTER_MEMORY } from './harvester-memory';
import { HARVESTER_MIXED_MACHINES } from './harvester-mixed-machines';
import { HARVESTER_NETWORK_NODES } from './harvester-network-nodes';
import { HARVESTER_NO_BACKUP } from './harvester-no-backup';
import { HARVESTER_SECRET } from './harvester-secret';
import { HARVESTER_SHARED_DOMAIN } from './harvester-shared-domain';
import { HARVESTER_STORAGE_FULL } from './harvester-storage-full';
import { HARVESTER_UPLINK_VLAN } from './harvester-uplink-vlan';

/** What is checked of every site with a Harvester cluster. */
export const RULES: readonly Rule[] = [
  HARVESTER_BACKUP_INSIDE,
  HARVESTER_CIDR_OVERLAP,
  HARVESTER_MEMORY,
  HARVESTER_MIXED_MACHINES,
  HARVESTER_NETWORK_NODES,
  HARVESTER_NO_BACKUP,
  HARVESTER_SECRET,
  HARVESTER_SHARED_DOMAIN,
  HARVESTER_STORAGE_FULL,
  HARVESTER_UPLINK_VLAN,
];
