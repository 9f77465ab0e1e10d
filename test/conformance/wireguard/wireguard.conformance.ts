import { waitFor } from '../kubernetes/process';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { Machine } from './machine';
import { type Device, devices } from './sites';
import { PORT, Tunnels } from './tunnels';

/** What each fault replaces in what `wg` reads. */
const BROKEN: readonly (readonly [what: string, from: string | RegExp, to: string])[] = [
  ['a public key that is too short', /PublicKey = .*/, 'PublicKey = abc='],
  ['a public key with a letter too many', /PublicKey = /, 'PublicKey = a'],
  ['a public key whose last bits are none of it', /(PublicKey = .{42})./, '$1B'],
  ['a prefix that is longer than its address', /AllowedIPs = .*/, 'AllowedIPs = 192.168.50.0/33'],
  ['an address that is none', /AllowedIPs = .*/, 'AllowedIPs = 192.168.500.0/24'],
  ['a port that is a word', /ListenPort = .*/, 'ListenPort = many'],
  ['an endpoint without a port', /Endpoint = .*/, 'Endpoint = 198.51.100.1'],
  ['an endpoint whose IPv6 address has no brackets', /Endpoint = .*/, 'Endpoint = 2001:db8::1'],
  ['a keepalive of a day', /PersistentKeepalive = .*/, 'PersistentKeepalive = 86400'],
  ['a misspelt setting', 'AllowedIPs', 'AllowedIP'],
  ['a peer without a key', /PublicKey = .*\n/, ''],
  ['a section that there is not', '[Peer]', '[Peers]'],
];

const HOME = '192.0.2.2';
const NEW_HOME = '192.0.2.3';
const DESK = '10.10.0.9';
const DESK_V6 = '2001:db8:0:10::9';
const WEB = '203.0.113.34';
const WORLD = '203.0.113.130';

/** Who asks, whom, from which of its addresses (any), and as whom it is seen there; undefined where nothing may arrive. */
const PACKETS: readonly (readonly [who: string, whom: string, from: string | undefined, seen: string | undefined])[] = [
  ['office', DESK, '192.168.50.10', '192.168.50.10'],
  ['office', DESK, '10.254.0.3', '10.254.0.3'],
  ['office', DESK, '192.168.60.10', undefined],
  ['office', DESK_V6, '2001:db8:0:50::10', '2001:db8:0:50::10'],
  ['office', DESK_V6, '2001:db8:0:60::10', undefined],
  ['laptop', DESK, undefined, '10.254.0.2'],
  ['laptop', DESK_V6, undefined, '2001:db8:0:54::2'],
  ['laptop', DESK, '192.0.2.130', undefined],
  ['laptop', WEB, undefined, '10.254.0.2'],
  ['world', WEB, undefined, WORLD],
  ['web', WORLD, undefined, WEB],
  ['web', DESK, undefined, WEB],
  ['desk', WEB, undefined, DESK],
];

