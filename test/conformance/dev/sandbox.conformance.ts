import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../terraform/configuration';
import { engines } from '../terraform/engine';
import { ReplayedProviders } from '../terraform/replayed-providers';
import { describeWith, ROOT } from '../tool';
import { Verdict } from '../verdict';
import { StateStore } from './state-store';

const APP = join(ROOT, 'apps/dev-sandbox/out');
const OURS = Object.keys((JSON.parse(readFileSync(join(APP, 'sandboxes.json'), 'utf8')) as { developers: object }).developers);
/** A value of the right form that opens nothing, for every secret of every state. */
const SECRETS = Object.fromEntries(
  readdirSync(join(APP, 'terraform')).flatMap(workspace => {
    const configuration = JSON.parse(readFileSync(join(APP, 'terraform', workspace, 'cdk.tf.json'), 'utf8')) as Configuration;
    return Object.keys(configuration.variable ?? {}).map(name => {
      return [
        `TF_VAR_${name}`,
        name === 'proxmox_api_token' ? 'root@pam!placeholder=00000000-0000-0000-0000-000000000000' : `placeholder-of-${name}`,
      ];
    });
  }),
);
const LIMIT = 120_000;

/** How a command ended. */
interface Ending {
  readonly code: number | null;
  readonly said: string;
}

