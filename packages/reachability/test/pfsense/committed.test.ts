import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPfSense } from '../../src/pfsense/read-pfsense';
import { deciding, decision } from '../chains/packet';

const FILE = 'devices/pfsense/pfsense.xml';
const OUTPUT = join(__dirname, '../../../../apps/optiplex-cloud/out', FILE);

describe('the gateway of the optiplex-cloud', () => {
  const router = readPfSense(FILE, readFileSync(OUTPUT, 'utf8'));

  test('has an interface for each segment and a default route', () => {
    expect(router.interfaces.map(of => of.name)).toEqual(['wan', 'lan', 'opt20', 'opt30']);
    expect(router.routes.filter(route => route.destination.first === 0n).length).toBeGreaterThan(0);
  });

  test('lets management reach the API of the cluster, by a rule that it names', () => {
    const packet = { source: '192.168.1.50', destination: '10.20.0.4', protocol: 'tcp', port: 6443 } as const;
    expect(decision(router.forward('lan', 'opt20'), packet)).toBe('accept');
    expect(deciding(router.forward('lan', 'opt20'), packet)?.name).toMatch(/^devices\/pfsense\/pfsense\.xml: rule \d+ \(/);
    expect(decision(router.forward('lan', 'opt20'), { ...packet, port: 22 })).toBe('accept'); // by which access to the cluster is fetched
    expect(decision(router.forward('lan', 'opt20'), { ...packet, port: 2379 })).toBe('drop');
  });

  test('keeps people from management, and the Internet from everybody', () => {
    const chain = router.forward('opt30', 'lan');
    for (const port of [22, 443, 8006]) {
      expect(decision(chain, { source: '10.30.0.7', destination: '192.168.1.10', protocol: 'tcp', port })).toBe('drop');
    }
    for (const leaves of ['lan', 'opt20', 'opt30']) {
      const packet = { source: '198.51.100.7', destination: '10.20.0.4', protocol: 'tcp', port: 443 } as const;
      expect(decision(router.forward('wan', leaves), packet)).toBe('drop');
    }
  });

  test('answers names to servers in both families', () => {
    const packet = { source: 'fd20:0:0:20::4', destination: 'fd20:0:0:20::1', protocol: 'udp', port: 53 } as const;
    expect(decision(router.local('opt20'), packet)).toBe('accept');
    expect(decision(router.local('opt20'), { ...packet, source: '10.20.0.4', destination: '10.20.0.1' })).toBe('accept');
  });
});
