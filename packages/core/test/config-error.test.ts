import { Construct } from 'constructs';
import { adopt, ConfigError, Site } from '../src';

const site = () => new Site('lab', { domain: 'lab.example.net' });

test('one line: path, problem, what was given, what to write, where it is said, code', () => {
  const error = new ConfigError(new Construct(site(), 'servers'), 'VLAN_TAG', 'tag must be an integer from 1 to 4094', {
    got: 4095,
    fix: 'choose a tag inside the range',
    see: 'IEEE 802.1Q',
  });
  expect(error.message).toBe(
    '[lab/servers] tag must be an integer from 1 to 4094, got 4095; choose a tag inside the range, see IEEE 802.1Q (VLAN_TAG)',
  );
  expect({ ...error, name: error.name }).toEqual({
    name: 'ConfigError',
    code: 'VLAN_TAG',
    path: 'lab/servers',
    problem: 'tag must be an integer from 1 to 4094, got 4095',
    fix: 'choose a tag inside the range, see IEEE 802.1Q',
  });
});

test('without detail it is path, problem and code', () => {
  expect(new ConfigError('Size.bytes', 'QUANTITY', 'is wrong').message).toBe('[Size.bytes] is wrong (QUANTITY)');
});

test.each([
  ['web', '"web"'],
  ['x'.repeat(90), `"${'x'.repeat(77)}..."`],
  ['a\nb', '"a\\nb"'],
  [undefined, 'undefined'],
  [null, 'null'],
  [Number.NaN, 'NaN'],
  [10n, '10'],
  [true, 'true'],
  [Symbol('x'), 'Symbol(x)'],
  [() => 1, 'a function'],
  [[1, 'a'], '[1, "a"]'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9], '[1, 2, 3, 4, 5, 6, 7, 8, ...]'],
  [{ tag: 1, name: 'x' }, 'an object with tag, name'],
  [{}, 'an object with no keys'],
  [Object.create(null), 'an object with no keys'],
  [new Map(), 'a Map'],
])('shows %p as its reader would have written it', (got, shown) => {
  expect(new ConfigError('x', 'CODE', 'is wrong', { got }).message).toBe(`[x] is wrong, got ${shown} (CODE)`);
});

test('is recognised across copies of the package', () => {
  expect(ConfigError.isConfigError(new ConfigError('x', 'CODE', 'is wrong'))).toBe(true);
  expect(ConfigError.isConfigError({ [Symbol.for('@ashlar/core.ConfigError')]: true })).toBe(true);
  for (const other of [new Error('x'), undefined, null, 'ConfigError']) expect(ConfigError.isConfigError(other)).toBe(false);
});

test('the path of a construct in an engine is that of its owner and the path inside, the owner named once', () => {
  const owner = new Construct(site(), 'vms');
  const engine = new Construct(undefined as never, '');
  adopt(owner, engine);
  const stack = new Construct(engine, 'vms');
  const other = new Construct(engine, 'other');
  expect(new ConfigError(new Construct(stack, 'web'), 'CODE', 'is wrong').path).toBe('lab/vms/web');
  expect(new ConfigError(other, 'CODE', 'is wrong').path).toBe('lab/vms/other');
});
