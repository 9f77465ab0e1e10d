import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { adopt, ConfigError, enginesOf, findingAt, findingOf, onRender, type Rule, Site, SynthesisError } from '../src';
import { Testing } from '../src/testing';
import { told, untyped } from './told';

const lab = () => new Site('lab', { domain: 'lab.example.net' });

/** The root of an engine's tree: a construct without a scope. */
const engine = () => new Construct(untyped(undefined), '');

function rule(code: string, at: (site: Site) => Construct[], severity: Rule['severity'] = 'error'): Rule {
  return {
    code,
    severity,
    incident: 'it broke',
    *check(site) {
      for (const construct of at(site)) yield findingAt(construct, this, 'is wrong', 'put it right');
    },
  };
}

test.each<[unknown, string]>([
  ['Lab', '"Lab"'],
  ['1lab', '"1lab"'],
  ['', '""'],
  ['a/b', '"a/b"'],
  [5, '5'],
  [undefined, 'undefined'],
])('the id %p is told', (id, shown) => {
  expect(told(() => new Site(untyped(id), { domain: 'lab.example.net' }))).toBe(
    `[Site] the id of a site is lower-case letters, digits and dashes, got ${shown}; write it like optiplex-cloud (SITE_ID)`,
  );
});

test.each<[unknown, string]>([
  [{ domain: 'lab' }, '"lab"'],
  [{ domain: 'Lab.example.net' }, '"Lab.example.net"'],
  [{ domain: 'lab..net' }, '"lab..net"'],
  [{ domain: '-lab.net' }, '"-lab.net"'],
  [{ domain: 5 }, '5'],
  [{}, 'undefined'],
  [undefined, 'undefined'],
])('the props %p are told', (props, shown) => {
  expect(told(() => new Site('lab', untyped(props)))).toBe(
    `[lab] domain must be a lower-case DNS name of two labels or more, got ${shown}; write it like cloud.example.net, see RFC 1035 section 2.3.1 (SITE_DOMAIN)`,
  );
});

test('is found from the model and from every engine, also one in another', () => {
  const site = lab();
  const owner = new Construct(site, 'vms');
  const outer = engine();
  adopt(owner, outer);
  const inner = engine();
  adopt(new Construct(outer, 'stack'), inner);
  const deep = new Construct(new Construct(inner, 'chart'), 'web');
  for (const construct of [site, owner, outer, deep]) expect(Site.of(construct)).toBe(site);
  expect(enginesOf(owner)).toEqual([outer]);
  expect(site.findAll().map(construct => construct.node.id)).toEqual(['lab', 'vms', '', 'stack', '', 'chart', 'web']);
});

test('outside a site there is none, and whoever needs one is told', () => {
  const alone = new Construct(engine(), 'chart');
  expect(Site.find(alone)).toBeUndefined();
  expect(told(() => Site.of(alone))).toBe('[chart] is not inside a Site; pass the site, or something in it, as scope (SITE_MISSING)');
});

test('every problem is told at once, sorted, in whatever order the model was built', () => {
  const build = (ids: string[]) => {
    const site = lab();
    for (const id of ids) new Construct(site, id).node.addValidation({ validate: () => ['has no disk', 'has no address'] });
    const children = (s: Site) => s.node.children as Construct[];
    site.addRules(...(ids[0] === 'b' ? ['Z_RULE', 'A_RULE'] : ['A_RULE', 'Z_RULE']).map(code => rule(code, children)));
    return told(() => site.render());
  };
  expect(build(['b', 'a'])).toBe(`lab: 8 errors, nothing was written
  error [lab/a] is wrong; put it right (A_RULE)
  error [lab/a] has no address (CONSTRUCT_VALIDATION)
  error [lab/a] has no disk (CONSTRUCT_VALIDATION)
  error [lab/a] is wrong; put it right (Z_RULE)
  error [lab/b] is wrong; put it right (A_RULE)
  error [lab/b] has no address (CONSTRUCT_VALIDATION)
  error [lab/b] has no disk (CONSTRUCT_VALIDATION)
  error [lab/b] is wrong; put it right (Z_RULE)`);
  expect(build(['a', 'b'])).toBe(build(['b', 'a']));
});

test('one error is one error, and warnings are told with it', () => {
  const site = lab();
  site.addRules(
    rule('WRONG', s => [s]),
    rule('DOUBTFUL', s => [s], 'warning'),
  );
  expect(told(() => site.render())).toBe(
    'lab: 1 error, nothing was written\n  error [lab] is wrong; put it right (WRONG)\n  warning [lab] is wrong; put it right (DOUBTFUL)',
  );
});

test('a rule that two packages register is checked once', () => {
  const site = lab();
  const wrong = rule('WRONG', s => [s]);
  site.addRules(wrong, wrong);
  site.addRules(wrong);
  expect(site.check()).toHaveLength(1);
});

test('validations of engine constructs count', () => {
  const site = lab();
  const root = engine();
  adopt(new Construct(site, 'vms'), root);
  new Construct(root, 'web').node.addValidation({ validate: () => ['has no disk'] });
  expect(Testing.findings(site)).toEqual(['error [lab/vms/web] has no disk (CONSTRUCT_VALIDATION)']);
});