describeWith(['terraform-provider-replay', 'shared'], 'dev-up and dev-down', () => {
  let providers: ReplayedProviders;
  let store: StateStore;
  let folder: string;

  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterAll(() => providers?.remove());
  beforeEach(async () => {
    store = await StateStore.start();
    folder = mkdtempSync(join(tmpdir(), 'ashlar-dev-'));
    cpSync(APP, join(folder, 'out'), { recursive: true });
    for (const name of readdirSync(join(folder, 'out/terraform'))) {
      edit(name, configuration => {
        const address = store.address(name);
        configuration.terraform.backend = {
          http: {
            address,
            lock_address: `${address}/lock`,
            unlock_address: `${address}/lock`,
            lock_method: 'POST',
            unlock_method: 'DELETE',
          },
        };
      });
    }
  });
  afterEach(async () => {
    await store.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Changes the configuration of a state. */
  function edit(workspace: string, change: (configuration: Configuration) => void): void {
    const file = join(folder, 'out/terraform', workspace, 'cdk.tf.json');
    const configuration = JSON.parse(readFileSync(file, 'utf8')) as Configuration;
    change(configuration);
    writeFileSync(file, JSON.stringify(configuration));
  }

  function start(program: string, to: 'up' | 'down', args: readonly string[], environment: Record<string, string> = SECRETS) {
    const child = spawn(process.execPath, [join(ROOT, `packages/cli/lib/dev/dev-${to}.js`), ...args], {
      cwd: folder,
      env: {
        PATH: '/usr/bin:/bin',
        HOME: folder,
        TMPDIR: folder,
        ...providers.environment,
        TERRAFORM_BINARY_NAME: program,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => said.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const ending = new Promise<Ending>(resolve => {
      child.on('close', code => {
        clearTimeout(timer);
        resolve({ code, said: Buffer.concat(said).toString() });
      });
    });
    return { child: child as ChildProcess, ending };
  }

  for (const engine of engines()) {
    const { program } = engine;
    if (!program) {
      test(`SKIPPED: ${engine.name} is not on this machine`, () => {
        if (process.env.CI && engine.required) throw new Error(`${engine.name} is not on this machine; in CI it is required`);
      });
      continue;
    }
    describe(engine.name, () => {
      const verdict = new Verdict(`dev-up and dev-down, by ${engine.name}`);
      const dev = (to: 'up' | 'down', ...args: string[]) => start(program, to, args).ending;
      const refused = async (ending: Promise<Ending>, error: string): Promise<void> => {
        const { code, said } = await ending;
        verdict.sawBroken(code === 1 && said.includes(error));
        expect(said).toContain(error);
        expect(code).toBe(1);
      };

      test(
        'one developer comes up alone, changes nothing a second time, and goes down alone',
        async () => {
          const first = await dev('up', 'alice', '--yes');
          expect(first.said).toContain('alice is up\n  ssh alice@10.3.30.2');
          expect(first.code).toBe(0);
          expect(store.held('dev-alice')).not.toEqual([]);
          expect(store.held('dev-bob')).toEqual([]);
          const second = await dev('up', 'alice'); // nothing to consent to
          expect(second.said).toContain('dev-alice: nothing to change\nalice is up');
          expect(second.code).toBe(0);
          const commons = store.held('commons');
          const own = await dev('up', 'alice', '--own');
          expect(own.said).toContain('dev-alice: nothing to change');
          expect(own.said).not.toContain('commons');
          expect((await dev('down', 'alice', '--yes')).said).toContain('alice is down');
          expect(store.held('dev-alice')).toEqual([]);
          expect(store.held('commons')).toEqual(commons);
          expect(await dev('down', 'alice')).toMatchObject({ code: 0 });
          verdict.took(1);
        },
        LIMIT,
      );

      test(
        'all come up and go down',
        async () => {
          expect(await dev('up', '--all', '--yes')).toMatchObject({ code: 0 });
          for (const name of OURS) expect(store.held(`dev-${name}`)).not.toEqual([]);
          expect(await dev('up', '--all')).toMatchObject({ code: 0 });
          expect(await dev('down', '--all', '--yes')).toMatchObject({ code: 0 });
          for (const name of OURS) expect(store.held(`dev-${name}`)).toEqual([]);
          verdict.took(OURS.length);
        },
        LIMIT,
      );

      test(
        'a plan is shown, and nothing is done without consent',
        async () => {
          const { said, code } = await dev('up', 'alice', '--plan');
          expect(said).toMatch(/dev-alice: \d+ to create\n {4}\+ proxmox_virtual_environment_file\./);
          expect(code).toBe(0);
          await refused(dev('up', 'alice'), 'there is no terminal to ask for consent');
          expect(store.held('dev-alice')).toEqual([]);
          expect(readdirSync(join(folder, '.ashlar/terraform/dev-alice')).filter(name => name.startsWith('plan'))).toEqual([]);
        },
        LIMIT,
      );

      test.each(['SIGKILL', 'SIGTERM'] as const)(
        'what a %s interrupted is taken up again',
        async signal => {
          store.delay = 1000;
          const { child, ending } = start(program, 'up', ['alice', '--yes']);
          await new Promise<void>(resolve => {
            store.onWrite = resolve;
          });
          child.kill(signal);
          await ending;
          store.delay = 0;
          store.onWrite = () => undefined;
          const again = await dev('up', 'alice', '--yes');
          expect(again.said).toContain('alice is up');
          expect(again.code).toBe(0);
          expect((await dev('up', 'alice')).said).toContain('commons: nothing to change\ndev-alice: nothing to change');
          verdict.took(1);
        },
        LIMIT,
      );

      test(
        'what is lost is named before it is lost',
        async () => {
          expect(await dev('up', 'alice', '--yes')).toMatchObject({ code: 0 });
          edit('dev-alice', configuration => {
            delete configuration.resource?.proxmox_virtual_environment_vm;
            delete configuration.resource?.proxmox_virtual_environment_firewall_rules;
            delete configuration.resource?.proxmox_virtual_environment_firewall_options;
          });
          const held = store.held('dev-alice');
          await refused(
            dev('up', 'alice', '--yes'),
            'the plan destroys or replaces dev-alice: proxmox_virtual_environment_firewall_options.',
          );
          expect(store.held('dev-alice')).toEqual(held);
          expect(await dev('up', 'alice', '--yes', '--allow-destroy')).toMatchObject({ code: 0 });
          expect(store.held('dev-alice').length).toBe(held.length - 3);
        },
        LIMIT,
      );

      test(
        'a machine that holds data does not go down',
        async () => {
          edit('dev-alice', configuration => {
            for (const vm of Object.values(configuration.resource?.proxmox_virtual_environment_vm ?? {}))
              vm.lifecycle = { prevent_destroy: true };
          });
          expect(await dev('up', 'alice', '--yes')).toMatchObject({ code: 0 });
          await refused(dev('down', 'alice', '--yes'), 'is protected, because it holds data');
          expect(store.held('dev-alice')).not.toEqual([]);
        },
        LIMIT,
      );

      test(
        'what is wrong is said once, and nothing is done',
        async () => {
          await refused(dev('up', 'mallory', '--yes'), 'there is no such developer, got "mallory"; use one of alice, bob, carol');
          await refused(dev('up', '--yes'), 'names no developer');
          await refused(dev('up', 'alice', '--all'), 'names developers and --all');
          const { TF_VAR_proxmox_api_token: _, ...others } = SECRETS;
          await refused(
            start(program, 'up', ['alice', '--yes'], others).ending,
            'there is no value for TF_VAR_proxmox_api_token; set them',
          );
          edit('dev-alice', configuration => {
            for (const vm of Object.values(configuration.resource?.proxmox_virtual_environment_vm ?? {})) vm.bios = 'coreboot';
          });
          await refused(dev('up', 'alice', '--yes'), 'terraform plan failed');
          writeFileSync(join(folder, 'out/terraform/dev-bob/cdk.tf.json'), '{');
          await refused(dev('up', 'bob', '--yes'), 'is missing or is not JSON');
          rmSync(join(folder, 'out/sandboxes.json'));
          await refused(dev('up', 'alice', '--yes'), 'synthesize an environment with DeveloperSandboxes first');
          expect(existsSync(join(folder, '.ashlar/terraform/dev-bob'))).toBe(false);
          expect(store.held('commons')).toEqual([]);
        },
        LIMIT,
      );
    });
  }
});
