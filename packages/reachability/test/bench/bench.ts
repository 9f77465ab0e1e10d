/**
 * How long it takes to read, evaluate and compare a gateway of 200 zones: `npx tsx --conditions=@ashlar/source test/bench/bench.ts`.
 * No test: times depend on the machine.
 */
import { Port } from '@ashlar/core';
import { comparisonOf } from '../../src/comparison';
import type { DeclaredEnd, DeclaredFlow } from '../../src/declaration';
import { Network } from '../../src/network';
import { Reachability } from '../../src/reachability';
import { reportJson } from '../../src/report-json';
import { reportMarkdown } from '../../src/report-markdown';
import type { Segment } from '../../src/segment';
import { addressesOf } from '../../src/space/address-text';
import { readVyos } from '../../src/vyos/read-vyos';
import { random } from '../mutation/paper-model';

const ZONES = 200;

for (const spread of [ZONES, 4]) {
  for (const count of [1000, 2500, 5000, 10_000]) {
    const { text, segments, flows } = site(count, spread);
    const times: string[] = [];
    const timed = <T>(what: string, run: () => T): T => {
      const start = performance.now();
      const result = run();
      times.push(`${what} ${Math.round(performance.now() - start)} ms`);
      return result;
    };
    const router = timed('read', () => readVyos('devices/vyos/gw/config.boot', text));
    const network = new Network(segments, [router]);
    const reachability = timed('evaluate', () => Reachability.of(network));
    const { missing, excess } = timed('compare', () => comparisonOf(reachability, { segments, flows }));
    timed('report', () => reportJson(reachability).length + reportMarkdown(reachability).length);
    timed('one question', () => reachability.ask({ from: '10.0.1.0/24', to: '10.0.2.0/24', port: Port.tcp(22) }));
    const opened = text.replace(/destination \{\naddress [^\n]*\n/, 'destination {\n');
    const wide = new Network(segments, [readVyos('devices/vyos/gw/config.boot', opened)]);
    const found = timed('one rule too wide', () => comparisonOf(Reachability.of(wide), { segments, flows }));
    process.stdout.write(
      `${count} flows in ${spread} zones: ${times.join(', ')}; ${missing.length} missing, ${excess.length} excess (${found.excess.length} when opened)\n`,
    );
  }
}

/** Flows between hosts, from segments to hosts, and to the Internet, all of them among the first `spread` zones. */
function site(count: number, spread: number) {
  const pick = random(count);
  const sets = new Map<string, string[]>();
  const flows: DeclaredFlow[] = [];
  const cidr = (zone: number) => `10.${zone >> 8}.${zone & 255}.0/24`;
  const host = (zone: number) => `10.${zone >> 8}.${zone & 255}.${2 + pick(250)}/32`;
  const end = (path: string): DeclaredEnd => ({ path, internet: false, addresses: { 4: addressesOf([path], 4), 6: [] } });
  const internet: DeclaredEnd = { path: 'internet', internet: true, addresses: { 4: addressesOf(['0.0.0.0/0'], 4), 6: [] } };
  const add = (from: string, to: string, source: string, destination: string, port: number) => {
    const rules = sets.get(`${from} ${to}`) ?? [];
    sets.set(`${from} ${to}`, rules);
    const sides = `source {\n${source}\n}\ndestination {\n${destination}\nport ${port}\n}`;
    rules.push(`rule ${rules.length + 1} {\naction accept\nprotocol tcp\n${sides}\n}`);
  };
  const seen = new Set<string>();
  while (flows.length < count) {
    const from = pick(spread);
    const to = pick(spread);
    if (from === to) continue;
    const port = 1 + pick(60_000);
    if (flows.length % 20 === 0) {
      if (seen.has(`${from} ${port}`)) continue;
      seen.add(`${from} ${port}`);
      add(`z${from}`, 'wan', `address ${cidr(from)}`, 'group {\nnetwork-group !SITE\n}', port);
      flows.push({ from: end(cidr(from)), to: internet, port: Port.tcp(port) });
      continue;
    }
    const source = pick(4) === 0 ? cidr(from) : host(from);
    const destination = host(to);
    add(`z${from}`, `z${to}`, `address ${source}`, `address ${destination}`, port);
    flows.push({ from: end(source), to: end(destination), port: Port.tcp(port) });
  }
  const numbers = Array.from({ length: ZONES }, (_, i) => i);
  const names = [...sets].map(([key, rules]) => `name ${key.replace(' ', '-')} {\ndefault-action drop\n${rules.join('\n')}\n}`);
  const froms = (zone: string) =>
    [...sets.keys()]
      .filter(key => key.endsWith(` ${zone}`))
      .map(key => `from ${key.split(' ')[0]} {\nfirewall {\nname ${key.replace(' ', '-')}\n}\n}`);
  const zone = (name: string, port: string) => `zone ${name} {\ninterface ${port}\n${froms(name).join('\n')}\n}`;
  const vifs = numbers.map(i => `vif ${i + 2} {\naddress ${cidr(i).replace('0/24', '1/24')}\n}`);
  const text = `interfaces {
    ethernet eth0 {\naddress 203.0.113.2/24\n}
    ethernet eth1 {\n${vifs.join('\n')}\n}
  }
  firewall {
    global-options {\nstate-policy {\nestablished {\naction accept\n}\n}\n}
    group {\nnetwork-group SITE {\n${[...numbers.map(cidr), '203.0.113.0/24'].map(prefix => `network ${prefix}`).join('\n')}\n}\n}
    ipv4 {\n${names.join('\n')}\n}
    ${numbers.map(i => zone(`z${i}`, `eth1.${i + 2}`)).join('\n')}
    ${zone('wan', 'eth0')}
  zone local {\nlocal-zone\n}
  }
  nat {\nsource {\nrule 1 {\noutbound-interface {\nname eth0\n}\nsource {\naddress 10.0.0.0/8\n}\ntranslation {\naddress masquerade\n}\n}\n}\n}
  protocols {\nstatic {\nroute 0.0.0.0/0 {\nnext-hop 203.0.113.1 {\n}\n}\n}\n}`;
  const segments = [...numbers.map(cidr), '203.0.113.0/24'].map((prefix): Segment => {
    return { name: prefix, path: prefix, addresses: { 4: addressesOf([prefix], 4), 6: [] }, gateways: [prefix.replace('0/24', '1')] };
  });
  return { text, segments, flows };
}
