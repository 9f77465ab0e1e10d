import { Port } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Network, Reachability, type ReachabilityProof, readVyos } from '@ashlar/reachability';
import { metalLab } from '../lib/main';

const BOOT = 'devices/vyos/gateway/config.boot';
const HOME = '192.168.178.0/24';
const STORAGE = '10.121.0.0/24';
const HYPERVISORS = '10.120.0.0/24';
const INTERNET = '198.51.100.0/24';
const ROUTED = ['10.110.0.0/24', '10.111.0.0/24', '10.120.0.0/24', '10.130.0.0/24', '10.140.0.0/24', '10.141.0.0/24', '10.142.0.0/24'];
const SERVICES = { platform: '10.130.1.0/24', media: '10.140.1.0/24', games: '10.141.1.0/24', dev: '10.142.1.0/24' };
const GATEWAYS = ['192.168.178.2', ...ROUTED.map(cidr => cidr.replace('.0/24', '.1'))];

const site = metalLab();
const files = Testing.files(site);
const boot = files[BOOT] as string;
const commands = (files['devices/vyos/gateway/commands.txt'] as string).split('\n');
const proven = (site.node.findChild('reachability') as ReachabilityProof).reachability as Reachability;
const reaches = (from: string, to: string, port?: Port) => proven.ask({ from, to, ...(port && { port }) }).reachable;
/** The lab, with another configuration on its gateway. */
const withBoot = (text: string) => Reachability.of(new Network(proven.network.segments, [readVyos(BOOT, text)]));
/** The configuration with the text of one rule replaced. */
function spoilt(set: string, rule: number, from: string, to: string): string {
  const start = boot.indexOf(`rule ${rule} {`, boot.indexOf(`        name ${set} {`));
  const end = boot.indexOf('\n            }\n', start);
  const text = boot.slice(start, end).replace(from, to);
  expect(text).not.toBe(boot.slice(start, end));
  return boot.slice(0, start) + text + boot.slice(end);
}

test('nothing is wrong with it, and no warning is open', () => {
  expect(Testing.findings(site)).toEqual([]);
});

describe('the home network does not notice', () => {
  test.each([...ROUTED, ...Object.values(SERVICES), STORAGE])('%s reaches nothing of it, on any port', from => {
    expect(proven.ask({ from, to: HOME })).toEqual({ reachable: false });
  });

  test.each([...ROUTED, ...Object.values(SERVICES), STORAGE])('it reaches nothing of %s, on any port', to => {
    expect(proven.ask({ from: HOME, to })).toEqual({ reachable: false });
  });

  test('it reaches the gateway at none of its addresses, and neither does the Internet', () => {
    const open = GATEWAYS.filter(to => reaches(HOME, to) || reaches(INTERNET, to));
    expect(open).toEqual([]);
    expect(reaches('10.110.0.0/24', '10.110.0.1', Port.tcp(22))).toBe(true);
    expect(boot).toContain('listen-address "10.110.0.1"\n        port "22"');
  });

  test('the Internet reaches nothing of the lab', () => {
    expect([...ROUTED, ...Object.values(SERVICES)].filter(to => reaches(INTERNET, to))).toEqual([]);
  });

  test('a rule that no longer spares the home is found, with a packet and the name of the rule', () => {
    const open = withBoot(
      spoilt('dev.home', 10, '                    group {\n                        network-group "!SITE"\n                    }\n', ''),
    );
    expect(open.ask({ from: '10.142.0.0/24', to: HOME })).toEqual({
      reachable: true,
      witness: {
        source: '10.142.0.0',
        destination: '192.168.178.0',
        protocol: 'tcp',
        port: 443,
        through: [`${BOOT}: ipv4 name dev.home rule 10`],
      },
    });
    expect(ROUTED.filter(from => open.ask({ from, to: HOME }).reachable)).toEqual(['10.142.0.0/24']);
  });

  test('a group that forgets the home opens it to every segment', () => {
    const open = withBoot(boot.replace('            network "192.168.178.0/24"\n', ''));
    expect(ROUTED.filter(from => open.ask({ from, to: HOME, port: Port.tcp(443) }).reachable)).toEqual(ROUTED);
  });
});

test.each(ROUTED)('%s reaches the Internet on 443/tcp alone, by a rule of its own', from => {
  const { witness } = proven.ask({ from, to: INTERNET });
  expect(witness).toMatchObject({ destination: '198.51.100.0', protocol: 'tcp', port: 443 });
  expect(witness?.through).toEqual([expect.stringMatching(/^devices\/vyos\/gateway\/config\.boot: ipv4 name \w+\.home rule 10$/)]);
  expect(reaches(from, INTERNET, Port.tcp(80)) || reaches(from, INTERNET, Port.udp(443)) || reaches(from, INTERNET, Port.icmp())).toBe(
    false,
  );
});

