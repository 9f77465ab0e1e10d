import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs an environment as a user does: `node main.js`, in a folder of its own. The program is of plain JavaScript, without types. */
function run(body: string, folder = mkdtempSync(join(tmpdir(), 'environment-'))) {
  const require = createRequire(__filename);
  writeFileSync(
    join(folder, 'main.js'),
    `const core = require(${JSON.stringify(join(__dirname, '../lib'))});
     const { Construct } = require(${JSON.stringify(require.resolve('constructs'))});
     const { environment, Site, onRender, warn } = core;
     exports.lab = environment(module, () => { ${body} });`,
  );
  const { status, stderr, stdout } = spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' });
  return { status, stderr, stdout, folder };
}

const SITE = "const site = new Site('lab', { domain: 'lab.example.net' });";

test('writes to out, says what it did, and ends with 0', () => {
  const body = `${SITE} const web = new Construct(site, 'web'); onRender(web, o => o.write(web, 'web.conf', 'x')); return site;`;
  const first = run(body);
  expect(first).toMatchObject({ status: 0, stdout: '', stderr: 'lab: 1 files written, 0 removed, 0 unchanged in out\n' });
  expect(readFileSync(join(first.folder, 'out/web.conf'), 'utf8')).toBe('x');
  expect(run(body, first.folder).stderr).toBe('lab: 0 files written, 0 removed, 1 unchanged in out\n');
});

test('warnings are told, and end with 0', () => {
  expect(run(`${SITE} warn(site, 'SINGLE_FEED', 'stands on one feed', 'add another'); return site;`)).toMatchObject({
    status: 0,
    stderr: 'warning [lab] stands on one feed; add another (SINGLE_FEED)\nlab: 0 files written, 0 removed, 0 unchanged in out\n',
  });
});

test.each<[string, string, string]>([
  [
    'an error of a constructor',
    "return new Site('Lab', { domain: 'lab.example.net' });",
    'error [Site] the id of a site is lower-case letters, digits and dashes, got "Lab"; write it like optiplex-cloud (SITE_ID)\n',
  ],
  [
    'an error of the whole model',
    `${SITE} site.node.addValidation({ validate: () => ['has no rack'] }); return site;`,
    'lab: 1 error, nothing was written\n  error [lab] has no rack (CONSTRUCT_VALIDATION)\n',
  ],
  [
    'an id that is taken, by the constructs library',
    `${SITE} new Construct(site, 'web'); new Construct(site, 'web'); return site;`,
    'error [lab] already holds a construct web; choose another id (ID_TAKEN)\n',
  ],
  [
    'an id that is taken, in something without a name',
    "const root = new Construct(undefined, ''); new Construct(root, 'web'); new Construct(root, 'web');",
    'error [Construct] already holds a construct web; choose another id (ID_TAKEN)\n',
  ],
  [
    'a function that returns nothing',
    SITE,
    'error [environment] the function must return its Site, got undefined; end it with return site (ENVIRONMENT_SITE)\n',
  ],
  [
    'a promise',
    `return (async () => { ${SITE} return site; })();`,
    'error [environment] the function must return its Site, got a Promise; end it with return site (ENVIRONMENT_SITE)\n',
  ],
])('%s is one clear text, without a stack, and ends with 1', (_, body, text) => {
  const result = run(body);
  expect(result).toMatchObject({ status: 1, stdout: '', stderr: text });
  expect(existsSync(join(result.folder, 'out'))).toBe(false);
});

test.each([
  ['a TypeError', `${SITE} undefined.x; return site;`, /TypeError: Cannot read properties of undefined[\s\S]*at .*main\.js:\d+/],
  ['another Error', "throw new Error('the disk is full')", /Error: the disk is full[\s\S]*at .*main\.js:\d+/],
  [
    'a fault of a renderer',
    `${SITE} onRender(site, () => null.x); return site;`,
    /TypeError: Cannot read properties of null[\s\S]*at .*main\.js:\d+/,
  ],
])('%s is a fault of a program, and shows its stack', (_, body, text) => {
  const result = run(body);
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(text);
  expect(existsSync(join(result.folder, 'out'))).toBe(false);
});

test('the earlier output is left as it is', () => {
  const web = (text: string) => `${SITE} const web = new Construct(site, 'web'); onRender(web, o => o.write(web, 'web.conf', '${text}'));`;
  const { folder } = run(`${web('1')} return site;`);
  expect(run(`${web('2')} new Construct(site, 'web'); return site;`, folder).status).toBe(1);
  expect(readFileSync(join(folder, 'out/web.conf'), 'utf8')).toBe('1');
});

test('required by another program, it only defines', () => {
  const { folder } = run(`${SITE} return site;`);
  writeFileSync(join(folder, 'other.js'), "const { lab } = require('./main'); console.log(lab().node.id, typeof lab);");
  const { stdout, stderr } = spawnSync(process.execPath, ['other.js'], { cwd: folder, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['lab function\n', '']);
});
