import { statSync } from 'node:fs';
import { join } from 'node:path';
import { making, TestApp } from './test-app';

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
});
afterEach(() => app.remove());

test('each step is done after what it needs, one line for each', async () => {
  app.plan([making('a'), making('b', 'a'), making('c', 'b')]);
  const { code, said } = await app.ashlar('up');
  expect(said.replaceAll(/in \d+ s/g, 'in 0 s')).toBe(
    ['a', 'b', 'c'].map((name, i) => `[${i + 1}/3] lab/${name}:make  Make ${name} … done in 0 s (budget 30 s)\n`).join('') +
      'start-up of lab is done, in 0 s\n',
  );
  expect(code).toBe(0);
  expect(app.lines('done')).toEqual(['a', 'b', 'c']);
});

test('a second run changes nothing', async () => {
  app.plan([making('a'), making('b', 'a')]);
  await app.ashlar('up');
  const { code, said } = await app.ashlar('up');
  expect(said).toBe(
    '[1/2] lab/a:make  Make a … there already\n[2/2] lab/b:make  Make b … there already\nstart-up of lab is done, in 0 s\n',
  );
  expect(code).toBe(0);
  expect(app.lines('done')).toEqual(['a', 'b']);
});

test('what does not need each other is done at once, as far as one wants', async () => {
  const meeting = (name: string, other: string) =>
    ({
      ...making(name),
      action: {
        run: [
          [
            'sh',
            '-c',
            `touch ../${name}.here; for i in $(seq 40); do test -e ../${other}.here && break; sleep 0.1; done; test -e ../${other}.here && touch ../${name}`,
          ],
        ],
      },
    }) as const;
  const steps = [meeting('a', 'b'), meeting('b', 'a')];
  app.plan(steps);
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  const alone = new TestApp();
  alone.plan(steps);
  const { said } = await alone.ashlar('up', '--jobs', '1');
  alone.remove();
  expect(said).toContain('[1/2] lab/a:make  Make a … failed');
});

test('what only waits keeps nobody from working', async () => {
  const waiting = {
    id: 'lab/w:ready',
    title: 'Wait for z',
    action: { waits: 'z makes it' },
    check: { command: ['test', '-e', '../z'] },
  } as const;
  app.plan([waiting, making('z')]);
  const { code, said } = await app.ashlar('up', '--jobs', '1');
  expect(said).toContain('lab/w:ready  Wait for z … done in');
  expect(code).toBe(0);
});

test('a check is repeated until what was begun is there', async () => {
  app.plan([{ ...making('slow'), action: { run: [['sh', '-c', '(sleep 1; touch ../slow) >/dev/null 2>&1 &']] } }]);
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect(app.has('slow')).toBe(true);
});

test('programs run in the output folder, with the access to the clusters of the app, and no shell reads them', async () => {
  app.program('tell', 'printf "%s\\n" "$PWD" "$KUBECONFIG" "$TALOSCONFIG" "$@" >../told');
  app.plan([
    {
      ...making('a'),
      action: {
        run: [
          ['tell', '$HOME', 'a b', "it's; #"],
          ['touch', '../a'],
        ],
      },
    },
  ]);
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  const folder = statSync(join(app.folder, 'out'));
  expect(statSync(app.lines('told')[0] as string).ino).toBe(folder.ino);
  expect(app.lines('told').slice(1)).toEqual([
    expect.stringMatching(/\/\.ashlar\/kubeconfig$/),
    expect.stringMatching(/\/\.ashlar\/talosconfig$/),
    '$HOME',
    'a b',
    "it's; #",
  ]);
});

