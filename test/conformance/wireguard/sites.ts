import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Ledger, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Vlan } from '../../../packages/network/src/segments/vlan';
import { WireGuardInterface } from '../../../packages/network/src/wireguard/wireguard-interface';
import { tool } from '../tool';

/** A pair of keys, made anew each time. */
interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

interface Keys {
  readonly home: Pair;
  readonly transit: Pair;
  readonly hub: Pair;
  readonly office: Pair;
  readonly laptop: Pair;
}

/** What a device has in `/etc/wireguard` for one interface: the rendered file, and the keys that somebody put beside it. */
export interface Device {
  readonly machine: 'home' | 'transit' | 'office' | 'laptop';
  readonly tunnel: string;
  readonly files: Readonly<Record<string, string>>;
  /** Units of systemd, by name. */
  readonly units: Readonly<Record<string, string>>;
}

function wg(args: readonly string[], input = ''): string {
  return execFileSync(tool('wg') as string, args, { encoding: 'utf8', input }).trim();
}

function pair(): Pair {
  const privateKey = wg(['genkey']);
  return { privateKey, publicKey: wg(['pubkey'], privateKey) };
}

/** The devices in the order in which they are started: whoever is asked comes first. */
export function devices(): Device[] {
  const keys: Keys = { home: pair(), transit: pair(), hub: pair(), office: pair(), laptop: pair() };
  const psk = wg(['genpsk']);
  const folder = mkdtempSync(join(tmpdir(), 'wireguard-'));
  const sites = { home: Testing.files(home(keys, folder)), transit: Testing.files(transit(keys)), office: Testing.files(office(keys)) };
  rmSync(folder, { recursive: true });
  const device = (machine: Device['machine'], tunnel: string, rendered: Record<string, string>, path: string, secrets: object): Device => {
    const files = { [`${tunnel}.conf`]: rendered[`devices/wireguard/${path}`] as string, ...secrets };
    const units = Object.entries(rendered).filter(([name]) => /-endpoints\.(service|timer)$/.test(name));
    return { machine, tunnel, files, units: Object.fromEntries(units.map(([name, text]) => [basename(name), text])) };
  };
  return [
    device('transit', 'wg0', sites.transit, 'router/wg0.conf', { 'wg0.key': keys.transit.privateKey, 'wg0-home.psk': psk }),
    device('home', 'wg0', sites.home, 'router/wg0.conf', { 'wg0.key': keys.home.privateKey, 'wg0-transit.psk': psk }),
    device('home', 'wg1', sites.home, 'router/wg1.conf', { 'wg1.key': keys.hub.privateKey }),
    device('office', 'wg0', sites.office, 'branch/wg0.conf', { 'wg0.key': keys.office.privateKey }),
    device('laptop', 'wg1', sites.home, 'router/peers/laptop.conf', { 'wg1.key': keys.laptop.privateKey }),
  ];
}

const secret = (name: string) => Secret.fromOpenBao('kv/wireguard', name);

/*
 * The programs of three places: a home whose address changes, to which a provider of transit routes a /27, with an office and with a
 * laptop on the road. Each is a site of its own, because nobody routes the segments of another.
 */

function home(keys: Keys, folder: string): Site {
  const site = new Site('home', { domain: 'home.example.net' });
  new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24', ipv6: '2001:db8:0:10::/64' });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27' });
  const router = management.host('router', 5);
  const wg0 = new WireGuardInterface(router, 'wg0', {
    addresses: ['10.255.0.2/30'],
    privateKey: secret('wg0'),
    publicKey: keys.home.publicKey,
  });
  wg0.peer('transit', {
    publicKey: keys.transit.publicKey,
    endpoint: { host: '198.51.100.1' },
    allowedIps: ['0.0.0.0/0'],
    presharedKey: secret('transit'),
    routed: [dmz],
  });
  const wg1 = new WireGuardInterface(router, 'wg1', {
    addresses: ['10.254.0.1/24', '2001:db8:0:54::1/64'],
    listenPort: 51_821,
    endpoint: { host: 'vpn.example.net' },
    privateKey: secret('wg1'),
    publicKey: keys.hub.publicKey,
  });
  wg1.peer('office', { publicKey: keys.office.publicKey, allowedIps: ['10.254.0.3/32', '192.168.50.0/24', '2001:db8:0:50::/64'] });
  wg1.roaming('laptop', { publicKey: keys.laptop.publicKey });
  return site;
}

function transit(keys: Keys): Site {
  const site = new Site('transit', { domain: 'transit.example.org' });
  const uplink = new Vlan(site, 'uplink', { tag: 2, ipv4: '198.51.100.0/24', gateway: '198.51.100.254' });
  const wg0 = new WireGuardInterface(uplink.host('router', 1), 'wg0', {
    addresses: ['10.255.0.1/30'],
    privateKey: secret('transit'),
    publicKey: keys.transit.publicKey,
    endpoint: { host: '198.51.100.1' },
  });
  wg0.peer('home', {
    publicKey: keys.home.publicKey,
    presharedKey: secret('transit'),
    allowedIps: ['10.255.0.2/32', '203.0.113.32/27'],
  });
  return site;
}

function office(keys: Keys): Site {
  const site = new Site('office', { domain: 'office.example.org' });
  const people = new Vlan(site, 'people', { tag: 50, ipv4: '192.168.50.0/24', ipv6: '2001:db8:0:50::/64' });
  const wg0 = new WireGuardInterface(people.host('branch', 5), 'wg0', {
    addresses: ['10.254.0.3/24'],
    privateKey: secret('office'),
    publicKey: keys.office.publicKey,
  });
  wg0.peer('home', {
    publicKey: keys.hub.publicKey,
    endpoint: { host: 'vpn.example.net', port: 51_821 },
    allowedIps: ['10.10.0.0/24', '2001:db8:0:10::/64', '10.254.0.0/24'],
  });
  return site;
}
