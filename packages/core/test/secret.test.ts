import { inspect } from 'node:util';
import { Secret } from '../src';
import { told, untyped } from './told';

const token = Secret.fromOpenBao('kv/k3s', 'token');

test('says where it is kept', () => {
  const secrets = [
    token,
    Secret.fromSops('secrets/lab.enc.yaml', 'k3s.token'),
    Secret.fromTerraformVariable('k3s_token'),
    Secret.fromKubernetes('shop', 'orders-app', 'password'),
  ];
  expect(secrets.map(secret => secret.describe())).toEqual([
    'openbao:kv/k3s#token',
    'sops:secrets/lab.enc.yaml#k3s.token',
    'terraform:var.k3s_token',
    'kubernetes:shop/orders-app#password',
  ]);
  expect(inspect(token)).toBe('Secret(openbao:kv/k3s#token)');
});

test.each<[string, () => unknown]>([
  ['String()', () => String(token)],
  ['a template literal', () => `${untyped(token)}`],
  ['+', () => 'token=' + untyped(token)],
  ['JSON.stringify', () => JSON.stringify({ env: { TOKEN: token } })],
  ['join', () => [token].join()],
  ['a number', () => +untyped(token)],
  ['a key', () => ({ [untyped(token)]: 1 })],
  ['toString', () => token.toString()],
])('has no string form: %s', (_, action) => {
  expect(told(action)).toBe(
    '[Secret openbao:kv/k3s#token] a secret has no string form; pass the Secret itself to a property that takes one (SECRET_IN_TEXT)',
  );
});

test.each<[string, string, () => unknown]>([
  ['openbao', 'Secret.fromOpenBao', () => Secret.fromOpenBao('hunter2, in clear', 'token')],
  ['a key', 'Secret.fromOpenBao', () => Secret.fromOpenBao('kv/k3s', 'hunter2!')],
  ['sops', 'Secret.fromSops', () => Secret.fromSops('hunter2 hunter2', 'x')],
  ['kubernetes', 'Secret.fromKubernetes', () => Secret.fromKubernetes('shop', untyped(undefined), 'password')],
])('a reference that may be the value itself is refused and not repeated: %s', (_, where, action) => {
  expect(told(action)).toBe(
    `[${where}] a reference is letters, digits and . _ / -; name the place where the secret is kept, never its value (SECRET_REFERENCE)`,
  );
});

test('a Terraform variable has the name of one', () => {
  expect(told(() => Secret.fromTerraformVariable('K3S-TOKEN'))).toBe(
    '[Secret.fromTerraformVariable] a variable is lower-case letters, digits and underscores; write it like k3s_token (SECRET_REFERENCE)',
  );
});

test('is recognised by its marker', () => {
  expect([Secret.is(token), Secret.is('token'), Secret.is(null)]).toEqual([true, false, false]);
});
