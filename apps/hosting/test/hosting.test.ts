import { Port } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { checkHost, type SpfNames } from '@ashlar/network';
import { Network, Reachability, type ReachabilityProof, readVyos } from '@ashlar/reachability';
import { WIREGUARD } from '../keys';
import { hosting } from '../lib/main';

const GATEWAY = 'devices/vyos/gateway';
const BOOT = `${GATEWAY}/config.boot`;
const HYPERVISORS = 'terraform/hypervisors/cdk.tf.json';
const GUESTS = 'terraform/guests/cdk.tf.json';
const EXTERNAL = 'devices/bind/ns1/zones/external';
const [MANAGEMENT, CUSTOMERS, DMZ, MIRROR] = ['10.2.10.0/24', '10.2.20.0/22', '203.0.113.32/27', '10.2.40.0/24'] as const;
const INTERNET = '198.51.100.0/24';
const ROAD = '10.2.254.0/24';
const [WEB, MAIL, NS1, NS2] = ['203.0.113.34', '203.0.113.35', '203.0.113.36', '203.0.113.37'] as const;

const site = hosting();
const files = Testing.files(site);
const text = (path: string) => files[path] as string;
const proven = (site.node.findChild('reachability') as ReachabilityProof).reachability as Reachability;
const reaches = (from: string, to: string, port?: Port) => proven.ask({ from, to, ...(port && { port }) }).reachable;
const through = (from: string, to: string, port: Port) => proven.ask({ from, to, port }).witness?.through;
/** A rule of the firewall that the hypervisor has around a guest. */
const hypervisorRule = (guest: string, why: string) =>
  expect.stringMatching(new RegExp(`^${GUESTS}: \\S+\\.guests_${guest}_firewall-rules_\\w+ rule \\d+ \\(${why}\\)$`));
/** The site, with another configuration on its gateway. */
const withBoot = (boot: string) => Reachability.of(new Network(proven.network.segments, [readVyos(BOOT, boot)]));

