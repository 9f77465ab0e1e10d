import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedStep } from '@ashlar/analysis';
import { CONTROL_PLANE } from '../kubernetes/control-plane';
import { engines } from '../terraform/engine';
import { ReplayedProviders } from '../terraform/replayed-providers';
import { describeWith, ROOT } from '../tool';
import { Verdict } from '../verdict';
import { type EndState, endState, states, versions } from './end-state';
import { killedAtEveryStep } from './killed-run';
import { PLAYED, RehearsedApp } from './rehearsed-app';

const OUT = join(ROOT, 'apps/optiplex-cloud/out');
const [engine] = engines().filter(({ program }) => program !== undefined);

/** Who does a step here: the program that will do it, a stand-in for one, or nobody but the person who says that it is done. */
function doneBy({ check }: PlannedStep): 'real' | 'stand-in' | 'person' {
  if ('ask' in check) return 'person';
  const words = check.command[0] === 'sh' ? check.command.join(' ').split(/\W+/) : [check.command[0]];
  return words.some(word => PLAYED.includes(word)) ? 'stand-in' : 'real';
}

/** Prints who did which steps, and counts them. */
function tell(plan: string, steps: readonly PlannedStep[]): Readonly<Record<ReturnType<typeof doneBy>, number>> {
  const lines = (['real', 'stand-in', 'person'] as const).map(who => {
    const ids = steps.filter(step => doneBy(step) === who).map(({ id }) => id.replace(/^[^/]+\//, ''));
    return [who, ids] as const;
  });
  const texts = lines.map(
    ([who, ids]) => `  BY ${who === 'real' ? 'THE REAL PROGRAM' : `A ${who.toUpperCase()}`}: ${ids.length}: ${ids.join(', ')}`,
  );
  process.stdout.write(`\n${plan}, ${steps.length} STEPS\n${texts.join('\n')}\n`);
  return Object.fromEntries(lines.map(([who, ids]) => [who, ids.length])) as Record<ReturnType<typeof doneBy>, number>;
}

describeWith([...CONTROL_PLANE, 'kubectl', 'jq', 'terraform-provider-replay', 'shared'], 'plans, really run', () => {
  const verdict = new Verdict('ashlar up and down, rehearsed');
  let providers: ReplayedProviders;
  let app: RehearsedApp;
  let undisturbed: EndState;

  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterAll(async () => {
    await app?.stop();
    providers?.remove();
  });
  const begin = async () => {
    app = await RehearsedApp.start(OUT, engine?.program as string, providers);
  };
  const refused = async (ending: Promise<{ code: number | null; said: string }>, error: string | RegExp) => {
    const { code, said } = await ending;
    verdict.sawBroken(code === 1 && (typeof error === 'string' ? said.includes(error) : error.test(said)));
    expect(said).toMatch(error);
    expect(code).toBe(1);
  };
  /** Runs steps of the test over what is there. */
  const only = async (steps: readonly (Partial<PlannedStep> & { readonly id: string })[], ...args: string[]) => {
    const common = {
      title: 'Try',
      undo: { nothing: 'it is a test' },
      budgetSeconds: 60,
      needs: [],
      action: { waits: 'it' },
      check: { command: ['true'] },
    } as const;
    app.writePlan(
      steps.map(step => ({ ...common, ...step })),
      'trial',
    );
    return app.ashlar('run', 'trial', ...args);
  };

  test('of what programs do to start up, the real ones do more than half', () => {
    const { steps } = RehearsedApp.planOf(OUT, 'plan');
    const counts = tell('START-UP', steps);
    expect(counts.real).toBeGreaterThan((counts.real + counts['stand-in']) / 2);
    tell('SHUTDOWN', RehearsedApp.planOf(OUT, 'shutdown').steps);
  });

  test('undisturbed, everything comes up', async () => {
    await begin();
    const { code, said } = await app.ashlar('up', ...app.people());
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(app.calls.filter(call => call.code === 99)).toEqual([]);
    undisturbed = await endState(app);
    verdict.took(app.plan().steps.length);
    await app.stop();
  });

  test('killed at every step, it ends in the same state', async () => {
    await begin();
    const { killed, runs } = await killedAtEveryStep(app, app.people());
    process.stdout.write(`\nkilled ${runs - 1} times, at ${killed.size} steps\n`);
    expect([...killed].sort()).toEqual(
      app
        .plan()
        .steps.map(({ id }) => id)
        .sort(),
    );
    expect(await endState(app)).toEqual(undisturbed);
    expect(app.calls.filter(call => call.code === 99)).toEqual([]);
    verdict.took(killed.size);
  });

  test('once more, it changes nothing', async () => {
    const before = { versions: await versions(app), states: states(app) };
    const { code, said } = await app.ashlar('up');
    const lines = said.trim().split('\n');
    expect(lines.filter(line => !line.endsWith(' … there already'))).toEqual([
      expect.stringMatching(/^start-up of optiplex-cloud is done, in /),
    ]);
    expect(lines).toHaveLength(app.plan().steps.length + 1);
    expect(code).toBe(0);
    expect({ versions: await versions(app), states: states(app) }).toEqual(before);
  });

  test('broken: secrets that are missing or wrong', async () => {
    await refused(
      app.start(['up'], { TF_VAR_proxmox_api_token: undefined }).ending,
      /the environment has no TF_VAR_proxmox_api_token \(for \S+:apply\); set them/,
    );
    await refused(app.start(['up'], { TF_VAR_proxmox_api_token: 'wrong' }).ending, 'an API token is written user@realm!name=uuid');
    await refused(app.start(['up'], { PATH: '/nowhere' }).ending, 'this machine has no curl (for ');
  });

  test('broken: a cluster that lets nobody in', async () => {
    const check = { command: ['kubectl', '--context', 'games', 'get', '--raw', '/readyz'] } as const;
    await refused(
      only([{ id: 'lab/games:access', check, budgetSeconds: 3 }]),
      'it was not done within its 3 s: its check still fails: kubectl --context games',
    );
  });

  test('broken: what Terraform would destroy', async () => {
    const held = app.store.held('hypervisors');
    const job = held.find(address => address.startsWith('proxmox_backup_job.')) as string;
    const repair = app.changed('terraform/hypervisors/cdk.tf.json', text => {
      const configuration = JSON.parse(text);
      delete configuration.resource.proxmox_backup_job;
      return JSON.stringify(configuration);
    });
    const step = { id: 'lab/hypervisors:apply', action: { terraform: 'hypervisors' } } as const;
    await refused(
      only([step]),
      `the plan of hypervisors destroys or replaces ${job}; save what is on it, then write --allow-destroy (STATE_LOSS)`,
    );
    expect(app.store.held('hypervisors')).toEqual(held);
    expect(await only([step], '--allow-destroy')).toMatchObject({ code: 0 });
    expect(app.store.held('hypervisors')).toEqual(held.filter(address => address !== job));
    repair();
    expect(await only([step])).toMatchObject({ code: 0 });
    expect(app.store.held('hypervisors')).toEqual(held);
  });

  test('broken: a state that nobody has agreed to destroy', async () => {
    app.addState('trial', { resource: { terraform_data: { kept: { input: 'data' } } } });
    const step = { id: 'lab/trial:state', action: { terraform: 'trial' } } as const;
    expect(await only([step])).toMatchObject({ code: 0 });
    const gone = [{ ...step, action: { terraform: 'trial', destroy: true } }];
    await refused(only(gone), 'write --consent lab/trial:state (STEP_UNATTENDED)');
    expect(app.store.held('trial')).toEqual(['terraform_data.kept']);
    expect(await only(gone, '--consent', 'lab/trial:state')).toMatchObject({ code: 0 });
    expect(app.store.held('trial')).toEqual([]);
  });

  test('broken: an object that the API server refuses; repaired, it goes on', async () => {
    const file = join(app.folder, 'out/trial.yaml');
    const object = (port: number) => {
      return JSON.stringify({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'trial', namespace: 'shop' },
        spec: { ports: [{ port }] },
      });
    };
    const on = (...args: string[]) => ['kubectl', '--context', 'prod', ...args] as [string, ...string[]];
    const steps = [
      { id: 'lab/before:look', action: { run: [on('get', '--raw', '/readyz')] }, check: { command: ['test', '-e', 'trial.yaml'] } },
      {
        id: 'lab/trial:apply',
        action: { run: [on('apply', '--server-side', '--field-manager=ashlar', '--filename', 'trial.yaml')] },
        check: { command: on('diff', '--server-side', '--field-manager=ashlar', '--filename', 'trial.yaml') },
        needs: ['lab/before:look'],
      },
    ] as const;
    writeFileSync(file, object(70_000));
    await refused(
      only(steps),
      /Service "trial" is invalid:[\s\S]*spec\.ports\[0\]\.port: Invalid value: 70000[\s\S]*1 of 2 steps are done/,
    );
    writeFileSync(file, object(80));
    const { code, said } = await only(steps);
    expect(said).toMatch(/lab\/before:look {2}Try … there already\n\[2\/2\] lab\/trial:apply {2}Try … done in/);
    expect(code).toBe(0);
    expect((await only(steps)).said).toContain('lab/trial:apply  Try … there already');
  });

  test('broken: what Argo CD cannot apply is not healthy in time', async () => {
    const name = 'kubernetes/prod/shop/Service-web.yaml';
    const repair = app.changed(name, text => text.replace(/port: \d+/, 'port: 70000'));
    const [shop] = app.plan().steps.filter(({ id }) => id.endsWith('/shop:delivered'));
    await app.healthOf('shop', 'Degraded');
    await refused(only([{ ...(shop as PlannedStep), needs: [], budgetSeconds: 3 }]), 'it was not done within its 3 s');
    repair();
    await app.healthOf('shop', 'Healthy');
    expect(await only([{ ...(shop as PlannedStep), needs: [] }])).toMatchObject({ code: 0 });
  });

  test('broken: a plan that somebody edited', async () => {
    const step = { id: 'a:x' } as const;
    await refused(
      only([
        { ...step, needs: ['b:x'] },
        { id: 'b:x', needs: ['a:x'] },
      ]),
      '[a:x → b:x → a:x] these steps of ',
    );
    await refused(only([{ ...step, needs: ['c:x'] }]), '[a:x] it needs c:x, which ');
    await refused(only([step, step]), '[a:x] ');
    await refused(only([{ ...step, action: { sing: 'a song' } as never }]), 'step a:x has an action that is not known here');
    await refused(app.ashlar('run', 'nothing'), 'there is no ');
  });

  test('broken: what nobody has said or agreed to', async () => {
    await refused(only([{ id: 'lab/rack:look', check: { ask: 'Are the lamps green?' } }]), 'write --done lab/rack:look (STEP_UNATTENDED)');
    await refused(
      only([{ id: 'lab/disk:wipe', check: { command: ['false'] }, destroys: 'the disk' }]),
      'write --consent lab/disk:wipe (STEP_UNATTENDED)',
    );
  });

  test('broken: a second run beside one that lives', async () => {
    app.writePlan(
      [
        {
          id: 'a:x',
          title: 'Wait',
          action: { waits: 'it' },
          check: { command: ['test', '-e', 'go'] },
          undo: { nothing: 'it is a test' },
          budgetSeconds: 60,
          needs: [],
        },
      ],
      'slow',
    );
    const living = app.start(['run', 'slow']);
    while (app.begun('slow').length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    await refused(
      app.ashlar('up'),
      `another run is under way here: process ${living.pid}; wait until it ends, or end it: kill ${living.pid} (RUN_UNDER_WAY)`,
    );
    writeFileSync(join(app.folder, 'out/go'), '');
    expect(await living.ending).toMatchObject({ code: 0 });
    rmSync(join(app.folder, 'out/go'));
  });

  test('everything goes down, and nothing is destroyed', async () => {
    const held = app.store.held('hypervisors');
    const { code, said } = await app.ashlar('down', ...app.people('shutdown'));
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(app.calls.filter(call => call.code === 99)).toEqual([]);
    expect(app.store.held('hypervisors')).toEqual(held);
    const { items } = (await app.plane.client.call('GET', '/api/v1/nodes')).body;
    expect(items.map(({ spec }: { spec: { unschedulable?: boolean } }) => spec.unschedulable)).toEqual(items.map(() => true));
    verdict.took(app.plan('shutdown').steps.length);
    expect(existsSync(join(app.folder, '.ashlar/runs/shutdown.jsonl'))).toBe(true);
  });
});