describe('inside, only what is declared', () => {
  test.each([
    ['the nodes of Harvester', ['10.120.0.11', '10.120.0.12', '10.120.0.13'], 22],
    ['the address of Harvester', ['10.120.0.10'], 443],
    ['the seed, which boots the others', ['10.111.0.2'], 50_000],
    ['the brain', ['10.130.0.11', '10.130.0.12', '10.130.0.13'], 50_000],
  ])('the desk reaches %s, and nobody else of its segment does', (_, addresses, port) => {
    for (const to of addresses) {
      expect(proven.ask({ from: '10.110.0.9', to, port: Port.tcp(port) }).witness).toMatchObject({ source: '10.110.0.9', port });
      expect(reaches('10.110.0.10-10.110.0.254', to)).toBe(false);
    }
  });

  test('where machines boot, nobody but the nodes of Harvester and the desk comes in', () => {
    const nodes = ['10.120.0.11', '10.120.0.12', '10.120.0.13'];
    for (const from of nodes) expect(reaches(from, '10.111.0.2', Port.tcp(7173))).toBe(true);
    for (const from of [...nodes, '10.110.0.9']) expect(reaches(from, '10.111.0.3-10.111.0.254')).toBe(false);
    const others = [
      '10.120.0.14-10.120.0.254',
      '10.110.0.10-10.110.0.254',
      '10.130.0.0/24',
      '10.140.0.0/24',
      '10.141.0.0/24',
      '10.142.0.0/24',
    ];
    expect(others.filter(from => reaches(from, '10.111.0.0/24'))).toEqual([]);
  });

  test('the clusters that the brain makes do not reach each other, nor what made them', () => {
    const clusters = ['10.140.0.0/24', '10.141.0.0/24', '10.142.0.0/24'];
    const others = clusters.flatMap(from => [...ROUTED, ...Object.values(SERVICES).slice(1)].map(to => ({ from, to })));
    const own: Record<string, string> = { '10.140.0.0/24': SERVICES.media, '10.141.0.0/24': SERVICES.games, '10.142.0.0/24': SERVICES.dev };
    const beyond = others.filter(({ from, to }) => from !== to && own[from] !== to && to !== HYPERVISORS);
    expect(beyond.filter(({ from, to }) => reaches(from, to))).toEqual([]);
    expect(clusters.filter(from => reaches(from, SERVICES.platform, Port.tcp(443)))).toEqual(clusters);
  });

  test('each cluster reaches one address of the hypervisors: that at which Harvester answers for its own API', () => {
    for (const [i, name] of ['media', 'games', 'dev'].entries()) {
      const [from, api] = [`10.${140 + i}.0.0/24`, `10.120.0.${40 + i}`];
      expect(reaches(from, api, Port.tcp(6443))).toBe(true);
      expect([name, reaches(from, api, Port.tcp(443)), reaches(from, `10.120.0.2-10.120.0.${39 + i}`)]).toEqual([name, false, false]);
    }
  });

  test('the controllers of the brain reach the machines that they make, and each API, from the nodes of the brain alone', () => {
    for (const to of ['10.140.0.0/24', '10.141.0.0/24', '10.142.0.0/24']) {
      expect(reaches('10.130.0.11', to, Port.tcp(50_000))).toBe(true);
      expect(reaches('10.130.0.14-10.130.0.254', to)).toBe(false);
    }
    expect(reaches('10.130.0.11', '10.120.0.40', Port.tcp(6443))).toBe(true);
  });

  test('a rule that is opened to every port is found', () => {
    const open = withBoot(spoilt('platform.media', 30, '                    port "50000"\n', ''));
    expect(open.ask({ from: '10.130.0.0/24', to: '10.140.0.0/24', port: Port.tcp(22) })).toEqual({
      reachable: true,
      witness: {
        source: '10.130.0.11',
        destination: '10.140.0.0',
        protocol: 'tcp',
        port: 22,
        through: [`${BOOT}: ipv4 name platform.media rule 30`],
      },
    });
  });
});

describe('routes', () => {
  test('each neighbor may announce the addresses of its own services and no others, and is told nothing', () => {
    const lists = commands.filter(line => line.startsWith('set policy prefix-list ') && line.includes(' prefix '));
    expect(lists).toEqual(
      ['dev', 'games', 'media', 'platform'].map(
        name => `set policy prefix-list from-${name} rule 10 prefix ${SERVICES[name as keyof typeof SERVICES]}`,
      ),
    );
    const neighbors = [...new Set(commands.flatMap(line => /^set protocols bgp neighbor (\S+)/.exec(line)?.[1] ?? []))];
    expect(neighbors).toHaveLength(3 + 3 * 9); // of each cluster, whichever machine has the address
    const names = { 130: 'platform', 140: 'media', 141: 'games', 142: 'dev' } as Record<string, string>;
    for (const neighbor of neighbors) {
      const unicast = `set protocols bgp neighbor ${neighbor} address-family ipv4-unicast`;
      expect(commands).toContain(`${unicast} prefix-list import from-${names[neighbor.split('.')[1] as string]}`);
      expect(commands).toContain(`${unicast} route-map export nothing`);
    }
    expect(commands.filter(line => line.startsWith('set policy route-map nothing'))).toEqual([
      'set policy route-map nothing rule 10 action deny',
    ]);
  });

  test('a neighbor whose announcements nothing limits cannot be judged', () => {
    const open = boot.replace('                    prefix-list {\n                        import "from-dev"\n                    }\n', '');
    expect(() => withBoot(open)).toThrow(/^\[devices\/vyos\/gateway\/config\.boot:\d+\] .+limit what it may announce.+\(REACH_UNJUDGED\)$/);
  });

  test('storage is routed by nothing: no interface, no way in, no way out', () => {
    expect(commands.filter(line => /\b10\.121\.|\bvif 121\b/.test(line))).toEqual([
      'set firewall group network-group SITE network 10.121.0.0/24',
    ]);
    expect([...ROUTED, HOME, INTERNET].filter(other => reaches(other, STORAGE) || reaches(STORAGE, other))).toEqual([]);
    expect(proven.ask({ from: STORAGE, to: STORAGE }).witness?.through).toEqual(['segment storage']);
    expect(files['devices/switches/core.md']).toMatch(/^\| 7 \| trunk \| router eth1 \|(?!.*storage)/m);
  });
});
