import type { Rule } from '@ashlar/core';
import { DNS_CNAME_ALONE } from './cname-alone';
import { RECORD_UNSERVED } from './record-unserved';
import { DNS_SERVER_PRIVATE } from './server-private';
import { DNS_TARGET_ALIAS } from './target-alias';

/** Rules over the zones of a site. */
export const DNS_RULES: readonly Rule[] = [DNS_CNAME_ALONE, DNS_SERVER_PRIVATE, DNS_TARGET_ALIAS, RECORD_UNSERVED];
