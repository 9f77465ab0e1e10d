import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { type Configuration, changed, renderedWorkspaces, resources } from './configuration';
import { type Engine, engines } from './engine';
import { type GuestEdition, guestEnvironment } from './guest-environment';
import { ReplayedProviders } from './replayed-providers';
import { TerraformWorkspace } from './terraform-workspace';

/** What is planned for guests by their names; those that are left out stay as they are. */
type Planned = Readonly<Record<string, string>>;

/** A change of the program, what is planned for it, and what would be if the guests had no lifecycle. */
interface Change {
  readonly title: string;
  readonly edition: GuestEdition;
  readonly planned: Planned;
  readonly without: Planned;
}

const ANEW = 'delete,create';
const NAMED = { orders: 'update', build: 'update', mail: 'update' };

const CHANGES: readonly Change[] = [
  {
    title: 'another template',
    edition: { templateId: 191 },
    planned: { 'debian-13': ANEW },
    without: { 'debian-13': ANEW, orders: ANEW },
  },
  {
    title: 'a newer image of containers',
    edition: { containerBuild: '20261101' },
    planned: {},
    without: { mail: ANEW, media: ANEW },
  },
  { title: 'other user data', edition: { command: 'uptime' }, planned: {}, without: {} },
  { title: 'other host names', edition: { suffix: '-2' }, planned: NAMED, without: NAMED },
];

/** Before 8.4 a disk is made from a file, which the provider looks at again; from then on it is imported, which it does not. */
const IMAGES: Readonly<Record<string, Change>> = {
  '8.2': { title: 'a newer image', edition: { build: '20261101' }, planned: {}, without: { build: ANEW } },
  '9.1': { title: 'a newer image', edition: { build: '20261101' }, planned: { build: 'update' }, without: { build: 'update' } },
};

/** What somebody else changes of a guest that runs, and what would be planned if it had no lifecycle. */
const DRIFTS: readonly (readonly [title: string, guest: string, path: string, value: unknown, without: string])[] = [
  ['HA has moved a VM', 'orders', 'node_name', 'pve-01', 'update'],
  ['root has bound a VM to threads', 'build', 'cpu.0.affinity', '0-3,8', 'update'],
  ['root has given a VM huge pages', 'build', 'memory.0.hugepages', '1024', 'update'],
  ['root has given a container a key ring', 'media', 'features.0.keyctl', true, 'update'],
];

describeWith(['terraform-provider-replay', 'shared'], 'Guests that run', () => {
  let providers: ReplayedProviders;
  beforeAll(() => {
    providers = new ReplayedProviders();
  });
  afterAll(() => providers?.remove());

  for (const engine of engines().filter(({ program }) => program)) {
    describe(engine.name, () => {
      const verdict = new Verdict(`${engine.name}, changes of guests that run`);
      describe.each(Object.keys(IMAGES))('on Proxmox VE %s', version => staying(engine, version, () => providers, verdict));
    });
  }
});

/** The environment is applied once; what is planned for a change leaves its state alone. */
function staying(engine: Engine, version: string, providers: () => ReplayedProviders, verdict: Verdict): void {
  const configuration = rendered({ version });
  let workspace: TerraformWorkspace;
  const planned = async (wanted: Configuration): Promise<Planned> => {
    workspace.write(wanted);
    const { code, output } = await workspace.plan();
    if (code === 1) throw new Error(output);
    const names = namesOf(wanted);
    const changes = (await workspace.changes()).filter(({ address }) => names.has(address));
    return Object.fromEntries(changes.map(({ address, actions }) => [names.get(address), actions.join()]));
  };

  beforeAll(async () => {
    workspace = new TerraformWorkspace(engine, providers(), configuration);
    for (const step of ['init', 'plan', 'apply'] as const) {
      const { code, output } = await workspace[step]();
      if (code === 1) throw new Error(output);
    }
  });
  afterAll(() => workspace?.remove());

  test.each([...CHANGES, IMAGES[version] as Change])('no guest is made anew by $title', async ({ edition, planned: expected, without }) => {
    const wanted = rendered({ version, ...edition });
    expect(await planned(wanted)).toEqual(expected);
    expect(await planned(withoutLifecycle(wanted))).toEqual(without);
    verdict.took(1);
  });

  test('a newer image makes the template anew, and no guest', async () => {
    expect(await planned(rendered({ version, templateBuild: '20261101' }))).toEqual({ 'debian-13': ANEW });
    verdict.took(1);
  });

  test.each(DRIFTS)('%s, and it stays so', async (_, guest, path, value, without) => {
    workspace.write(configuration);
    const [address] = [...namesOf(configuration)].find(([, name]) => name === guest) ?? [''];
    const before = workspace.drift(address, path, value);
    try {
      expect(await planned(configuration)).toEqual({});
      expect(await planned(withoutLifecycle(configuration))).toEqual({ [guest]: without });
    } finally {
      workspace.drift(address, path, before);
    }
    verdict.took(1);
  });

  test('a container that somebody has moved is not made anew either, as long as it is protected', async () => {
    const [address] = [...namesOf(configuration)].find(([, name]) => name === 'mail') ?? [''];
    const before = workspace.drift(address, 'node_name', 'pve-02');
    try {
      workspace.write(configuration);
      const { code, output } = await workspace.plan();
      verdict.sawBroken(code === 1);
      expect(output).toMatch(/[Ii]nstance cannot be destroyed/);
      expect(output).toContain(address);
      expect(code).toBe(1);
      expect(await planned(withoutLifecycle(configuration))).toEqual({ mail: ANEW });
    } finally {
      workspace.drift(address, 'node_name', before);
    }
  });
}

function rendered(edition: GuestEdition): Configuration {
  const found = renderedWorkspaces(guestEnvironment(edition)).find(({ name }) => name === 'guests/hypervisors');
  if (!found) throw new Error('the guests are in no workspace');
  return found.configuration;
}

/** Names of guests and templates by their addresses, which a change of the name does not change. */
function namesOf(configuration: Configuration): ReadonlyMap<string, string> {
  const guests = resources(configuration).filter(({ type }) => /_environment_(vm|container)$/.test(type));
  return new Map(guests.map(({ address, resource }) => [address, (resource.name ?? resource.initialization.hostname).replace(/-2$/, '')]));
}

function withoutLifecycle(configuration: Configuration): Configuration {
  return changed(configuration, copy => {
    for (const { address, resource } of resources(copy)) if (namesOf(configuration).has(address)) delete resource.lifecycle;
  });
}