it('what reads the rendered files sees all of them, and stops the synthesis when it finds something', () => {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const seen: string[] = [];
  site.onRendered(output => {
    seen.push(...output.entries().map(([path]) => path));
    return [{ code: 'READ', severity: 'error', path: 'lab/late', message: 'was read', fix: 'write it otherwise' }];
  });
  onRender(new Construct(site, 'late'), output => output.write(site, 'late.txt', 'late'));
  expect(Testing.findings(site)).toEqual(['error [lab/late] was read; write it otherwise (READ)']);
  expect(seen).toEqual(['late.txt']);
});

test('what completes the model runs before it is checked, and once', () => {
  const site = lab();
  site.onPrepare(() => new Construct(site, 'late').node.addValidation({ validate: () => ['seen'] }));
  expect([site.check().length, site.check().length]).toEqual([1, 1]);
});

test('faults of renderers are told at once too, and a fault of ours is not dressed up', () => {
  const site = lab();
  for (const id of ['b', 'a']) {
    const construct = new Construct(site, id);
    onRender(construct, () => {
      throw new ConfigError(construct, 'RENDER', 'cannot be written', { got: 5, fix: 'write 6' });
    });
  }
  expect(told(() => site.render())).toBe(`lab: 2 errors, nothing was written
  error [lab/a] cannot be written, got 5; write 6 (RENDER)
  error [lab/b] cannot be written, got 5; write 6 (RENDER)`);

  const other = lab();
  onRender(new Construct(other, 'x'), () => (untyped(undefined) as { y: { z: 1 } }).y.z);
  expect(() => other.render()).toThrow(TypeError);
  expect(() => findingOf(new TypeError('ours'))).toThrow(TypeError);
});

test('a secret in a file stops it', () => {
  const site = lab();
  const web = new Construct(site, 'web');
  onRender(web, output => output.write(web, 'env', `TOKEN=${'ghp_'}${'a'.repeat(36)}`));
  expect(told(() => site.render())).toBe(
    'lab: 1 error, nothing was written\n  error [lab/web] env holds a GitHub token; pass a Secret, and let the consumer read it at run time (SECRET_IN_OUTPUT)',
  );
});

describe('synth', () => {
  const folder = () => join(mkdtempSync(join(tmpdir(), 'site-')), 'out');

  test('writes the files, and what is kept beside them after', () => {
    const site = lab();
    const web = new Construct(site, 'web');
    onRender(web, output => output.write(web, 'web.conf', 'x\n'));
    const outdir = folder();
    let committed = false;
    site.onCommit(() => {
      committed = existsSync(join(outdir, 'web.conf'));
    });
    expect(site.synth(outdir)).toEqual({ outdir, warnings: [], written: ['web.conf'], removed: [], unchanged: 0 });
    expect(committed).toBe(true);
  });

  test('leaves the earlier output as it is when anything is wrong', () => {
    const outdir = folder();
    const build = (text: string, wrong: boolean) => {
      const site = lab();
      const web = new Construct(site, 'web');
      onRender(web, output => output.write(web, 'web.conf', text));
      if (wrong) site.addRules(rule('WRONG', s => [s]));
      return site.synth(outdir);
    };
    build('1', false);
    expect(() => build('2', true)).toThrow(SynthesisError);
    expect(readFileSync(join(outdir, 'web.conf'), 'utf8')).toBe('1');
  });

  test('gives another program its part of the output, and leaves ours and what is beside it alone', () => {
    const site = lab();
    const outdir = folder();
    let committed = false;
    site.onCommit(() => {
      committed = true;
    });
    const seen: string[] = [];
    site.addProjection({ variable: 'ENGINE_OUTDIR', write: (_, target) => void seen.push(target) });
    process.env.ENGINE_OUTDIR = '/elsewhere';
    try {
      expect(site.synth(outdir)).toEqual({ outdir: '/elsewhere', warnings: [], written: [], removed: [], unchanged: 0 });
    } finally {
      delete process.env.ENGINE_OUTDIR;
    }
    expect([seen, committed, existsSync(outdir)]).toEqual([['/elsewhere'], false, false]);
    site.synth(outdir);
    expect(committed).toBe(true);
  });
});

test('the producer of a token is asked of every engine', () => {
  const site = lab();
  site.addTokenReader(() => undefined);
  site.addTokenReader(text => (text === 'token' ? 'lab/vms/web' : undefined));
  expect([site.producerOf('token'), site.producerOf('text')]).toEqual(['lab/vms/web', undefined]);
});

test('for other teams: a site in memory, its files and its findings', () => {
  const site = Testing.site();
  const web = new Construct(site, 'web');
  onRender(web, output => output.write(web, 'web.conf', 'x'));
  expect(Testing.files(web)).toEqual({ 'web.conf': 'x' });
  expect(Testing.findings(web)).toEqual([]);
  site.addRules(rule('DOUBTFUL', s => [s], 'warning'));
  expect(Testing.findings(web)).toEqual(['warning [test] is wrong; put it right (DOUBTFUL)']);
  onRender(new Construct(site, 'ours'), () => {
    throw new RangeError('ours');
  });
  expect(() => Testing.findings(web)).toThrow(RangeError);
});
