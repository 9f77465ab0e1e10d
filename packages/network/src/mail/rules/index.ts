import type { Rule } from '@ashlar/core';
import { DMARC_REPORTS } from './dmarc-reports';
import { SPF_COVERAGE } from './spf-coverage';
import { SPF_INCLUDE } from './spf-include';
import { SPF_LENGTH } from './spf-length';
import { SPF_LOOKUPS } from './spf-lookups';
import { SPF_TWICE } from './spf-twice';
import { SPF_UNKNOWN } from './spf-unknown';
import { SPF_VOID } from './spf-void';

/** Rules over the mail domains of a site. */
export const MAIL_RULES: readonly Rule[] = [
  DMARC_REPORTS,
  SPF_COVERAGE,
  SPF_INCLUDE,
  SPF_LENGTH,
  SPF_LOOKUPS,
  SPF_TWICE,
  SPF_UNKNOWN,
  SPF_VOID,
];
