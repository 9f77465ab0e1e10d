import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';

const GOLDEN = join(ROOT, 'packages/hci/test/golden/drbd/plain/drbd.d');

describeWith(['drbdadm'], 'DRBD', () => {
  const verdict = new Verdict('drbdadm dump all');
  const own = Object.fromEntries(readdirSync(GOLDEN).map(name => [name, readFileSync(join(GOLDEN, name), 'utf8')]));
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'drbd-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the program says of the files as `node`. It complains of kernel modules that a machine without them has not. */
  const dump = (files: Readonly<Record<string, string>>, node: string) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const config = join(folder, 'drbd.conf');
    writeFileSync(config, `include "${folder}/global_common.conf";\ninclude "${folder}/*.res";\n`);
    const { status, stdout, stderr } = spawnSync(tool('drbdadm') as string, ['-c', config, 'dump', 'all'], {
      encoding: 'utf8',
      env: { ...process.env, __DRBD_NODE__: node },
    });
    const told = stderr.split('\n').filter(line => line.trim() !== '' && !/modinfo|__DRBD_NODE__|PRETENDING|DRBD module/.test(line));
    return { status, stdout, told };
  };

  test.each(['pve-01', 'pve-02', 'router'])('takes the mirror as %s reads it', node => {
    const { status, stdout, told } = dump(own, node);
    expect({ status, told }).toEqual({ status: 0, told: [] });
    expect(stdout).toMatch(/quorum +majority;/);
    expect(stdout).toContain(`# resource data on ${node}: not ignored`);
    verdict.took(Object.keys(own).length);
  });

  test.each([
    ['a protocol that there is not', 'global_common.conf', 'protocol C', 'protocol D'],
    ['a quorum that there is not', 'global_common.conf', 'quorum majority', 'quorum most'],
    ['no answer to a lost quorum that there is', 'global_common.conf', 'on-no-quorum suspend-io', 'on-no-quorum wait'],
    ['an option that there is not', 'global_common.conf', 'auto-promote yes', 'auto-demote yes'],
    ['an option in the wrong section', 'global_common.conf', 'on-io-error detach;', 'cram-hmac-alg sha256;'],
    ['a rate without a number', 'global_common.conf', /c-max-rate \d+K/, 'c-max-rate fast'],
    ['a secret of more than 64 characters', 'global_common.conf', '@DRBD_SHARED_SECRET@', 'x'.repeat(65)],
    ['two copies with one node id', 'data.res', 'node-id 1;', 'node-id 0;'],
    ['a node id that is no number', 'data.res', 'node-id 7;', 'node-id third;'],
    ['two nodes with one address', 'data.res', /10\.99\.0\.12:7000/g, '10.99.0.11:7000'],
    ['an address without a port', 'data.res', '10.99.0.11:7000', '10.99.0.11'],
    ['metadata nowhere', 'data.res', 'meta-disk internal;', 'meta-disk;'],
    ['a copy without a disk', 'data.res', /disk \/dev\/disk\/by-id\/nvme-EXAMPLE_001;/, ''],
    ['a node without a device', 'data.res', 'device /dev/drbd0 minor 0;', ''],
    ['a connection to a node that there is not', 'data.res', 'host router address', 'host gateway address'],
    ['a brace that does not close', 'data.res', '        }\n    }\n', '        }\n'],
  ])('broken: refuses %s', (_, name, from, to) => {
    const text = own[name] as string;
    const spoilt = text.replace(from, to);
    expect(spoilt).not.toBe(text);
    const { status, told } = dump({ ...own, [name]: spoilt }, 'pve-01');
    verdict.sawBroken(status !== 0 || told.length > 0);
    expect({ status, told }).not.toEqual({ status: 0, told: [] });
  });

  test('broken: refuses a second volume with the port and the device of the first', () => {
    const second = (own['data.res'] as string).replace('resource data', 'resource more').replace(/EXAMPLE_00/g, 'EXAMPLE_10');
    const { status, told } = dump({ ...own, 'more.res': second }, 'pve-01');
    rmSync(join(folder, 'more.res'));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
    expect(told.join('\n')).toContain('conflicting use of');
  });
});
