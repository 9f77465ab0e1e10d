import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret for tests, in base 64. */
export const TEST_SECRET = 'c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbmQgbm9ib2R5IGU=';

/** Where a server of a test listens instead of where it is told to. */
export interface Listening {
  /** Port of 127.0.0.1: BIND listens on no other address of the loopback interface. */
  readonly port: number;
  /** Addresses of the other servers in the rendered text, and the ports at which they listen in the test. */
  readonly others: Readonly<Record<string, number>>;
}

/**
 * Installs what was rendered for a server below `root`, as the deployment does below `/`: zones, configuration, and a key file for every
 * key. Paths are moved below `root`, because only root may write elsewhere; with `listening`, so are addresses.
 */
export function installedServer(rendered: string, root: string, listening?: Listening): { configuration: string; text: string } {
  for (const folder of ['etc/bind/keys', 'var/lib/bind', 'var/cache/bind']) mkdirSync(join(root, folder), { recursive: true });
  if (existsSync(join(rendered, 'zones'))) cpSync(join(rendered, 'zones'), join(root, 'var/lib/bind/zones'), { recursive: true });
  let text = readFileSync(join(rendered, 'named.conf'), 'utf8').replace(/"(?=\/(etc|var)\/)/g, `"${root}`);
  for (const [, name] of text.matchAll(/keys\/([\w-]+)\.key"/g)) {
    writeFileSync(join(root, `etc/bind/keys/${name}.key`), `key "${name}" { algorithm hmac-sha256; secret "${TEST_SECRET}"; };\n`);
  }
  if (listening) text = `controls {};\n${moved(text, root, listening)}`;
  const configuration = join(root, 'etc/bind/named.conf');
  writeFileSync(configuration, text);
  return { configuration, text };
}

function moved(text: string, root: string, { port, others }: Listening): string {
  const hosts = Object.entries(others);
  const servers = (list: string) => {
    const kept = hosts.filter(([old]) => new RegExp(`(^|[ ;{])${old.replaceAll('.', '\\.')}[ ;]`).test(list));
    const key = / key "[\w-]+"/.exec(list)?.[0] ?? '';
    return kept.map(([, now]) => `127.0.0.1 port ${now}${key};`).join(' ');
  };
  return text
    .replace(/listen-on \{[^}]*\};/, `listen-on port ${port} { 127.0.0.1; };\n    pid-file "${root}/named.pid";\n    session-keyfile none;`)
    .replace(/listen-on-v6 \{[^}]*\};/, 'listen-on-v6 { none; };')
    .replaceAll(/(also-notify|primaries) \{([^}]*)\};/g, (_, what, list) => `${what} { ${servers(list)} };`);
}

/** Every zone file that was rendered for a server. */
export function zoneFiles(rendered: string): string[] {
  const folder = join(rendered, 'zones');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
