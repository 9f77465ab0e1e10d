import { spawnSync } from 'node:child_process';
import { Namespace, refusal } from '../reachability/wires';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { harvesterObjects } from './harvester-objects';

/** What a segment tells the plug-in that connects a guest to its bridge. */
const configs = harvesterObjects().flatMap(([, { kind, metadata, spec }]) =>
  kind === 'NetworkAttachmentDefinition' ? [{ name: metadata.name, config: JSON.parse((spec as { config: string }).config) }] : [],
);

const BROKEN: readonly [title: string, change: object, reason: RegExp][] = [
  ['a tag too high', { vlan: 5000 }, /invalid VLAN ID 5000/],
  ['a tag below zero', { vlan: -1 }, /invalid VLAN ID -1/],
  ['a tag as text', { vlan: '20' }, /cannot unmarshal string/],
  ['a bridge with a name that is too long', { bridge: 'a-cluster-network-br' }, /numerical result out of range/],
  ['a bridge that answers a guest with its own frames', { hairpinMode: true }, /hairpin mode and promiscuous mode/],
  ['a version of the interface that nobody knows', { cniVersion: '0.9' }, /incompatible CNI versions/],
  ['a network without a name', { name: '' }, /missing network name/],
];

describeWith(['cni-bridge'], 'the bridge plug-in of CNI', () => {
  const refused = refusal();
  if (refused !== undefined) {
    // Whether the kernel has namespaces is not for us to install.
    test.skip(`SKIPPED: the kernel refuses network namespaces: ${refused}`, () => undefined);
    return;
  }
  const verdict = new Verdict('CNI bridge 1.7.1, Harvester');
  let node: Namespace;
  let guest: Namespace;

  beforeAll(() => {
    node = new Namespace();
    guest = new Namespace();
  });
  afterAll(() => {
    node?.end();
    guest?.end();
  });

  /** Adds a port to a guest, in network namespaces that are gone afterwards. */
  const add = (config: object): { readonly code: number; readonly told: string } => {
    const { status, stdout } = spawnSync('nsenter', ['-t', String(node.pid), '-n', '--', tool('cni-bridge') as string], {
      input: JSON.stringify(config),
      encoding: 'utf8',
      timeout: 30_000,
      env: {
        PATH: process.env.PATH,
        CNI_COMMAND: 'ADD',
        CNI_CONTAINERID: 'guest',
        CNI_NETNS: `/proc/${guest.pid}/ns/net`,
        CNI_IFNAME: 'net1',
        CNI_PATH: '/nowhere',
      },
    });
    return { code: status ?? 1, told: stdout };
  };

  test.each(configs)('takes $name', ({ config }) => {
    const { code, told } = add(config);
    // It has read everything when it asks the kernel for the bridge; not every kernel has bridges.
    const taken = code === 0 || told.includes(`could not add \\"${config.bridge}\\": operation not supported`);
    verdict.took(1, taken ? 0 : 1);
    expect({ taken, told: taken ? '' : told }).toEqual({ taken: true, told: '' });
  });

  test.each(BROKEN)('refuses %s', (_, change, reason) => {
    const answer = add({ ...configs.find(({ name }) => name === 'servers')?.config, ...change });
    verdict.sawBroken(answer.code !== 0 && !answer.told.includes('operation not supported'));
    expect(answer.told).toMatch(reason);
    expect(answer.code).not.toBe(0);
  });
});
