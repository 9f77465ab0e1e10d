import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { PlannedStep } from '@ashlar/analysis';
import { Journal } from '../../src/run/journal';
import { RunPlace } from '../../src/run/run-place';
import type { StepContext } from '../../src/run/step-context';
import { StepLog } from '../../src/run/step-log';
import { StepRun } from '../../src/run/step-run';
import { making, TestApp } from './test-app';

let app: TestApp;
let told: string[];
let asked: string;
beforeEach(() => {
  app = new TestApp();
  told = [];
  asked = '';
});
afterEach(() => app.remove());

/** Runs one step, with somebody at the terminal who answers, or with nobody. */
function run(step: PlannedStep, answer: string | undefined, given: Partial<StepContext> = {}): Promise<string> {
  const place = new RunPlace(join(app.folder, 'out'));
  mkdirSync(place.folder, { recursive: true });
  const output = new PassThrough().on('data', chunk => {
    asked += chunk;
  });
  const input = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
  if (answer !== undefined) input.write(`${answer}\n`);
  const context: StepContext = {
    place,
    journal: new Journal(place.journal('start-up')),
    environment: { PATH: `${app.folder}/bin:/usr/bin:/bin` },
    signal: new AbortController().signal,
    terminal: { input, output },
    acknowledged: new Set(),
    consented: new Set(),
    allowDestroy: false,
    tell: text => told.push(text),
    alone: ask => ask(),
    ...given,
  };
  const log = new StepLog(place.logs('start-up'), 1, 1, step.id);
  return new StepRun(step, log, context).run().finally(() => log.close());
}

const LOOK: PlannedStep = { ...making('look'), action: { byHand: 'Look at the lamps' }, check: { ask: 'Are all lamps green?' } };
const LOSS: PlannedStep = { ...making('disk'), destroys: 'what is on the disk' };

test('what a person does is told, and asked about', async () => {
  expect(await run(LOOK, 'yes')).toBe('done');
  expect(told).toEqual(['lab/look:make: Look at the lamps']);
  expect(asked).toBe('Make look: Are all lamps green? Only yes is taken for consent: ');
  expect(new Journal(join(app.folder, '.ashlar/runs/start-up.jsonl')).acknowledged(false)).toEqual(new Set(['lab/look:make']));
  await expect(run(LOOK, 'no')).rejects.toThrow('[lab/look:make] Are all lamps green? Nobody has said yes (STEP_DECLINED)');
});

test('what a person has said is not asked again', async () => {
  expect(await run(LOOK, undefined, { acknowledged: new Set(['lab/look:make']) })).toBe('there');
  expect(told).toEqual([]);
});

test('where nobody is, the step is named', async () => {
  await expect(run(LOOK, undefined)).rejects.toThrow(
    '[lab/look:make] there is no terminal to ask: Are all lamps green?; once somebody has seen to it, write --done lab/look:make (STEP_UNATTENDED)',
  );
  await expect(run(LOSS, undefined)).rejects.toThrow(
    '[lab/disk:make] there is no terminal to ask: It destroys what is on the disk.; once somebody has seen to it, write --consent lab/disk:make (STEP_UNATTENDED)',
  );
  expect(app.has('disk')).toBe(false);
});

test('what a person does and a program can see is waited for', async () => {
  setTimeout(() => app.write('button', ''), 500);
  expect(await run({ ...LOOK, check: { command: ['test', '-e', '../button'] } }, undefined)).toBe('done');
  expect(told).toEqual(['lab/look:make: Look at the lamps']);
});

test('nothing is destroyed without consent', async () => {
  await expect(run(LOSS, 'no')).rejects.toThrow('[lab/disk:make] nobody has agreed to it, and nothing was destroyed (STEP_DECLINED)');
  expect(app.has('disk')).toBe(false);
  expect(asked).toBe('It destroys what is on the disk.\nMake disk? Only yes is taken for consent: ');
  expect(await run(LOSS, 'yes')).toBe('done');
  expect(app.has('disk')).toBe(true);
});

test('consent may be given beforehand, and what is done needs none', async () => {
  expect(await run(LOSS, undefined, { consented: new Set(['lab/disk:make']) })).toBe('done');
  expect(await run(LOSS, undefined)).toBe('there');
});

test('the time of a person is not that of the budget', async () => {
  const slow = { ...LOSS, budgetSeconds: 1, action: { run: [['sh', '-c', 'sleep 0.6; touch ../disk']] } } as const;
  const alone: StepContext['alone'] = async ask => {
    await new Promise(resolve => setTimeout(resolve, 900));
    return ask();
  };
  expect(await run(slow, 'yes', { alone })).toBe('done');
});

test('what people have said about a plan holds until another is run', async () => {
  app.plan([LOOK]);
  app.plan([making('a')], 'shutdown');
  expect(await app.ashlar('up', '--done', LOOK.id)).toMatchObject({ code: 0 });
  expect((await app.ashlar('up')).said).toBe('[1/1] lab/look:make  Make look … there already\nstart-up of lab is done, in 0 s\n');
  expect(await app.ashlar('down')).toMatchObject({ code: 0 });
  const { code, said } = await app.ashlar('up');
  expect(code).toBe(1);
  expect(said).toContain('once somebody has seen to it, write --done lab/look:make (STEP_UNATTENDED)\n');
});

test('what people have said about an upgrade holds until it is over', async () => {
  app.plan([LOOK], 'upgrade');
  expect(await app.ashlar('run', 'upgrade', '--done', LOOK.id)).toMatchObject({ code: 0 });
  expect(await app.ashlar('run', 'upgrade')).toMatchObject({ code: 1 });
});
