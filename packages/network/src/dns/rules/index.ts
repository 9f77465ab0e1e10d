import type { Rule } from '@ashlar/core';
import { DNS_CNAME_ALONE } from './cname-alone';
import { DNS_DELEGATED_RECORD } from './delegated-record';
import { DNS_PRIVATE_HINT } from './private-hint';
import { RECORD_UNSERVED } from './record-unserved';
import { DNS_SERVER_PRIVATE } from './server-private';
import { DNS_TARGET_ALIAS } from './target-alias';
import { DNS_TARGET_MISSING } from './target-missing';

/** Rules over the zones of a site. */
export const DNS_RULES: readonly Rule[] = [
  DNS_CNAME_ALONE,
  DNS_DELEGATED_RECORD,
  DNS_PRIVATE_HINT,
  DNS_SERVER_PRIVATE,
  DNS_TARGET_ALIAS,
  DNS_TARGET_MISSING,
  RECORD_UNSERVED,
];
