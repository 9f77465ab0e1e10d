import { familyOf } from '../segments/subnet';
import type { RecordType } from './dns-record-set';

interface Fault {
  readonly problem: string;
  readonly fix: string;
}

const HOST = '([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** What the data of a type looks like, for people and as a pattern. */
const FORMS: Readonly<Partial<Record<RecordType, readonly [means: string, example: string, form: RegExp]>>> = {
  CAA: ['takes flags, a tag and a quoted value', '0 issue "letsencrypt.org"', /^(0|128) (issue|issuewild|issuemail|iodef) "[^"]*"$/],
  CNAME: ['takes a complete name', 'web.example.net', new RegExp(`^${HOST}$`)],
  HTTPS: ['takes a priority, a name and parameters', '1 . alpn="h2,h3"', new RegExp(`^\\d{1,5} (\\.|${HOST})( [a-z0-9]+(="?[^" ]*"?)?)*$`)],
  MX: ['takes a preference and a name', '10 mx.example.net', new RegExp(`^\\d{1,5} (\\.|${HOST})$`)],
  NS: ['takes a complete name', 'ns1.example.net', new RegExp(`^${HOST}$`)],
  PTR: ['takes a complete name', 'web.example.net', new RegExp(`^${HOST}$`)],
  SRV: ['takes priority, weight, port and a name', '0 0 389 ldap.example.net', new RegExp(`^\\d{1,5} \\d{1,5} \\d{1,5} (\\.|${HOST})$`)],
  SSHFP: ['takes algorithm, type and fingerprint', `4 2 ${'0'.repeat(64)}`, /^[1-6] ((1) [0-9a-f]{40}|2 [0-9a-f]{64})$/],
  SVCB: [
    'takes a priority, a name and parameters',
    '1 svc.example.net port=8443',
    new RegExp(`^\\d{1,5} (\\.|${HOST})( [a-z0-9]+(="?[^" ]*"?)?)*$`),
  ],
  TLSA: ['takes usage, selector, matching type and data', `3 1 1 ${'0'.repeat(64)}`, /^[0-3] [01] [0-2] ([0-9a-f]{2})+$/],
};

/** What is wrong with the data of one record, if anything. */
export function recordFault(type: RecordType, value: string): Fault | undefined {
  if (typeof value !== 'string' || value === '') return { problem: 'takes text', fix: 'write its data as in a zone file' };
  if (type === 'A' || type === 'AAAA') {
    const family = type === 'A' ? 4 : 6;
    if (familyOf(value) === family) return undefined;
    return { problem: `takes an IPv${family} address`, fix: `write it like ${family === 4 ? '203.0.113.5' : '2001:db8::5'}` };
  }
  if (type === 'TXT') {
    return /^[\x20-\x7e]*$/.test(value) ? undefined : { problem: 'takes printable ASCII text', fix: 'leave other characters out' };
  }
  const [means, example, form] = FORMS[type] as readonly [string, string, RegExp];
  return form.test(value) && value.split(' ').every(isSixteenBits) ? undefined : { problem: means, fix: `write it like ${example}` };
}

/** Numbers of the format are at most 16 bits long. */
function isSixteenBits(word: string): boolean {
  return !/^\d{1,6}$/.test(word) || Number(word) <= 65_535;
}

/** Text as character strings of at most 255 bytes, quoted. @see RFC 1035 section 3.3.14 */
export function quotedText(value: string): string {
  const parts = value.match(/[\s\S]{1,255}/g) ?? [''];
  return parts.map(part => `"${part.replaceAll(/["\\]/g, '\\$&')}"`).join(' ');
}
