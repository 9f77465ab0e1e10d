import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKubernetes } from '../../src/kubernetes/read-kubernetes';
import { decision, type Packet } from '../chains/packet';
import { group } from './manifests';

const OUTPUT = join(__dirname, '../../../../apps/optiplex-cloud/out');

describe('the cluster of the optiplex-cloud', () => {
  const files = readdirSync(OUTPUT, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yaml'))
    .map(path => [path, readFileSync(join(OUTPUT, path), 'utf8')] as const);
  const policies = readKubernetes('prod', files);
  const [web, orders] = [group('shop', { 'app.kubernetes.io/name': 'web' }), group('shop', { 'cnpg.io/cluster': 'orders' })];
  const dns = group('kube-system', { 'k8s-app': 'kube-dns' });
  const packet = (port: number, more: Partial<Packet> = {}): Packet => ({
    source: '10.20.0.9',
    destination: '10.20.0.4',
    protocol: 'tcp',
    port,
    ...more,
  });

  test('lets the web server ask its database and names, and nothing else', () => {
    expect(decision(policies.between(web, orders), packet(5432))).toBe('accept');
    expect(decision(policies.between(web, orders), packet(8000))).toBe('drop');
    expect(decision(policies.between(orders, web), packet(8080))).toBe('drop');
    expect(decision(policies.between(web, dns), packet(53, { protocol: 'udp' }))).toBe('accept');
    expect(decision(policies.leaving(web), packet(443))).toBe('drop');
  });

  test('lets the database reach its backups and the API of the cluster', () => {
    expect(decision(policies.leaving(orders), packet(9000, { destination: '192.168.1.20' }))).toBe('accept');
    expect(decision(policies.leaving(orders), packet(6443))).toBe('accept');
    expect(decision(policies.leaving(orders), packet(22))).toBe('drop');
    expect(decision(policies.entering(orders), packet(5432))).toBe('drop');
  });

  test('lets only the entry of the cluster in to the web server', () => {
    const traefik = group('kube-system', { 'app.kubernetes.io/name': 'traefik' });
    expect(decision(policies.between(traefik, web), packet(8080))).toBe('accept');
    expect(decision(policies.between(dns, web), packet(8080))).toBe('drop');
  });
});
