import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeWith, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';
import { LinstorController } from './linstor-controller';

const SCRIPT = join(ROOT, 'packages/hci/test/golden/drbd/linstor/linstor/create.sh');

describeWith(['linstor'], 'LINSTOR', () => {
  const verdict = new Verdict('linstor (client)');
  const own = readFileSync(SCRIPT, 'utf8');
  let controller: LinstorController;
  beforeEach(async () => {
    controller = await LinstorController.start();
  });
  afterEach(() => controller.stop());

  /** Runs a script with the real client, which asks a controller that remembers. */
  const run = (script: string) =>
    new Promise<{ status: number | null; told: string }>(done => {
      const path = `${dirname(tool('linstor') as string)}:${process.env.PATH}`;
      const shell = spawn('sh', ['-s'], { env: { ...process.env, PATH: path, LS_CONTROLLERS: controller.address }, timeout: 120_000 });
      let told = '';
      for (const stream of [shell.stdout, shell.stderr]) stream.on('data', chunk => (told += chunk));
      shell.on('close', status => done({ status, told }));
      shell.stdin.end(script);
    });
  const commands = own.replaceAll('\\\n', '').match(/linstor (?!--machine)\S+ .*/g) ?? [];

  test('takes the script, and makes nodes, pools, groups and the volume of its own database', async () => {
    const { status, told } = await run(own);
    expect({ status, told: status === 0 ? '' : told }).toEqual({ status: 0, told: '' });
    expect(controller.made).toEqual([
      '/v1/nodes',
      '/v1/nodes',
      '/v1/nodes',
      '/v1/nodes/pve-01/storage-pools',
      '/v1/nodes/pve-02/storage-pools',
      '/v1/resource-groups',
      '/v1/resource-groups/mirrored/volume-groups',
      '/v1/resource-groups',
      '/v1/resource-groups/linstor-db/volume-groups',
      '/v1/resource-groups/linstor-db/spawn',
    ]);
    expect(controller.set.find(([path]) => path === '/v1/resource-groups/mirrored')?.[1]).toMatchObject({
      override_props: {
        'DrbdOptions/Net/protocol': 'C',
        'DrbdOptions/Resource/quorum': 'majority',
        'DrbdOptions/Resource/on-no-quorum': 'suspend-io',
      },
    });
    verdict.took(commands.length);
  });

  test('makes nothing twice when the script runs again', async () => {
    await run(own);
    const made = controller.made.length;
    const { status } = await run(own);
    expect([status, controller.made.length]).toEqual([0, made]);
  });

  test.each([
    ['a driver that there is not', 'storage-pool create lvmthin', 'storage-pool create lvmfat'],
    ['a protocol that there is not', '--protocol C', '--protocol D'],
    ['a quorum that there is not', '--quorum majority', '--quorum most'],
    ['an answer to a lost quorum that there is not', '--on-no-quorum suspend-io', '--on-no-quorum wait'],
    ['a rate without a number', /--c-max-rate \d+K/, '--c-max-rate fast'],
    ['an option that there is not', '--verify-alg', '--verify-with'],
    ['a node type that there is not', '--node-type satellite', '--node-type router'],
    ['a node without its name', 'node create pve-01 10.99.0.11', 'node create'],
    ['a pool without its node', 'lvmthin pve-01 mirror vg0/thin', 'lvmthin mirror vg0/thin'],
    ['a size without a number', 'linstor_db 200M', 'linstor_db many'],
  ])('broken: refuses %s', async (_, from, to) => {
    const spoilt = own.replace(from, to);
    expect(spoilt).not.toBe(own);
    const { status } = await run(spoilt);
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});

describe('the script of LINSTOR', () => {
  test('is a shell script', () => {
    expect(spawnSync('sh', ['-n', SCRIPT]).status).toBe(0);
  });
});
