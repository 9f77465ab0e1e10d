import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site } from '@ashlar/core';
import { parse } from 'yaml';
import { cloudInit } from '../../../packages/hci/src/proxmox/guests/cloud-init';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { filesOf, tunedHosts } from './tuned-hosts';

describeWith(['cloud-init'], 'cloud-init', () => {
  const verdict = new Verdict('cloud-init schema, tuned guests');
  const hosts = tunedHosts('debian');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ashlar-tuning-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const userData = (name: string) =>
    cloudInit(new Site('lab', { domain: 'lab.example.net' }), {
      hostName: name,
      fqdn: `${name}.lab.example.net`,
      admin: { user: 'ops', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0b3BzLWtleS1vZi1hbi1leGFtcGxlLW9ubHkt ops'] },
      firstBoot: hosts.firstBoots[name] as (typeof hosts.firstBoots)[string],
    });
  const check = (text: string) => {
    const file = join(folder, 'user-data.yaml');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(tool('cloud-init') as string, ['schema', '-c', file], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, output: stdout + stderr };
  };

  test.each(Object.keys(hosts.firstBoots))('takes the first boot of %s', name => {
    const answer = check(userData(name));
    verdict.took(1, answer.status === 0 ? 0 : 1);
    expect(answer).toMatchObject({ status: 0, output: expect.stringContaining('Valid') });
  });

  test.each(Object.keys(hosts.firstBoots))('writes what Ansible writes, for %s', name => {
    const written = parse(userData(name)).write_files as { path: string; content: string }[];
    const fromAnsible = filesOf(hosts, name);
    expect(Object.fromEntries(written.map(({ path, content }) => [path, content]))).toEqual(fromAnsible);
  });

  test.each([
    ['a mode that is a number', /permissions: '0644'/, 'permissions: 644', /permissions|string/],
    ['a file without a path', /- path: .*\n( +)owner:/, '- owner:', /path/],
    ['commands that are one text', /^runcmd:\n(?: {2}- .*\n)+/m, 'runcmd: sysctl --system\n', /runcmd/],
    ['a misspelt key of a file', /permissions:/, 'mode:', /mode|write_files/],
  ])('refuses %s', (_, from, to, reason) => {
    const text = userData('kubernetes');
    expect(text).toMatch(from);
    const answer = check(text.replace(from, to));
    verdict.sawBroken(answer.status !== 0);
    expect(answer.output).toMatch(reason);
    expect(answer.status).not.toBe(0);
  });
});