test('where a step fails, those that run are let finish, and no other begins', async () => {
  app.plan([
    { ...making('bad'), action: { run: [['sh', '-c', 'echo the disk is full; exit 3']] } },
    { ...making('long'), action: { run: [['sh', '-c', 'sleep 1; touch ../long']] } },
    making('after', 'bad'),
    making('later', 'long'),
  ]);
  const { code, said } = await app.ashlar('up');
  expect(code).toBe(1);
  expect(said.replaceAll(/\d{4}-\S+Z/g, 'NOW').replaceAll(/in \d+ s/g, 'in 1 s')).toBe(
    [
      '[1/4] lab/bad:make  Make bad … failed',
      '[2/4] lab/long:make  Make long … done in 1 s (budget 30 s)',
      'error [start-up] 1 step failed',
      "[lab/bad:make] sh -c 'echo the disk is full; exit 3' ended with 3 (STEP_FAILED)",
      '  the end of .ashlar/logs/start-up/1-lab-bad-make.log:',
      '    --- NOW check beforehand: test -e ../bad',
      "    --- NOW run: sh -c 'echo the disk is full; exit 3'",
      '    the disk is full',
      '  to take it back: rm ../bad',
      '1 of 4 steps are done; what is done stays done: repair it, and go on with ashlar up (RUN_FAILED)',
      '',
    ].join('\n'),
  );
  expect([app.has('long'), app.has('after'), app.has('later')]).toEqual([true, false, false]);
});

test('after a repair it goes on', async () => {
  app.plan([making('a'), { ...making('b', 'a'), action: { run: [['sh', '-c', 'test -e ../repaired && touch ../b']] } }]);
  expect(await app.ashlar('up')).toMatchObject({ code: 1 });
  expect((await app.ashlar('status')).out).toBe('start-up: 1 of 2 steps done; failed: lab/b:make\nno run is under way\n');
  app.write('repaired', '');
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect(app.lines('done')).toEqual(['a']);
  expect((await app.ashlar('status')).out).toBe('start-up: 2 of 2 steps done\nno run is under way\n');
});

test('a budget ends a program, and a check that never holds', async () => {
  app.plan([
    { ...making('endless'), budgetSeconds: 1, action: { run: [['sleep', '50']] } },
    { ...making('never'), budgetSeconds: 1, action: { run: [['true']] } },
  ]);
  const { code, said } = await app.ashlar('up');
  expect(code).toBe(1);
  expect(said).toContain('[lab/endless:make] it was not done within its 1 s: sleep 50 was still running (STEP_LATE)\n');
  expect(said).toContain('[lab/never:make] it was not done within its 1 s: its check still fails: test -e ../never (STEP_LATE)\n');
  expect(said).toContain('error [start-up] 2 steps failed\n');
});

test('logs and journals are for their owner only', async () => {
  app.plan([making('a')]);
  await app.ashlar('up');
  const mode = (path: string) => statSync(join(app.folder, path)).mode & 0o777;
  expect(mode('.ashlar')).toBe(0o700);
  expect(mode('.ashlar/runs/start-up.jsonl')).toBe(0o600);
  expect(mode('.ashlar/logs/start-up/1-lab-a-make.log')).toBe(0o600);
});

test('values of secrets are not told, also where a program prints them', async () => {
  app.environment.TF_VAR_token = 'open-sesame';
  app.plan([{ ...making('a'), secrets: ['terraform:var.token'], action: { run: [['sh', '-c', 'echo "it is $TF_VAR_token"; exit 1']] } }]);
  const { said } = await app.ashlar('up');
  expect(said).toContain('    it is (secret)\n');
  expect(said).not.toContain('open-sesame');
  expect(app.read('.ashlar/runs/start-up.jsonl')).not.toContain('open-sesame');
});

test('other plans are run by their names', async () => {
  app.plan([making('a')], 'upgrade');
  app.plan([making('b')], 'replace-node-1');
  app.plan([making('c')], 'shutdown');
  expect(await app.ashlar('run', 'upgrade')).toMatchObject({ code: 0 });
  expect(await app.ashlar('run', 'replace-node-1')).toMatchObject({ code: 0 });
  expect(await app.ashlar('down')).toMatchObject({ code: 0 });
  expect(app.lines('done')).toEqual(['a', 'b', 'c']);
});
