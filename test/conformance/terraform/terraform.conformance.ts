import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, ROOT } from '../tool';
import { Verdict } from '../verdict';
import { AGAINST_THE_API, AGAINST_THE_PROVIDER, spoilt } from './broken';
import { type Committed, type Configuration, changed, committedWorkspaces, destroyable, resources } from './configuration';
import { type Engine, engines } from './engine';
import { hypervisorWorkspaces } from './hypervisor-environments';
import { ReplayedProviders } from './replayed-providers';
import { StateServer } from './state-server';
import { TerraformWorkspace } from './terraform-workspace';

const workspaces = [...committedWorkspaces(), ...hypervisorWorkspaces()];
const configurations = workspaces.map(({ configuration }) => configuration);
const rows: string[] = [];

test('there is a Terraform workspace to check', () => {
  expect(workspaces.map(({ name }) => name)).not.toEqual([]);
});

test('every kind of resource of Proxmox VE that the bindings have is in a workspace, and broken in some way', () => {
  const bound: string[] = JSON.parse(readFileSync(join(ROOT, 'packages/provider-proxmox/bindings.json'), 'utf8')).resources;
  const present = new Set(workspaces.flatMap(({ configuration }) => resources(configuration).map(({ type }) => type)));
  const broken = new Set([...AGAINST_THE_PROVIDER, ...AGAINST_THE_API].map(({ type }) => type));
  expect(bound.filter(type => !present.has(type) || !broken.has(type))).toEqual([]);
});

describeWith(['terraform-provider-replay', 'shared'], 'Terraform', () => {
  let providers: ReplayedProviders;
  let open: TerraformWorkspace[] = [];
  const opened = (engine: Engine, configuration: Configuration, state?: 'local' | 'as configured'): TerraformWorkspace => {
    const workspace = new TerraformWorkspace(engine, providers, configuration, state);
    open.push(workspace);
    return workspace;
  };

  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterEach(() => {
    for (const workspace of open) workspace.remove();
    open = [];
  });
  afterAll(() => {
    providers?.remove();
    const heading = row('engine', 'workspace', 'resources', 'validate', 'plan', 'apply', 'second plan', 'destroy');
    process.stdout.write(`\n${[heading, ...rows].join('\n')}\n`);
  });

  for (const engine of engines()) {
    if (!engine.program) {
      test(`SKIPPED: ${engine.name} is not on this machine`, () => {
        if (process.env.CI && engine.required) throw new Error(`${engine.name} is not on this machine; in CI it is required`);
      });
      continue;
    }
    describe(engine.name, () => {
      const verdict = new Verdict(`${engine.name}, with replayed providers`);

      test.each(workspaces)('takes $name through its whole life', async ({ name, configuration }) => {
        const count = resources(configuration).length;
        expect(count).toBeGreaterThan(0);
        const workspace = opened(engine, configuration);
        succeeds(await workspace.init());
        expect(await workspace.validate()).toEqual({ code: 0, output: '' });

        expect(await workspace.plan()).toMatchObject({ code: 2 });
        const changes = await workspace.changes();
        expect(changes.map(change => change.actions.join())).toEqual(Array(count).fill('create'));
        succeeds(await workspace.apply());
        const second = await workspace.plan();
        expect(second).toMatchObject({ code: 0 });
        expect(workspace.state()).toEqual(
          resources(configuration)
            .map(({ address }) => address)
            .sort(),
        );

        const kept = resources(configuration).filter(({ resource }) => resource.lifecycle?.prevent_destroy);
        if (kept.length > 0) {
          const refused = await workspace.destroy();
          expect(refused.code).not.toBe(0);
          for (const { address } of kept) expect(refused.output).toContain(address);
          expect(workspace.state()).toHaveLength(count);
        }
        workspace.write(destroyable(configuration));
        succeeds(await workspace.destroy());
        expect(workspace.state()).toEqual([]);

        verdict.took(count);
        const destroyed = kept.length > 0 ? `ok; ${kept.length} kept until allowed` : 'ok';
        rows.push(row(engine.name, name, count, 'ok', `${count} new`, 'ok', 'empty', destroyed));
      });

      test.each(workspaces)('takes the backend of $name, and not one with a setting of a wrong type', async ({ configuration }) => {
        const [[kind, settings] = ['none', {}]] = Object.entries(configuration.terraform.backend ?? {});
        const server = await StateServer.start();
        try {
          succeeds(await opened(engine, configuration, 'as configured').init(...server.optionsFor(kind)));
          const setting = Object.keys(settings).at(-1) ?? 'none'; // the first is where the state is, which the options replace
          const broken = changed(configuration, copy => {
            copy.terraform.backend = { [kind]: { ...settings, [setting]: { not: 'a scalar' } } };
          });
          const refused = await opened(engine, broken, 'as configured').init(...server.optionsFor(kind));
          verdict.sawBroken(refused.code !== 0);
          expect(refused.output).toMatch(new RegExp(`"${setting}"`));
          expect(refused.code).not.toBe(0);
        } finally {
          await server.stop();
        }
      });

      // The variants need the same providers, so what `init` made for one of them serves all.
      let initialized: TerraformWorkspace | undefined;
      const ready = async (configuration: Configuration): Promise<TerraformWorkspace> => {
        if (!initialized) {
          initialized = new TerraformWorkspace(engine, providers, configuration);
          succeeds(await initialized.init());
        }
        initialized.write(configuration);
        return initialized;
      };
      afterAll(() => initialized?.remove());

      for (const broken of [...AGAINST_THE_PROVIDER, ...AGAINST_THE_API]) {
        const variant = spoilt(configurations, broken);
        if (!variant) {
          test.skip(`${broken.title}: SKIPPED, no workspace has a ${broken.type}`, () => undefined);
          continue;
        }
        test(`refuses ${broken.title}`, async () => {
          const workspace = await ready(variant);
          const refused = await workspace.validate();
          verdict.sawBroken(refused.code !== 0);
          expect(refused.output).toMatch(broken.reason);
          expect(refused.code).not.toBe(0);
        });
      }

      test('refuses a variable that is not declared', async () => {
        const { configuration } = withVariable();
        const workspace = opened(
          engine,
          changed(configuration, copy => {
            delete copy.variable;
          }),
        );
        succeeds(await workspace.init());
        const refused = await workspace.validate();
        verdict.sawBroken(refused.code !== 0);
        expect(refused.output).toMatch(/undeclared input variable/);
      });

      test('refuses a version of the provider that there is not', async () => {
        const other = changed(withProxmox().configuration, copy => {
          for (const provider of Object.values(copy.terraform.required_providers ?? {})) provider.version = '0.0.1';
        });
        const refused = await opened(engine, other).init();
        verdict.sawBroken(refused.code !== 0);
        expect(refused.output).toMatch(/0\.0\.1/);
        expect(refused.code).not.toBe(0);
      });

      test('refuses a Proxmox provider without credentials', async () => {
        const { configuration } = withProxmox();
        const workspace = opened(
          engine,
          changed(configuration, copy => {
            for (const provider of copy.provider?.proxmox ?? []) delete provider.api_token;
          }),
        );
        succeeds(await workspace.init());
        const refused = await workspace.plan();
        verdict.sawBroken(refused.code === 1);
        expect(refused.output).toMatch(/no api_token/);
      });

      describe('a VM that HA has moved', () => {
        const { configuration, address, node } = withHaVm();
        const applied = async (): Promise<TerraformWorkspace> => {
          const workspace = opened(engine, configuration);
          succeeds(await workspace.init());
          expect(await workspace.plan()).toMatchObject({ code: 2 });
          succeeds(await workspace.apply());
          workspace.drift(address, 'node_name', node);
          return workspace;
        };
        const ifWritten = async (lifecycle: object, attributes: object): Promise<string | undefined> => {
          const workspace = await applied();
          workspace.write(
            changed(configuration, copy => {
              const vm = resources(copy).find(resource => resource.address === address);
              Object.assign(vm?.resource ?? {}, { lifecycle, ...attributes });
            }),
          );
          expect(await workspace.plan()).toMatchObject({ code: 2 });
          return (await workspace.changes()).find(change => change.address === address)?.actions.join();
        };

        test('stays where it is, because node_name is ignored', async () => {
          expect(await (await applied()).plan()).toMatchObject({ code: 0 });
        });

        test('would be moved back without ignore_changes', async () => {
          expect(await ifWritten({}, { migrate: true })).toBe('update');
        });

        test('would be made anew without ignore_changes and without migrate', async () => {
          expect(await ifWritten({}, { migrate: false })).toBe('delete,create');
        });
      });
    });
  }
});

