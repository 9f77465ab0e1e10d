import { familyOf } from '../segments/subnet';
import type { RecordType } from './dns-record-set';
import { parseServiceBinding } from './service-binding';

interface Fault {
  readonly problem: string;
  readonly fix: string;
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** The last label begins with a letter, so that no address passes for a name. */
const TOP = '[a-z]([a-z0-9-]{0,61}[a-z0-9])?';
/** Of machines, which have no underscore in their names. @see RFC 952, RFC 1123 section 2.1 */
const HOST = `(?=[^ ]{1,253}( |$))(${LABEL}\\.)+${TOP}`;
/** Of anything. @see RFC 8552 */
const NAME = `(?=[^ ]{1,253}( |$))([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+${TOP}`;
const BINDING = new RegExp(`^(0 (\\.|${NAME})|[1-9]\\d{0,4} (\\.|${HOST})( [^ ]+)*)$`);

/** What the data of a type looks like, for people and as a pattern. */
const FORMS: Readonly<Partial<Record<RecordType, readonly [means: string, example: string, form: RegExp]>>> = {
  CAA: [
    'takes flags, a tag and a quoted value',
    '0 issue "letsencrypt.org"',
    /^(0|128) (issue|issuewild|issuemail|iodef) "[^"\\]{0,255}"$/,
  ],
  CNAME: ['takes a complete name', 'web.example.net', new RegExp(`^${NAME}$`)],
  HTTPS: ['takes a priority, a name and parameters', '1 . alpn="h2,h3"', BINDING],
  MX: ['takes a preference and a name', '10 mx.example.net', new RegExp(`^\\d{1,5} (\\.|${HOST})$`)],
  NS: ['takes a complete name', 'ns1.example.net', new RegExp(`^${HOST}$`)],
  PTR: ['takes a complete name', 'web.example.net', new RegExp(`^${HOST}$`)],
  SRV: ['takes priority, weight, port and a name', '0 0 389 ldap.example.net', new RegExp(`^\\d{1,5} \\d{1,5} \\d{1,5} (\\.|${HOST})$`)],
  SSHFP: ['takes algorithm, type and fingerprint', `4 2 ${'0'.repeat(64)}`, /^[12346] (1 [0-9a-f]{40}|2 [0-9a-f]{64})$/],
  SVCB: ['takes a priority, a name and parameters', '1 svc.example.net port=8443', BINDING],
  TLSA: [
    'takes usage, selector, matching type and data',
    `3 1 1 ${'0'.repeat(64)}`,
    /^[0-3] [01] (0 ([0-9a-f]{2})+|1 [0-9a-f]{64}|2 [0-9a-f]{128})$/,
  ],
};

/** Types that describe machines; the names of others may begin with an underscore, or anything that is no machine. */
const OF_HOSTS: readonly RecordType[] = ['A', 'AAAA', 'MX'];

/** What is wrong with the name of records of a type, if anything. */
export function ownerFault(type: RecordType, name: string): Fault | undefined {
  if (type === 'NS' && name.startsWith('*')) return { problem: 'records hand over one domain, and no wildcard', fix: 'name each domain' };
  if (!OF_HOSTS.includes(type) || new RegExp(`^(\\*\\.)?${HOST}$`).test(name)) return undefined;
  return { problem: 'records are of machines, in whose names there is no underscore', fix: 'write a dash in its place' };
}

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
  const sound = form.test(value) && value.split(' ').slice(0, 3).every(isSixteenBits) && (form !== BINDING || parseServiceBinding(value));
  return sound ? undefined : { problem: means, fix: `write it like ${example}` };
}

/** Numbers before names and data are at most 16 bits long. */
function isSixteenBits(word: string): boolean {
  return !/^\d{1,6}$/.test(word) || Number(word) <= 65_535;
}

/** Text as character strings of at most 255 bytes, quoted. @see RFC 1035 section 3.3.14 */
export function quotedText(value: string): string {
  const parts = value.match(/[\s\S]{1,255}/g) ?? [''];
  return parts.map(part => `"${part.replaceAll(/["\\]/g, '\\$&')}"`).join(' ');
}