/** Of all ports of a protocol, those at which somebody reaches an address. */
function portsAt(from: string, to: string, protocol: 'tcp' | 'udp', first = 0): number[] {
  const { witness } = first > 65_535 ? {} : proven.ask({ from, to, port: Port.range(protocol, Math.max(first, 1), 65_535) });
  return witness ? [witness.port, ...portsAt(from, to, protocol, witness.port + 1)] : [];
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Records of a zone file, their names in full. */
function recordsOf(path: string): Row[] {
  const origin = /^\$ORIGIN (\S+)\.$/m.exec(text(path))?.[1] as string;
  const full = (name: string) => (name === '@' ? origin : name.endsWith('.') ? name.slice(0, -1) : `${name}.${origin}`);
  return [...text(path).matchAll(/^(\S+) +IN (\S+) +(.+)$/gm)].map(([, name, type, value]) => ({
    name: full(name as string),
    type: type as string,
    value: value as string,
  }));
}

test('nothing is wrong with it, and no warning is open', () => {
  expect(Testing.findings(site)).toEqual([]);
});

describe('the public prefix', () => {
  test('goes out by the tunnel, which a policy route says', () => {
    expect(through(MAIL, INTERNET, Port.tcp(25))).toEqual([
      `${BOOT}: policy route dmz rule 10`,
      `${BOOT}: ipv4 name dmz.wg0 rule 10`,
      hypervisorRule('mail', 'to hosting/internet'),
    ]);
    expect(text(`${GATEWAY}/commands.txt`)).toContain('set protocols static table 100 route 0.0.0.0/0 interface wg0\n');
  });

  test('comes in by the tunnel, and the hypervisor looks at it once more', () => {
    expect(through(INTERNET, WEB, Port.tcp(443))).toEqual([
      `${BOOT}: ipv4 name wg0.dmz rule 50`,
      hypervisorRule('web', 'from hosting/internet'),
    ]);
  });

  test('leaves with its own addresses, where what is private takes the address of the uplink', () => {
    const rules = text(`${GATEWAY}/commands.txt`).match(/^set nat source rule \d+ source address \S+$/gm);
    expect(rules).toEqual([`set nat source rule 10 source address ${MANAGEMENT}`, `set nat source rule 20 source address ${CUSTOMERS}`]);
  });

  test('is reached by nobody when the policy route is gone, since its answers take the wrong way', () => {
    const boot = text(BOOT).replace(/ {4}route dmz \{[\s\S]*?\n {4}\}\n/, '');
    expect(boot).not.toBe(text(BOOT));
    expect(withBoot(boot).ask({ from: INTERNET, to: DMZ })).toEqual({ reachable: false });
    expect(withBoot(boot).ask({ from: DMZ, to: INTERNET })).toEqual({ reachable: false });
  });

  test.each([
    ['the web server', WEB, [80, 443], []],
    ['the mail server', MAIL, [25, 465, 993], []],
    ['the first name server', NS1, [53], [53]],
    ['the second name server', NS2, [53], [53]],
    ['all before them, with the gateway', '203.0.113.32-203.0.113.33', [], []],
    ['all behind them', '203.0.113.38-203.0.113.63', [], []],
  ])('%s shows the Internet its own ports and nothing else', (_, address, tcp, udp) => {
    expect({ tcp: portsAt(INTERNET, address, 'tcp'), udp: portsAt(INTERNET, address, 'udp') }).toEqual({ tcp, udp });
  });

  test('no other protocol passes the gateway: what speaks one stays in its segment', () => {
    const passages = (['sctp', 'icmp', 'other'] as const).flatMap(protocol => proven.of(4, protocol, false));
    const within = ['customers', 'dmz', 'management', 'mirror', 'provider'].map(name => `segment ${name}`);
    expect([...new Set(passages.map(passage => passage.through[0]))].sort()).toEqual(within);
    expect(
      passages.flatMap(passage => passage.through.slice(1)).filter(rule => ![HYPERVISORS, GUESTS].some(file => rule.startsWith(file))),
    ).toEqual([]);
  });

  test('a port that is opened on the gateway alone is found', () => {
    const boot = text(BOOT).replace(
      'address "203.0.113.34"\n                    port "80"',
      'address "203.0.113.34"\n                    port "80-81"',
    );
    expect(withBoot(boot).ask({ from: INTERNET, to: WEB, port: Port.tcp(81) }).witness?.through).toEqual([
      `${BOOT}: ipv4 name wg0.dmz rule 40`,
    ]);
  });
});

describe('inside', () => {
  test('customers reach the Internet on 443/tcp, and neither management nor servers nor disks', () => {
    expect(portsAt(CUSTOMERS, INTERNET, 'tcp')).toEqual([443]);
    expect([MANAGEMENT, DMZ, MIRROR, ROAD].filter(to => reaches(CUSTOMERS, to))).toEqual([]);
  });

  test('a customer is reached by the proxy on the one port of the website, and by nobody else', () => {
    expect(portsAt(WEB, '10.2.20.10', 'tcp')).toEqual([8080]);
    expect(reaches(WEB, '10.2.20.11-10.2.23.255') || reaches(WEB, '10.2.20.2-10.2.20.9')).toBe(false);
    expect([MANAGEMENT, MIRROR, ROAD, INTERNET, '203.0.113.35-203.0.113.62'].filter(from => reaches(from, CUSTOMERS))).toEqual([]);
  });

  test('management is reached by the tunnel of the administrators alone, on two ports of three machines', () => {
    for (const node of ['10.2.10.10', '10.2.10.11', '10.2.10.12']) expect(portsAt('10.2.254.2', node, 'tcp')).toEqual([22, 8006]);
    expect(reaches(ROAD, '10.2.10.13-10.2.10.254') || reaches('10.2.254.3-10.2.254.254', MANAGEMENT)).toBe(false);
    expect([CUSTOMERS, DMZ, MIRROR, INTERNET].filter(from => reaches(from, MANAGEMENT))).toEqual([]);
  });

  test('the gateway itself shows the Internet the port of its tunnel', () => {
    expect(portsAt(INTERNET, '203.0.113.33', 'tcp')).toEqual([]);
    expect(text('report/reachability.md')).toContain('| Internet | 51821/udp |\n');
  });

  test('the segment of the mirrors is routed by nothing', () => {
    expect([MANAGEMENT, CUSTOMERS, DMZ, INTERNET, ROAD].filter(other => reaches(other, MIRROR) || reaches(MIRROR, other))).toEqual([]);
    expect(text(BOOT)).not.toContain('vif 240');
  });
});

describe('names', () => {
  const outside = recordsOf(`${EXTERNAL}/hosting.example.net.zone`);

  test('the Internet is told the four public addresses, and no name or address of the inside', () => {
    const addresses = outside.filter(record => record.type === 'A').map(record => `${record.name} ${record.value}`);
    expect(addresses.sort()).toEqual(
      ['mail', 'ns1', 'ns2', 'web'].map((name, i) => `${name}.hosting.example.net ${[MAIL, NS1, NS2, WEB][i]}`),
    );
    const shown = Object.keys(files).filter(path => path.startsWith(EXTERNAL));
    expect(shown).toHaveLength(3);
    for (const path of shown) expect(text(path)).not.toMatch(/\b10\.\d+\.\d+\.\d+|router|node-|shop\.hosting|mirror/);
  });

  test.each(['ns1', 'ns2'])('%s asks for a key before it shows the inside to anyone from outside, and lets nobody change it', server => {
    const conf = text(`devices/bind/${server}/named.conf`);
    const [inside, rest] = conf.split('view "external" {') as [string, string];
    expect(inside).toContain('match-clients { !key "outside"; key "inside"; site; };');
    expect([...rest.matchAll(/zone "([^"]+)"/g)].map(([, zone]) => zone)).toEqual([
      'hosting.example.net',
      'example.com',
      '32-63.113.0.203.in-addr.arpa',
    ]);
    expect(rest).not.toContain('zones/internal');
    expect([...new Set(conf.match(/allow-transfer \{[^}]*\}/g))].filter(rule => !/none|key/.test(rule))).toEqual([]);
    expect(conf).toContain('    recursion no;\n');
  });

  test('the mail server has its name back, in the names that the provider is asked for', () => {
    expect(recordsOf(`${EXTERNAL}/32-63.113.0.203.in-addr.arpa.zone`)).toContainEqual({
      name: '35.32-63.113.0.203.in-addr.arpa',
      type: 'PTR',
      value: 'mail.hosting.example.net.',
    });
    expect(text('devices/bind/delegation-203.0.113.32-27.md')).toContain(
      '35.113.0.203.in-addr.arpa. IN CNAME 35.32-63.113.0.203.in-addr.arpa.\n',
    );
  });

  test('the mail server may send for the domain, and no other address may', () => {
    const found = (name: string, type: string) => outside.filter(record => record.name === name && record.type === type);
    const names: SpfNames = {
      txt: name => found(name, 'TXT').map(record => record.value.replaceAll('" "', '').slice(1, -1)),
      addresses: (name, family) => found(name, family === 4 ? 'A' : 'AAAA').map(record => record.value),
      exchangers: name => found(name, 'MX').map(record => (record.value.split(' ')[1] as string).slice(0, -1)),
      stated: () => undefined,
    };
    const asked = (ip: string) =>
      checkHost('hosting.example.net', { ip, sender: 'jo@hosting.example.net', helo: 'mail.hosting.example.net' }, names);
    expect(names.exchangers('hosting.example.net')).toEqual(['mail.hosting.example.net']);
    expect(asked(MAIL)).toEqual({ result: 'pass', lookups: 0, voids: 0, term: `ip4:${MAIL}` });
    for (const ip of [WEB, NS1, '198.51.100.7', '2001:db8::25']) expect(asked(ip).result).toBe('fail');
    expect(names.txt('_dmarc.hosting.example.net')).toEqual(['v=DMARC1; p=reject; rua=mailto:dmarc@hosting.example.net']);
  });
});

