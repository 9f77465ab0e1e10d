import { Check, Duration, Size } from '../src';
import { told, untyped } from './told';

const check = new Check('lab/web');

test('gives back what it finds right', () => {
  expect(check.present('vlan', 0, 'servers')).toBe(0);
  expect(check.integer('cores', 4, 1, 512)).toBe(4);
  expect(check.boolean('started', false)).toBe(false);
  expect(check.text('cidr', '10.0.0.0/8', /^[\d./]+$/, 'a prefix', '10.0.0.0/8')).toBe('10.0.0.0/8');
  expect(check.label('name', 'web-1')).toBe('web-1');
  expect(check.choice('use', 'dhcp', ['dhcp', 'vip'])).toBe('dhcp');
  expect(check.list('servers', ['a'], 'a, b, c')).toEqual(['a']);
  const size = Size.gibibytes(1);
  expect(check.instance('disk', size, Size, 'Size.gibibytes(8)')).toBe(size);
  check.known({ cores: 1 }, ['cores', 'memory']);
});

test.each<[string, () => unknown, string]>([
  ['absent', () => check.present('vlan', undefined, 'servers'), '[lab/web] vlan is missing; write vlan: servers (PROP_MISSING)'],
  ['null', () => check.present('vlan', null, 'servers'), '[lab/web] vlan is missing; write vlan: servers (PROP_MISSING)'],
  ['integer absent', () => check.integer('cores', untyped(undefined), 1, 512), '[lab/web] cores is missing; write cores: 1 (PROP_MISSING)'],
  [
    'integer as text',
    () => check.integer('cores', untyped('4'), 1, 512),
    '[lab/web] cores must be a whole number, got "4"; write cores: 1 (PROP_TYPE)',
  ],
  [
    'a fraction, with unit',
    () => check.integer('wait', 1.5, 1, 60, 'seconds'),
    '[lab/web] wait must be a whole number of seconds, got 1.5; write wait: 1 (PROP_TYPE)',
  ],
  [
    'too much, with unit',
    () => check.integer('wait', 61, 1, 60, 'seconds'),
    '[lab/web] wait must be from 1 to 60 seconds, got 61; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'too little',
    () => check.integer('cores', 0, 1, 512),
    '[lab/web] cores must be from 1 to 512, got 0; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'no boolean',
    () => check.boolean('started', untyped('yes')),
    '[lab/web] started must be true or false, got "yes"; write started: true (PROP_TYPE)',
  ],
  ['text absent', () => check.label('name', untyped(undefined)), '[lab/web] name is missing; write name: "web-1" (PROP_MISSING)'],
  ['no text', () => check.label('name', untyped(5)), '[lab/web] name must be a string, got 5; write name: "web-1" (PROP_TYPE)'],
  [
    'no label',
    () => check.label('name', 'Web_1'),
    '[lab/web] name must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Web_1"; write it like web-1 (PROP_FORMAT)',
  ],
  [
    'no choice',
    () => check.choice<string>('use', 'dchp', ['dhcp', 'vip']),
    '[lab/web] use must be one of dhcp, vip, got "dchp"; write use: \'dhcp\' (PROP_CHOICE)',
  ],
  [
    'another class',
    () => check.instance('disk', untyped(Duration.hours(1)), Size, 'Size.gibibytes(8)'),
    '[lab/web] disk must be a Size, got a Duration; write disk: Size.gibibytes(8) (PROP_TYPE)',
  ],
  [
    'an instance absent',
    () => check.instance('disk', undefined, Size, 'Size.gibibytes(8)'),
    '[lab/web] disk is missing; write disk: Size.gibibytes(8) (PROP_MISSING)',
  ],
  [
    'no list',
    () => check.list('servers', untyped('k3s1'), 'k3s1, k3s2'),
    '[lab/web] servers must be a list, got "k3s1"; write servers: [k3s1, k3s2] (PROP_TYPE)',
  ],
  ['an empty list', () => check.list('servers', [], 'k3s1, k3s2'), '[lab/web] servers is empty; write servers: [k3s1, k3s2] (PROP_EMPTY)'],
  [
    'a misspelt key',
    () => check.known({ core: 4 }, ['cores', 'memory']),
    '[lab/web] there is no property core; use one of cores, memory (PROP_UNKNOWN)',
  ],
  [
    'no props',
    () => check.known(untyped(undefined), ['cores']),
    '[lab/web] props must be an object, got undefined; write { cores: … } (PROP_TYPE)',
  ],
])('%s is told', (_, action, text) => {
  expect(told(action)).toBe(text);
});

test('a label ends where DNS ends it: 63 characters, no dash at either end', () => {
  expect(check.label('name', 'a'.repeat(63))).toHaveLength(63);
  for (const name of ['a'.repeat(64), '-a', 'a-', '', 'a.b', 'a\n'])
    expect(told(() => check.label('name', name))).toContain('(PROP_FORMAT)');
});
