import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a resolver of a test listens, and whom it asks, instead of what it was told. */
export interface ResolverPlace {
  readonly port: number;
  /** Ports of 127.0.0.1 by address in the rendered text: of name servers, and of the upstreams over TLS. */
  readonly servers: Readonly<Record<string, number>>;
  readonly upstreams: Readonly<Record<string, number>>;
  /** Prefixes of this machine that stand for those of the clients. */
  readonly clients: Readonly<Record<string, string>>;
  /** Certificates that it trusts. */
  readonly certificates: string;
  /** Whose signatures it trusts: those that lead from the root; those of a key, as a DNSKEY record; or it believes what is not signed. */
  readonly anchor: 'root' | 'none' | { readonly key: string };
}

/** The keys of the root zone as Debian ships them, to start from. */
const ROOT_KEY = '/usr/share/dns/root.key';

/** Installs the text that was rendered for a resolver below `root`, with paths moved there. */
export function installedResolver(rendered: string, root: string): { configuration: string; text: string } {
  mkdirSync(root, { recursive: true });
  copyFileSync(ROOT_KEY, join(root, 'root.key'));
  const text = readFileSync(rendered, 'utf8').replace('/var/lib/unbound/root.key', join(root, 'root.key'));
  const configuration = join(root, 'unbound.conf');
  writeFileSync(configuration, text);
  return { configuration, text };
}

/** Moves it to 127.0.0.1, without privileges: everything else stays as it was rendered. */
export function movedResolver(text: string, root: string, place: ResolverPlace): string {
  const own = `username: ""\n    chroot: ""\n    directory: "${root}"\n    pidfile: "${root}/unbound.pid"\n    use-syslog: no\n    do-daemonize: no`;
  const lines = text.split('\n').flatMap(line => {
    const [, option = '', value = ''] = /^ +([a-z0-9-]+): "?([^" ]+)/.exec(line) ?? [];
    const [address = '', port] = value.split(/[@#]/);
    if (option === 'interface') return value === '127.0.0.1' ? [`    interface: 127.0.0.1@${place.port}`] : [];
    if (option === 'do-ip6') return ['    do-ip6: no', '    do-not-query-localhost: no', `    ${own}`];
    if (option === 'access-control') return access(value, place.clients[value]);
    if (option === 'auto-trust-anchor-file') return anchored(line, place.anchor);
    if (option === 'tls-cert-bundle') return [`    tls-cert-bundle: "${place.certificates}"`];
    if (option === 'stub-addr') return place.servers[value] === undefined ? [] : [`    stub-addr: 127.0.0.1@${place.servers[value]}`];
    if (option !== 'forward-addr' || port === undefined) return [line];
    return place.upstreams[address] === undefined ? [] : [`    forward-addr: 127.0.0.1@${place.upstreams[address]}#${value.split('#')[1]}`];
  });
  return lines.join('\n');
}

function anchored(line: string, anchor: ResolverPlace['anchor']): string[] {
  if (anchor === 'none') return [];
  return anchor === 'root' ? [line] : [`    trust-anchor: "${anchor.key}"`];
}

/** Everybody in the test is on this machine, which may ask otherwise: here it stands for the rest of the world. */
function access(prefix: string, client: string | undefined): string[] {
  if (prefix === '0.0.0.0/0') return ['    access-control: 127.0.0.0/8 refuse'];
  return client === undefined ? [] : [`    access-control: ${client} allow`];
}