describe('secrets', () => {
  test('the gateway gets its keys from files of its own, and the runbook says which', () => {
    const apply = text(`${GATEWAY}/apply.sh`);
    expect(apply.match(/^set interfaces wireguard .*$/gm)).toEqual([
      'set interfaces wireguard wg0 private-key "$(cat /config/auth/ashlar/wg0)"',
      'set interfaces wireguard wg0 peer provider preshared-key "$(cat /config/auth/ashlar/wg0-provider)"',
      'set interfaces wireguard wg1 private-key "$(cat /config/auth/ashlar/wg1)"',
    ]);
    const told = text(`${GATEWAY}/RUNBOOK.md`).match(/`\/config\/auth\/ashlar\/[\w-]+`/g);
    expect(told).toEqual(['`/config/auth/ashlar/wg0`', '`/config/auth/ashlar/wg0-provider`', '`/config/auth/ashlar/wg1`']);
    for (const path of [BOOT, `${GATEWAY}/commands.txt`]) expect(text(path)).not.toMatch(/private-key|preshared-key/);
    expect(text('devices/wireguard/gateway/peers/admin.conf')).toContain('PostUp = wg set %i private-key /etc/wireguard/wg1.key\n');
  });

  test('the only keys of 32 bytes in any file are the public ones', () => {
    const keys = Object.values(files).flatMap(content => content.match(/(?<![\w+/])[A-Za-z0-9+/]{43}=/g) ?? []);
    expect([...new Set(keys)].sort()).toEqual(Object.values(WIREGUARD).sort());
    expect(Object.entries(files).filter(([, content]) => /PRIVATE KEY|^\s*(PrivateKey|PresharedKey|secret)\b/m.test(content))).toEqual([]);
  });

  test('name servers read the keys of their transfers from files', () => {
    for (const server of ['ns1', 'ns2']) {
      expect(text(`devices/bind/${server}/named.conf`).match(/^include .*$/gm)).toEqual([
        'include "/etc/bind/keys/inside.key";',
        'include "/etc/bind/keys/outside.key";',
      ]);
    }
  });

  test('every secret of an object is a reference', () => {
    const found: unknown[] = [];
    const collect = (value: unknown, key = ''): void => {
      if (/^(api_token|password|encryption_key|privateKey|dkim_private)$/.test(key)) found.push(value);
      else if (typeof value === 'object' && value !== null) for (const [k, inner] of Object.entries(value)) collect(inner, k);
    };
    for (const [path, content] of Object.entries(files)) if (path.endsWith('.json')) collect(JSON.parse(content));
    expect(found.map(value => JSON.stringify(value)).sort()).toEqual([
      '"${var.cloudflare_api_token}"',
      '"${var.pbs_key}"',
      '"${var.pbs_token}"',
      '"${var.proxmox_api_token}"',
      '"${var.proxmox_api_token}"',
      '{"$secret":"openbao:kv/ispconfig#acme"}',
      '{"$secret":"openbao:kv/mail#dkim-2026a"}',
      '{"$secret":"openbao:kv/mail#dkim-2026a"}',
    ]);
    const variables = [HYPERVISORS, GUESTS, 'terraform/cloudflare/cdk.tf.json'].map(path => JSON.parse(text(path)).variable as object);
    const names = variables.flatMap(each => Object.entries(each).map(([name, { sensitive }]) => `${name} ${sensitive}`));
    expect(names.sort()).toEqual([
      'cloudflare_api_token true',
      'pbs_key true',
      'pbs_token true',
      'proxmox_api_token true',
      'proxmox_api_token true',
    ]);
  });
});
