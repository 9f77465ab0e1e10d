import { createHash } from 'node:crypto';
import { DnsRecord } from '@cdktf/provider-cloudflare/lib/dns-record';
import type { Construct } from 'constructs';
import type { PublicRecord } from '../public-record';

/** How a record is served. */
export interface CloudflareServing {
  readonly zoneId: string;
  /** Seconds; 1 leaves it to Cloudflare. */
  readonly ttl: number;
  /** Whether Cloudflare answers with its own addresses, and passes on what comes in. */
  readonly proxied: boolean;
}

/**
 * A record as a resource. Its id is made of name, type and value: a set gains and loses values without touching the others.
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/5.14.0/docs/resources/dns_record
 */
export function cloudflareRecord(scope: Construct, record: Omit<PublicRecord, 'from'>, { zoneId, ttl, proxied }: CloudflareServing): void {
  const { name, type, value } = record;
  // A name has one CNAME, so that its value may change in place.
  const digest = type === 'CNAME' ? '' : `-${createHash('sha256').update(value).digest('hex').slice(0, 8)}`;
  const id = `${type.toLowerCase()}-${name}${digest}`;
  const common = { zoneId, name, type, ttl: proxied ? 1 : (record.ttl ?? ttl) };
  const words = value.split(' ');
  switch (type) {
    case 'A':
    case 'AAAA':
    case 'CNAME':
      new DnsRecord(scope, id, { ...common, content: value, proxied });
      return;
    case 'MX':
      new DnsRecord(scope, id, { ...common, content: words[1], priority: Number(words[0]) });
      return;
    case 'SRV': {
      const [priority, weight, port] = words.slice(0, 3).map(Number);
      new DnsRecord(scope, id, { ...common, priority, data: { priority, weight, port, target: words[3] } });
      return;
    }
    case 'CAA': {
      const caa = new DnsRecord(scope, id, { ...common, data: { tag: words[1], value: words.slice(2).join(' ').replace(/^"|"$/g, '') } });
      // The bindings take `flags` for an object, and would write a number as an empty one.
      caa.addOverride('data.flags', Number(words[0]));
      return;
    }
    default:
      new DnsRecord(scope, id, { ...common, content: type === 'TXT' ? quoted(value) : value });
  }
}

/** Strings of up to 255 bytes in quotes: otherwise the API splits and quotes a text itself, and every plan finds a difference. */
function quoted(text: string): string {
  const strings = text.match(/.{1,255}/gs) ?? [''];
  return strings.map(string => `"${string.replace(/["\\]/g, '\\$&')}"`).join(' ');
}
