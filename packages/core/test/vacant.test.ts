import { Construct } from 'constructs';
import { Claims, ConfigError, Site, vacant } from '../src';
import { told, untyped } from './told';

class Vlan extends Construct {}

const lab = () => new Site('lab', { domain: 'lab.example.net' });

test('a free id gives the scope', () => {
  const site = lab();
  expect(vacant(site, 'servers')).toBe(site);
});

test.each<[string, () => unknown, string]>([
  [
    'no scope',
    () => vacant(untyped(undefined), 'servers'),
    '[servers] the scope must be a construct, got undefined; pass the site, or something in it (SCOPE)',
  ],
  [
    'a scope by name',
    () => vacant(untyped('lab'), 'servers'),
    '[servers] the scope must be a construct, got "lab"; pass the site, or something in it (SCOPE)',
  ],
  ['no id', () => vacant(lab(), untyped(undefined)), "[lab] the id of a construct is a name, got undefined; write it like 'web-1' (ID)"],
  ['an empty id', () => vacant(lab(), ''), '[lab] the id of a construct is a name, got ""; write it like \'web-1\' (ID)'],
  [
    'a name that every object has',
    () => vacant(lab(), 'constructor'),
    '[lab] the id of a construct is none of the names that every object has, got "constructor"; choose another id (ID)',
  ],
])('%s is told', (_, action, text) => {
  expect(told(action)).toBe(text);
});

test('the holder of an id is named', () => {
  const site = lab();
  new Vlan(site, 'servers');
  expect(told(() => vacant(site, 'servers'))).toBe('[lab] already holds a Vlan servers, [lab/servers]; choose another id (ID_TAKEN)');
});

test('what may exist once in a site is held by one construct, and told to the second', () => {
  const site = lab();
  const [a, b] = [new Vlan(site, 'a'), new Vlan(site, 'b')];
  const clash = (holder: { node: { path: string } }) =>
    new ConfigError(b, 'VLAN_TAG_TAKEN', `tag 20 is already that of ${holder.node.path}`);
  Claims.of(a).claim('vlan tag', 20, a, clash);
  Claims.of(a).claim('vlan tag', 20, a, clash);
  Claims.of(b).claim('vlan name', 20, b, clash);
  Claims.of(b).claim('vlan tag', '20', b, clash);
  expect(told(() => Claims.of(b).claim('vlan tag', 20, b, clash))).toBe('[lab/b] tag 20 is already that of lab/a (VLAN_TAG_TAKEN)');
  expect([Claims.of(site).holder('vlan tag', 20), Claims.of(site).holder('mac', 20)]).toEqual([a, undefined]);
  expect(Claims.of(lab()).holder('vlan tag', 20)).toBeUndefined();
});
