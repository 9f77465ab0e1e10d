import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import { haproxy, published } from '../../../packages/network/test/reverse-proxy/published';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { localized } from './local-servers';

/** keepalived wants one that is there and is no loopback. Nothing is sent on it: the configuration is only read. */
const INTERFACE = Object.keys(networkInterfaces()).find(name => name !== 'lo') ?? 'eth0';

/** What each fault replaces in the configuration of the first host. */
const BROKEN: readonly [title: string, from: string, to: string][] = [
  ['a group above 255', 'virtual_router_id 50', 'virtual_router_id 256'],
  ['a priority above 255', 'priority 254', 'priority 300'],
  ['a misspelt keyword', 'advert_int', 'advert_interval'],
  ['a virtual address that is none', '10.20.0.50/24', '10.20.0.500/24'],
  ['an address of the other family', 'unicast_src_ip 10.20.0.41', 'unicast_src_ip fd20:0:0:20::29'],
  ['a peer that is no address', '        10.20.0.42', '        10.20.0.420'],
  ['an interface that is not there', `interface ${INTERFACE}`, 'interface nowhere0'],
  ['a script that is not there', '/usr/bin/pidof haproxy', '/usr/bin/pidoff haproxy'],
  ['a script that nobody defined', '    track_script {\n        haproxy', '    track_script {\n        traefik'],
  ['a group of one that is not there', '        lb-v6\n', '        lb-v7\n'],
];

describeWith(['keepalived'], 'keepalived', () => {
  const verdict = new Verdict('keepalived -t');
  const files = Testing.files(haproxy(published()));
  const configurations = Object.keys(files).filter(path => path.endsWith('/keepalived.conf'));
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keepalived-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The interface of the model is one of this machine. */
  const local = (path: string) => localized(files[path] as string, [['interface eth0', `interface ${INTERFACE}`]]);
  const check = (text: string) => {
    writeFileSync(join(folder, 'keepalived.conf'), text);
    const run = spawnSync(tool('keepalived') as string, ['-t', '-f', join(folder, 'keepalived.conf')], { encoding: 'utf8' });
    return { status: run.status, told: run.stderr };
  };

  test('takes the configuration of every host, without a warning', () => {
    expect(configurations.length).toBe(2);
    const faults = configurations.map(path => ({ path, ...check(local(path)) })).filter(({ status, told }) => status !== 0 || told !== '');
    verdict.took(configurations.length, faults.length);
    expect(faults).toEqual([]);
  });

  test.each(BROKEN)('broken: refuses %s', (_, from, to) => {
    const { status } = check(localized(local(configurations[0] as string), [[from, to]]));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});
