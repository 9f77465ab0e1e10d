import { parseClaims, renderClaims } from '../../src';

const AGAIN = 'synthesize the environment again: npm run synth (CLAIMS_FILE)';

test('what was written is read', () => {
  const claims = {
    environment: 'lab',
    claims: [
      { kind: 'vlan tag', value: '20', path: 'lab/servers' },
      { kind: 'segment', value: '192.168.1.0/24', path: 'lab/home', outside: true },
      { kind: 'VM id', value: '100', at: 'https://10.1.0.10:8006/', path: 'lab/vms/pve/web' },
    ],
  } as const;
  const text = renderClaims(claims);
  expect(text).toContain('    {"kind":"vlan tag","value":"20","path":"lab/servers"},\n');
  expect(parseClaims(text, 'out/report/claims.json')).toEqual(claims);
});

test.each([
  ['no JSON', '{', 'the file of claims is not JSON'],
  ['nothing', 'null', 'the file has no environment with claims'],
  ['no environment', '{ "claims": [] }', 'the file has no environment with claims'],
  ['no claims', '{ "environment": "lab" }', 'the file has no environment with claims'],
  [
    'a kind that nobody knows',
    '{ "environment": "lab", "claims": [{ "kind": "colour", "value": "red", "path": "lab" }] }',
    'claim 1 is none that environments are compared by',
  ],
  [
    'a claim of nobody',
    '{ "environment": "lab", "claims": [{ "kind": "vlan tag", "value": "2" }] }',
    'claim 1 is none that environments are compared by',
  ],
  [
    'a prefix that is none',
    '{ "environment": "lab", "claims": [{ "kind": "segment", "value": "10.20.0.0/33", "path": "lab" }] }',
    'claim 1 is none that environments are compared by',
  ],
  [
    'an octet too large',
    '{ "environment": "lab", "claims": [{ "kind": "segment", "value": "10.20.0.256/32", "path": "lab" }] }',
    'claim 1 is none that environments are compared by',
  ],
])('%s is no file of claims', (_, text, problem) => {
  expect(() => parseClaims(text, 'out/report/claims.json')).toThrow(`[out/report/claims.json] ${problem}; ${AGAIN}`);
});
