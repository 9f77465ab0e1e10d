import { Construct } from 'constructs';
import { Output, Site } from '../src';

const found = (text: string) => {
  const output = new Output();
  output.write(new Construct(new Site('lab', { domain: 'lab.example.net' }), 'web'), 'file', text);
  return output.secrets();
};

/** Built at run time, so that no scanner finds them in this file. */
const of = (prefix: string, letter: string, count: number, suffix = '') => prefix + letter.repeat(count) + suffix;
const HEX = '0123456789abcdef'.repeat(4);
const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const DASHES = '-'.repeat(5);

const CASES: readonly [what: string, secret: string, nearMiss: string][] = [
  ['a private key', `${DASHES}BEGIN PRIVATE KEY${DASHES}`, `${DASHES}BEGIN PUBLIC KEY${DASHES}`],
  ['a private key', `${DASHES}BEGIN RSA PRIVATE KEY${DASHES}`, `${DASHES}BEGIN CERTIFICATE${DASHES}`],
  ['a private key', `${DASHES}BEGIN OPENSSH PRIVATE KEY${DASHES}`, 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI web@example.net'],
  ['an age secret key', of('AGE-SECRET-KEY-1', 'Q', 58), of('age1', 'q', 58)],
  ['an AWS access key', of('AKIA', 'A', 16), of('AKIA', 'A', 17)],
  ['an AWS session key', of('ASIA', 'A', 16), of('ASIA', 'a', 16)],
  ['a GitHub token', of('ghp_', 'a', 36), of('ghp_', 'a', 35)],
  ['a GitHub token', of('github_pat_', 'a', 82), 'github_pat_of_the_robot'],
  ['a GitLab token', of('glpat-', 'a', 20), 'glpat-example'],
  ['a Vault token', of('hvs.', 'a', 24), 'hvs.example.net'],
  ['a Proxmox API token', `root@pam!terraform=${UUID}`, 'root@pam!terraform=${var.proxmox_api_token}'],
  ['a Proxmox API token', `PVEAPIToken=root@pam!ci=${UUID}`, `disk-id=${UUID}`],
  ['a K3s join token', `K10${HEX}::server:hunter2`, `K10${HEX}`],
  ['a JSON web token', `eyJ${HEX}.eyJ${HEX}.${HEX}`, `eyJ${HEX}.${HEX}`],
  ['a password hash', of('$6$salt$', 'a', 86), of('$6$salt$', 'a', 85)],
  ['a password hash', `{"passwd": "${of('$6$rounds=656000$salt$', 'a', 86)}"}`, '$6 and $6$'],
  ['a password hash', of('$y$j9T$salt$', 'a', 43), '$y$'],
  ['a password hash', of('admin:$2y$10$', 'a', 53), '$2y$10$short'],
  ['a Slack token', 'xoxb-1234567890', 'xoxb'],
  ['a WireGuard private key', of('PrivateKey = ', 'A', 43, '='), of('PublicKey = ', 'A', 43, '=')],
  ['a WireGuard private key', of("set interfaces wireguard wg0 private-key '", 'A', 43, "='"), of('private-key ', 'A', 20)],
];

test.each(CASES)('%s is found, and not repeated', (what, secret) => {
  const findings = found(`first line\nvalue: ${secret}\n`);
  expect(findings).toEqual([
    {
      code: 'SECRET_IN_OUTPUT',
      severity: 'error',
      path: 'lab/web',
      message: `file holds ${what}`,
      fix: 'pass a Secret, and let the consumer read it at run time',
    },
  ]);
  expect(JSON.stringify(findings)).not.toContain(secret);
});

test.each(CASES)('what only looks like %s passes', (_, __, nearMiss) => {
  expect(found(`value: ${nearMiss}\n`)).toEqual([]);
});

test('a file of a megabyte of what secrets begin with holds none, and is read to the end', () => {
  for (const text of ['a', 'a.', '!', '@a!', 'eyJ', '$6$', '=', 'private-key ', '-----BEGIN ', 'gh'])
    expect(found(text.repeat(1_000_000 / text.length))).toEqual([]);
});
