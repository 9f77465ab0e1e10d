import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Secret, Site } from '@ashlar/core';
import { Vlan } from '../../src/segments/vlan';
import { WireGuardInterface, type WireGuardInterfaceProps } from '../../src/wireguard/wireguard-interface';
import { GATEWAY } from './keys';

export const secret = (name: string) => Secret.fromOpenBao('kv/wireguard', name);

/** A site with two segments, one of them public, and a Linux router with a tunnel. */
export function lab(change: Partial<WireGuardInterfaceProps> = {}) {
  const site = new Site('vpn', { domain: 'vpn.example.net' });
  new Ledger(site, 'ledger', { file: join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json') });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27' });
  const router = management.host('router', 5);
  const wg0 = new WireGuardInterface(router, 'wg0', {
    addresses: ['10.255.0.1/24', 'fd55::1/64'],
    privateKey: secret('wg0'),
    publicKey: GATEWAY,
    endpoint: { host: 'gate.example.org' },
    ...change,
  });
  return { site, management, dmz, router, wg0 };
}
