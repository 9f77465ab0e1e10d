import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { making, TestApp } from './test-app';

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
});
afterEach(() => app.remove());

/** Waits for a file of the test. */
async function there(path: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (app.has(path)) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${path} did not come`);
}

/** A step that takes a while, and tells when it is at it. It refuses to be there twice at once. */
function slow(name: string, seconds: number, ...needs: readonly string[]) {
  const script = `mkdir ../${name}.lock || { echo ${name} >>../twice; exit 9; }; touch ../${name}.begun; sleep ${seconds}; echo ${name} >>../done; touch ../${name}; rmdir ../${name}.lock`;
  return { ...making(name, ...needs), action: { run: [['sh', '-c', script]] } } as const;
}

test('after a kill in the middle of a step, the next run waits for what goes on, and does not do it twice', async () => {
  app.plan([making('a'), slow('b', 2, 'a'), making('c', 'b')]);
  const { child, ending } = app.start(['up']);
  await there('b.begun');
  child.kill('SIGKILL');
  await ending;
  expect((await app.ashlar('status')).out).toBe('start-up: 1 of 3 steps done; begun: lab/b:make\nno run is under way\n');
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect(app.lines('done')).toEqual(['a', 'b', 'c']);
  expect(app.has('twice')).toBe(false);
});

test('whenever it is killed, the next run ends in the same state', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  app.plan([slow('a', 0.2), slow('b', 0.2, 'a'), slow('c', 0.2, 'a'), slow('d', 0.2, 'b', 'c'), slow('e', 0.2), slow('f', 0.2, 'e')]);
  for (let run = 0; run < 12; run++) {
    const { child, ending } = app.start(['up']);
    setTimeout(() => child.kill('SIGKILL'), 60 + Math.random() * 350);
    await ending;
  }
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect([...app.lines('done')].sort()).toEqual(names);
  expect(app.has('twice')).toBe(false);
  expect((await app.ashlar('status')).out).toBe('start-up: 6 of 6 steps done\nno run is under way\n');
});

test('a line of the journal that was cut off is passed over', async () => {
  app.plan([making('a'), making('b', 'a')]);
  await app.ashlar('up');
  const whole = app.read('.ashlar/runs/start-up.jsonl');
  app.write('.ashlar/runs/start-up.jsonl', whole.slice(0, -9));
  expect((await app.ashlar('status')).out).toContain('start-up: 2 of 2 steps done');
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect(app.lines('.ashlar/runs/start-up.jsonl').filter(line => line.endsWith('}')).length).toBeGreaterThan(8);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends the programs, and says how to go on', async (signal, code) => {
  app.plan([making('a'), slow('b', 30, 'a'), making('c', 'b')]);
  const { child, ending } = app.start(['up']);
  await there('b.begun');
  child.kill(signal);
  const end = await ending;
  expect(end.code).toBe(code);
  expect(end.said).toContain(
    `error [start-up] ${signal} ended the run; 1 of 3 steps are done and stay done; go on with ashlar up (RUN_INTERRUPTED)\n`,
  );
  expect(app.has('b')).toBe(false);
  expect(app.has('c')).toBe(false);
});

test('one run at a time, and the lock of a run that was killed is taken over', async () => {
  app.plan([slow('a', 2)]);
  const { child, ending } = app.start(['up']);
  await there('a.begun');
  const { code, said } = await app.ashlar('down', '--dry-run').then(() => app.ashlar('up'));
  expect(said).toBe(
    `error [start-up] another run is under way here: process ${child.pid}; wait until it ends, or end it: kill ${child.pid} (RUN_UNDER_WAY)\n`,
  );
  expect(code).toBe(1);
  expect((await app.ashlar('status')).out).toContain(`a run is under way: process ${child.pid}\n`);
  child.kill('SIGKILL');
  await ending;
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  expect(app.files('.ashlar')).toEqual(['logs', 'runs']);
});

test('a number that was given to another process since is no lock', async () => {
  app.plan([making('a')]);
  await app.ashlar('up');
  const other = spawn('sleep', ['30']);
  app.write(`.ashlar/run-${other.pid}`, JSON.stringify({ pid: other.pid, start: '1' }));
  expect(await app.ashlar('up')).toMatchObject({ code: 0 });
  other.kill();
  await once(other, 'close');
});
