import { Testing } from '@ashlar/core/testing';
import { DnsAlias } from '../../src/dns/dns-alias';
import { GATEWAY, LAPTOP, OFFICE, PHONE, TRANSIT } from './keys';
import { lab, secret } from './lab';

describe('WIREGUARD_LOOP', () => {
  it('finds an endpoint behind its own tunnel', () => {
    const { site, wg0 } = lab();
    wg0.peer('office', { publicKey: OFFICE, endpoint: { host: '192.0.2.7' }, allowedIps: ['192.0.2.0/24'] });
    expect(Testing.findings(site)).toEqual([
      'error [vpn/management/router/wg0/office] its endpoint 192.0.2.7 lies in 192.0.2.0/24, one of the allowedIps, its own: the way to the peer leads into the tunnel; take the address out of allowedIps, by writing the prefixes around it, or name an endpoint outside (WIREGUARD_LOOP)',
    ]);
  });

  it('finds an endpoint behind another peer', () => {
    const { site, wg0 } = lab();
    wg0.peer('office', { publicKey: OFFICE, endpoint: { host: '2001:db8:7::1' }, allowedIps: ['192.168.50.0/24'] });
    wg0.peer('branch', { publicKey: PHONE, allowedIps: ['2001:db8:7::/48'] });
    expect(Testing.findings(site)).toEqual([
      'error [vpn/management/router/wg0/office] its endpoint 2001:db8:7::1 lies in 2001:db8:7::/48, one of the allowedIps, those of vpn/management/router/wg0/branch: the way to the peer leads into the tunnel; take the address out of allowedIps, by writing the prefixes around it, or name an endpoint outside (WIREGUARD_LOOP)',
    ]);
  });

  it('passes an endpoint on the Internet, where the Internet is behind the peer', () => {
    const { site, wg0 } = lab();
    wg0.peer('provider', { publicKey: TRANSIT, endpoint: { host: '192.0.2.7' }, allowedIps: ['0.0.0.0/0', '192.0.2.8/29'] });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('WIREGUARD_ENDPOINT_NAME', () => {
  it('finds a name that leads inside', () => {
    const { site, router } = lab({ endpoint: { host: 'road.vpn.example.net' } });
    new DnsAlias(site, 'road', { target: router });
    expect(Testing.findings(site)).toEqual([
      'error [vpn/management/router/wg0] its endpoint road.vpn.example.net is vpn/management/router, 10.10.0.5, which is reached only through the tunnel, or beside it; write a name with a public address, such as that of a dynamic DNS service (WIREGUARD_ENDPOINT_NAME)',
    ]);
  });

  it('finds a peer that is a host inside', () => {
    const { site, management, wg0 } = lab();
    management.host('old', 9);
    wg0.peer('old', { publicKey: OFFICE, endpoint: { host: 'old.vpn.example.net' }, allowedIps: ['192.168.50.0/24'] });
    expect(Testing.findings(site)).toEqual([
      'error [vpn/management/router/wg0/old] its endpoint old.vpn.example.net is vpn/management/old, 10.10.0.9, which is reached only through the tunnel, or beside it; write a name with a public address, such as that of a dynamic DNS service (WIREGUARD_ENDPOINT_NAME)',
    ]);
  });

  it('passes a host with a public address', () => {
    const { site, dmz } = lab({ endpoint: { host: 'edge.vpn.example.net' } });
    dmz.host('edge', 2);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('keys', () => {
  it('that of the interface is none of a peer', () => {
    const { wg0 } = lab();
    expect(() => wg0.peer('office', { publicKey: GATEWAY, allowedIps: ['192.168.50.0/24'] })).toThrow(
      `[vpn/management/router/wg0/office] the public key is already that of vpn/management/router/wg0, got "${GATEWAY}"; make a pair of keys for each device with \`wg genkey\` (WIREGUARD_KEY_TAKEN)`,
    );
  });

  it('are not repeated when they are written as text', () => {
    const { wg0 } = lab();
    const presharedKey = LAPTOP as unknown as ReturnType<typeof secret>;
    const office = () => wg0.peer('office', { publicKey: OFFICE, allowedIps: ['192.168.50.0/24'], presharedKey });
    expect(office).toThrow(
      "[vpn/management/router/wg0/office] presharedKey must be a Secret; write presharedKey: Secret.fromOpenBao('kv/vpn', 'office') (PROP_TYPE)",
    );
    expect(office).not.toThrow(LAPTOP);
  });

  it('never reach the output', () => {
    const { site, wg0 } = lab();
    wg0.peer('office', { publicKey: OFFICE, allowedIps: ['192.168.50.0/24'], presharedKey: secret('office') });
    const text = Object.values(Testing.files(site)).join('\n');
    expect(text).toContain('PostUp = wg set %i private-key /etc/wireguard/wg0.key');
    expect(text).toContain(`PostUp = wg set %i peer ${OFFICE} preshared-key /etc/wireguard/wg0-office.psk`);
    expect(text).not.toMatch(/PrivateKey =|PresharedKey =|openbao/);
  });
});
