import { Construct } from 'constructs';
import {
  hasLifecycle,
  isAddressed,
  isBackedUp,
  isConsumer,
  isDepicted,
  isMonitored,
  isPlaced,
  isPlannedVlan,
  isProvider,
  isVlan,
  onRender,
  rendererOf,
  Site,
} from '../src';

const site = new Site('lab', { domain: 'lab.example.net' });
const withMembers = (members: object) => Object.assign(new Construct(site, Object.keys(members).join('-')), members);

test.each<[string, (construct: never) => boolean, object]>([
  ['addressed', isAddressed, { addresses: [] }],
  ['backed up', isBackedUp, { backup: { waived: 'can be built again' } }],
  ['a consumer', isConsumer, { consumption: {} }],
  ['a provider', isProvider, { capacity: {} }],
  ['depicted', isDepicted, { depiction: {} }],
  ['started', hasLifecycle, { lifecycle: { startsAfter: [] } }],
  ['monitored', isMonitored, { monitoring: { metrics: [] } }],
  ['placed', isPlaced, { placement: { standsOn: [] } }],
  ['a VLAN', isVlan, { tag: 20, cidrs: [] }],
  ['a planned VLAN', isPlannedVlan, { gateways: [], pools: [] }],
])('what declares it is %s, and a plain construct is not', (_, is, members) => {
  expect([is(withMembers(members) as never), is(site as never)]).toEqual([true, false]);
});

test('a construct has the renderer that it was given', () => {
  const web = new Construct(site, 'web');
  const render = () => undefined;
  expect(rendererOf(web)).toBeUndefined();
  onRender(web, render);
  expect(rendererOf(web)).toBe(render);
});