function succeeds({ code, output }: { readonly code: number; readonly output: string }): void {
  if (code !== 0) throw new Error(output);
}

function row(...cells: (string | number)[]): string {
  const widths = [10, 34, 10, 9, 9, 6, 12];
  return cells.map((cell, i) => String(cell).padEnd(widths[i] ?? 0)).join(' ');
}

function having(what: string, predicate: (workspace: Committed) => boolean): Committed {
  const found = workspaces.find(predicate);
  if (!found) throw new Error(`no workspace has ${what}: nothing would be checked`);
  return found;
}

function withVariable(): Committed {
  return having('a variable', ({ configuration }) => Object.keys(configuration.variable ?? {}).length > 0);
}

function withProxmox(): Committed {
  return having('the Proxmox provider', ({ configuration }) => configuration.provider?.proxmox !== undefined);
}

/** A VM whose node HA decides, and another node to find it on. */
function withHaVm(): { readonly configuration: Configuration; readonly address: string; readonly node: string } {
  const vms = (configuration: Configuration) => resources(configuration).filter(({ type }) => type === 'proxmox_virtual_environment_vm');
  const ignored = (rules: string[] | 'all' | undefined) => rules?.includes('node_name') ?? false;
  const { configuration } = having('a VM that ignores changes of node_name', workspace =>
    vms(workspace.configuration).some(({ resource }) => ignored(resource.lifecycle?.ignore_changes)),
  );
  const moved = vms(configuration).find(({ resource }) => ignored(resource.lifecycle?.ignore_changes))!;
  const other = vms(configuration).find(({ resource }) => resource.node_name !== moved.resource.node_name);
  return { configuration, address: moved.address, node: other?.resource.node_name ?? `${moved.resource.node_name}-other` };
}
