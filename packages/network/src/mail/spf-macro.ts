import ipaddr from 'ipaddr.js';

/** What is known of a message when its sender is checked. */
export interface SpfQuery {
  /** Address of the client. */
  readonly ip: string;
  /** Sender of the envelope. @default - postmaster at the domain */
  readonly sender?: string;
  /** Name that the client gave in HELO or EHLO. @default - unknown */
  readonly helo?: string;
}

/**
 * A domain-spec with its macros replaced; undefined when one cannot be known here (`%{p}`, the validated name of the client).
 * @see RFC 7208 section 7
 */
export function expandMacros(text: string, domain: string, query: SpfQuery): string | undefined {
  let known = true;
  const expanded = text.replace(/%(?:([%_-])|\{([a-z])(\d*)(r?)([.\-+,/_=]*)\})/gi, (_, literal, letter, digits, reverse, delimiters) => {
    if (literal) return LITERALS[literal as keyof typeof LITERALS];
    const value = macro(letter.toLowerCase(), domain, query);
    if (value === undefined) {
      known = false;
      return '';
    }
    const parts = value.split(new RegExp(`[${(delimiters || '.').replace(/[-\]\\^]/g, '\\$&')}]`));
    if (reverse) parts.reverse();
    const text = (digits ? parts.slice(-Number(digits)) : parts).join('.');
    return letter === letter.toUpperCase() ? encodeURIComponent(text) : text;
  });
  return known ? shortened(expanded) : undefined;
}

const LITERALS = { '%': '%', _: ' ', '-': '%20' } as const;

function macro(letter: string, domain: string, { ip, sender, helo }: SpfQuery): string | undefined {
  const from = sender ?? `postmaster@${domain}`;
  const at = from.lastIndexOf('@');
  switch (letter) {
    case 's':
      return at > 0 ? from : `postmaster@${from.slice(at + 1)}`;
    case 'l':
      return at > 0 ? from.slice(0, at) : 'postmaster';
    case 'o':
      return from.slice(at + 1);
    case 'd':
      return domain;
    case 'i':
      return dotted(ip);
    case 'v':
      return ipaddr.parse(ip).kind() === 'ipv4' ? 'in-addr' : 'ip6';
    case 'h':
      return helo;
    default:
      return undefined;
  }
}

/** `192.0.2.1`, or the nibbles of an IPv6 address between dots. */
function dotted(ip: string): string {
  const address = ipaddr.parse(ip);
  if (address.kind() === 'ipv4') return ip;
  return [
    ...address
      .toByteArray()
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join(''),
  ].join('.');
}

/** A name of up to 253 characters: labels are left out from the left. */
function shortened(name: string): string {
  let text = name;
  while (text.length > 253 && text.includes('.')) text = text.slice(text.indexOf('.') + 1);
  return text;
}
