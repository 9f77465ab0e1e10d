/** An address as a number, by which addresses sort and ranges are counted. The network package has checked its form. */
export function ipNumber(ip: string): bigint {
  if (!ip.includes(':')) return ip.split('.').reduce((number, octet) => number * 256n + BigInt(octet), 0n);
  const [head = '', tail] = ip.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((number, group) => number * 65_536n + BigInt(`0x${group}`), 0n);
}
