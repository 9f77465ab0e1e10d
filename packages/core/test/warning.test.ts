import { Construct } from 'constructs';
import { acknowledge, findingAt, type Rule, Site, warn } from '../src';
import { Testing } from '../src/testing';
import { told, untyped } from './told';

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const shop = new Construct(site, 'shop');
  const web = new Construct(shop, 'web');
  warn(web, 'SINGLE_REPLICA', 'one replica', 'write replicas: 2');
  return { site, shop, web };
}

const OPEN = 'warning [lab/shop/web] one replica; write replicas: 2 (SINGLE_REPLICA)';

test('a warning is told and stops nothing', () => {
  expect(Testing.findings(lab().site)).toEqual([OPEN]);
});

test.each(['site', 'shop', 'web'] as const)('it is acknowledged at %s, with a reason', at => {
  const parts = lab();
  acknowledge(parts[at], 'SINGLE_REPLICA', 'a batch job that nobody waits for');
  expect(Testing.findings(parts.site)).toEqual([]);
});

test('an acknowledgement elsewhere, or of another code, removes nothing and says so', () => {
  const { site, shop, web } = lab();
  const other = new Construct(shop, 'we'); // a prefix of the other's name is not above it
  acknowledge(other, 'SINGLE_REPLICA', 'a batch job that nobody waits for');
  acknowledge(web, 'SINGLE_FEED', 'a shelf at home has one socket');
  expect(Testing.findings(site)).toEqual([
    'warning [lab/shop/we] acknowledges SINGLE_REPLICA, which nothing here reports; remove the acknowledgement (ACKNOWLEDGEMENT_UNUSED)',
    'warning [lab/shop/web] acknowledges SINGLE_FEED, which nothing here reports; remove the acknowledgement (ACKNOWLEDGEMENT_UNUSED)',
    OPEN,
  ]);
});

test('warnings of rules are acknowledged as well, errors never', () => {
  const { site } = lab();
  const rule = (code: string, severity: Rule['severity']): Rule => ({
    code,
    severity,
    incident: 'it broke',
    check(s) {
      return [findingAt(s, this, 'is wrong', '')];
    },
  });
  site.addRules(rule('DOUBTFUL', 'warning'), rule('WRONG', 'error'));
  for (const code of ['DOUBTFUL', 'WRONG', 'SINGLE_REPLICA']) acknowledge(site, code, 'it is like this on purpose');
  expect(Testing.findings(site)).toEqual([
    'error [lab] is wrong (WRONG)',
    'warning [lab] acknowledges WRONG, which nothing here reports; remove the acknowledgement (ACKNOWLEDGEMENT_UNUSED)',
  ]);
});

test.each<[unknown, string]>([
  ['ok', '"ok"'],
  ['          ', '"          "'],
  [undefined, 'undefined'],
])('the reason %p is none', (reason, shown) => {
  expect(told(() => acknowledge(lab().web, 'SINGLE_REPLICA', untyped(reason)))).toBe(
    `[lab/shop/web] the acknowledgement of SINGLE_REPLICA needs a reason of at least 10 characters, got ${shown}; say why it is acceptable here (ACKNOWLEDGE_REASON)`,
  );
});
