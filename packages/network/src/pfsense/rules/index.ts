import type { Rule } from '@ashlar/core';
import { PFSENSE_ALIAS_NAME } from './pfsense-alias-name';
import { PFSENSE_INTERFACE_NAME } from './pfsense-interface-name';
import { PFSENSE_RA_PREFIX } from './pfsense-ra-prefix';
import { PFSENSE_TUNNEL } from './pfsense-tunnel';

/** Rules over what pfSense takes and breaks on. */
export const PFSENSE_RULES: readonly Rule[] = [PFSENSE_ALIAS_NAME, PFSENSE_INTERFACE_NAME, PFSENSE_RA_PREFIX, PFSENSE_TUNNEL];