const missing = Machine.missing();
if (missing !== undefined) {
  describe('WireGuard between machines', () => {
    test.skip(`SKIPPED: ${missing}`, () => undefined);
  });
} else {
  describeWith(['wg', 'wg-quick', 'wireguard-go', 'ip', 'iptables', 'ip6tables'], 'WireGuard between machines', () => {
    const verdict = new Verdict('WireGuard: wg-quick, wg, wireguard-go');
    const all: readonly Device[] = devices();
    let tunnels: Tunnels;
    const machine = (name: string) => tunnels.machine(name);

    beforeAll(async () => {
      tunnels = await Tunnels.boot();
      for (const name of ['office', 'laptop']) machine(name).write('/etc/hosts', `${HOME} vpn.example.net\n`);
      for (const device of all) tunnels.up(device);
      await waitFor('the first handshake', 20, async () => machine('world').ask('udp', WEB, PORT) !== undefined);
    });
    afterAll(() => tunnels?.stop());

    test('wg-quick takes every file, and the interface is what it says', () => {
      for (const { machine: name, tunnel, files } of all) {
        const text = files[`${tunnel}.conf`] as string;
        const said = (setting: string) => [...text.matchAll(new RegExp(`^${setting} = (.*)$`, 'gm'))].map(match => match[1] as string);
        const shown = machine(name).do(`wg show ${tunnel} allowed-ips`).split('\n').sort();
        const keys = said('PublicKey');
        expect(shown).toEqual(
          said('AllowedIPs')
            .map((ips, i) => `${keys[i]}\t${ips.replaceAll(', ', ' ')}`)
            .sort(),
        );
        expect(machine(name).do(`ip link show ${tunnel}`)).toContain(`mtu ${said('MTU')[0]} `);
        expect(machine(name).do(`wg show ${tunnel} preshared-keys`).includes('(none)')).toBe(!text.includes('preshared-key'));
        verdict.took(1 + keys.length);
      }
    });

    test.each(BROKEN)('broken: wg refuses %s', (_, from, to) => {
      const good = machine('home').do('wg-quick strip wg0');
      const world = machine('world');
      world.do('test -S /var/run/wireguard/wg9.sock || "$IMPLEMENTATION" wg9 2> /dev/null', { IMPLEMENTATION: tool('wireguard-go') });
      world.write('/run/wg9.conf', good);
      world.do('wg setconf wg9 /run/wg9.conf');
      const before = world.do('wg showconf wg9');
      world.write('/run/wg9.conf', good.replace(from, to));
      const { status } = world.run('wg setconf wg9 /run/wg9.conf');
      verdict.sawBroken(status !== 0);
      expect(good.replace(from, to)).not.toBe(good);
      expect(status).not.toBe(0);
      expect(world.do('wg showconf wg9')).toBe(before);
    });

    describe.each(['udp', 'tcp'] as const)('over %s', protocol => {
      const titled = PACKETS.map(packet => {
        const [who, whom, from, seen] = packet;
        return [`${who} asks ${whom}${from ? ` from ${from}` : ''}: ${seen ? `seen as ${seen}` : 'nobody answers'}`, packet] as const;
      });
      test.each(titled)('%s', (_, [who, whom, from, seen]) => {
        const answer = machine(who).ask(protocol, whom, PORT, from);
        if (seen === undefined) verdict.sawBroken(answer === undefined);
        else verdict.took(1, answer === `${seen} 16` ? 0 : 1);
        expect(answer).toBe(seen && `${seen} 16`);
      });
    });

    test('what is not behind a peer does not arrive; where it is let in, it does', () => {
      const [desk, home, office] = [machine('desk'), machine('home'), machine('office')];
      const arrived = () => Number(/^ +(\d+) .*192\.168\.60\.0/m.exec(desk.do('iptables -vnxL INPUT'))?.[1]);
      desk.do('iptables -A INPUT -s 192.168.60.0/24 -j ACCEPT');
      office.ask('udp', DESK, PORT, '192.168.60.10');
      expect(arrived()).toBe(0);
      const key = /PublicKey = (.*)\nAllowedIPs = 10\.254\.0\.3/.exec(home.do('wg-quick strip wg1'))?.[1];
      home.do(`wg set wg1 peer ${key} allowed-ips 10.254.0.3/32,192.168.60.0/24; ip route add 192.168.60.0/24 dev wg1`);
      office.ask('udp', DESK, PORT, '192.168.60.10');
      expect(arrived()).toBe(1);
      home.do(`wg set wg1 peer ${key} allowed-ips 10.254.0.3/32,192.168.50.0/24,2001:db8:0:50::/64; ip route del 192.168.60.0/24`);
    });

    test('answers of the routed prefix leave by the tunnel: its provider at home has seen none', () => {
      expect(machine('internet').do('iptables -vnxL FORWARD')).toMatch(/^ +0 +0 DROP/m);
    });

    test('without the rule they would leave by the uplink, and be dropped there', () => {
      const home = machine('home');
      const filter = (mode: number) => home.do(`sysctl -q -w net.ipv4.conf.all.rp_filter=${mode} net.ipv4.conf.wg0.rp_filter=${mode}`);
      // A strict filter would not even let the question in.
      filter(0);
      home.do('ip -4 rule del from 203.0.113.32/27 table 1000 priority 1001');
      expect(machine('world').ask('udp', WEB, PORT)).toBeUndefined();
      expect(machine('internet').do('iptables -vnxL FORWARD')).toMatch(/^ +[1-9]\d* +\d+ DROP/m);
      home.do('ip -4 rule add from 203.0.113.32/27 table 1000 priority 1001');
      filter(1);
      expect(machine('world').ask('udp', WEB, PORT)).toBe(`${WORLD} 16`);
    });

    test('TCP fits without the messages that tell how much does, whoever sends, and whatever the provider does', () => {
      for (const name of ['web', 'world']) machine(name).do('iptables -I INPUT -p icmp -j DROP');
      machine('transit').do('iptables -t mangle -F');
      const sent = () => ({
        in: machine('world').ask('tcp', WEB, PORT, undefined, 200_000),
        out: machine('web').ask('tcp', WORLD, PORT, undefined, 200_000),
      });
      expect(sent()).toEqual({ in: `${WORLD} 200000`, out: `${WEB} 200000` });
      machine('home').do('iptables-save -t mangle > /run/mangle; iptables -t mangle -F');
      expect(sent()).toEqual({});
      machine('home').do('iptables-restore < /run/mangle');
    });

    test('a peer is asked for again when it is silent, and only then', () => {
      const office = machine('office');
      const [service] = Object.values(all.find(device => device.machine === 'office')?.units ?? {}).filter(text =>
        text.includes('ExecStart'),
      );
      // As systemd reads it: the command in quotes, with %% and $$ for % and $.
      const command = /^ExecStart=-\/bin\/sh -c '(.*)'$/m
        .exec(service ?? '')?.[1]
        ?.replaceAll('%%', '%')
        .replaceAll('$$', '$') as string;
      const endpoint = () => office.do('wg show wg0 endpoints').split('\t')[1];
      const home = machine('home');
      home.do(
        'sysctl -q -w net.ipv4.conf.eth0.promote_secondaries=1; ip address del 192.0.2.2/26 dev eth0; ip route replace default via 192.0.2.1',
      );
      expect(office.ask('udp', DESK, PORT, '192.168.50.10')).toBeUndefined();
      office.write('/etc/hosts', `${NEW_HOME} vpn.example.net\n`);
      office.do(command);
      expect(endpoint()).toBe(`${HOME}:51821`);
      // Two minutes later.
      office.do(`mkdir /run/later; printf '#!/bin/sh\\necho $(($(/bin/date +%%s) + 136))\\n' > /run/later/date; chmod +x /run/later/date`);
      office.do(`PATH=/run/later:$PATH\n${command}`);
      expect(endpoint()).toBe(`${NEW_HOME}:51821`);
      expect(office.ask('udp', DESK, PORT, '192.168.50.10')).toBe('192.168.50.10 16');
      verdict.took(1);
    });

    test('a name that does not resolve is not waited for', () => {
      const office = machine('office');
      office.write('/etc/hosts', '');
      const { status, text } = office.run(
        'WG_ENDPOINT_RESOLUTION_RETRIES=0 timeout 5 wg set wg0 peer $(wg show wg0 peers) endpoint vpn.example.net:51821',
      );
      expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining('vpn.example.net') });
    });

    test('a reload drops the keys, as the file says, and a restart reads them', () => {
      const office = machine('office');
      const key = office.do('wg show wg0 private-key');
      office.do('wg-quick strip wg0 > /run/stripped.conf; sed -i /Endpoint/d /run/stripped.conf; wg syncconf wg0 /run/stripped.conf');
      expect(office.do('wg show wg0 private-key')).toBe('(none)');
      office.write('/etc/hosts', `${NEW_HOME} vpn.example.net\n`);
      office.do('wg-quick down wg0; wg-quick up wg0', { WG_QUICK_USERSPACE_IMPLEMENTATION: tool('wireguard-go') });
      expect(office.do('wg show wg0 private-key')).toBe(key);
    });

    test('what a stopped interface has set is gone', () => {
      const home = machine('home');
      home.do('wg-quick down wg0; wg-quick down wg1');
      expect(home.do('ip rule; ip -6 rule; iptables -t mangle -S FORWARD; ip6tables -t mangle -S FORWARD')).not.toMatch(/wg\d|203\.0\.113/);
      expect(home.do('ip -br link')).not.toMatch(/wg\d/);
    });
  });
}
