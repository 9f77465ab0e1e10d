import ipaddr from 'ipaddr.js';

/** 4, 6, or undefined when it is neither. */
export function familyOf(text: string): 4 | 6 | undefined {
  if (/^\d+(\.\d+){3}$/.test(text) && ipaddr.IPv4.isValid(text)) return 4;
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? 6 : undefined;
}

export function isPrefix(text: string): boolean {
  const [ip = '', length = ''] = text.split('/');
  const family = familyOf(ip);
  return family !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}

export function within(ip: string, network: string, length: number): boolean {
  const [a, b] = [ipaddr.parse(ip), ipaddr.parse(network)];
  return a.kind() === b.kind() && a.match(b as never, length);
}

/** As a number, to compare those of one family. */
export function numberOf(ip: string): bigint {
  return ipaddr
    .parse(ip)
    .toByteArray()
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
