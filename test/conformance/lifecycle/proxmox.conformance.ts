import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Bandwidth, Power, Secret, Site, Size, type Step, Version } from '@ashlar/core';
import { Machine, MachineModel, PowerFeed } from '@ashlar/hardware';
import { CloudImage, DirectoryStorage, ProxmoxCluster, type ProxmoxNode, ProxmoxVm, ZfsStorage } from '@ashlar/hci';
import { Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';

/** What `pvesh get <path> --output-format json` says on a node, by path; nothing for a node that does not answer. */
type Answers = Readonly<Record<string, unknown>>;

const node = (name: string, online = 1) => ({ type: 'node', name, online, id: `node/${name}` });
const STATUS = [{ type: 'cluster', name: 'pve', quorate: 1, nodes: 3, id: 'cluster' }, node('pve-01'), node('pve-02'), node('pve-03')];
const HA = [
  { id: 'quorum', type: 'quorum', node: 'pve-01', status: 'OK', quorate: 1 },
  { id: 'lrm:pve-02', type: 'lrm', node: 'pve-02', status: 'pve-02 (active, Sat Nov 21 12:00:00 2026)' },
  { id: 'service:vm:100', type: 'service', node: 'pve-02', sid: 'vm:100', state: 'started', status: 'pve-02 (started)' },
];
const RESTING = [
  HA[0],
  { ...HA[1], status: 'pve-02 (maintenance mode, Sat Nov 21 12:00:00 2026)' },
  { ...HA[2], node: 'pve-01', status: 'pve-01 (started)' },
];
const GUESTS = [{ id: 'qemu/100', type: 'qemu', vmid: 100, node: 'pve-01', status: 'running' }];
const STOPPED = [{ ...GUESTS[0], status: 'stopped' }];
const version = (text: string) => ({ release: text.slice(0, 3), version: text, repoid: '0123abcd' });

describeWith(['jq'], 'what is asked of the API of Proxmox VE', () => {
  const verdict = new Verdict('jq, on answers of Proxmox VE');
  const folder = mkdtempSync(join(tmpdir(), 'pve-'));
  const { pve, second } = cluster();
  const all: readonly Step[] = [
    ...(second.lifecycle.start ?? []),
    ...(second.lifecycle.upgrade ?? []),
    ...(pve.lifecycle.stop ?? []),
    ...(second.lifecycle.replace?.(second.machine as Machine)?.join ?? []),
  ];

  /** Whether the check of a step holds on a cluster that says so. */
  function holds(id: string, answers: Answers): boolean {
    const found = all.find(step => step.id === id);
    if (!found || 'ask' in found.check) throw new Error(`no command checks ${id}`);
    writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
    // Stands for SSH and for pvesh behind it: the arguments end with `pvesh get <path> … --output-format json`.
    const ssh = `#!/bin/sh\nwhile [ "$1" != get ]; do shift; done\nexec ${tool('jq')} -ce --arg path "$2" '.[$path] // empty' ${folder}/answers.json\n`;
    writeFileSync(join(folder, 'ssh'), ssh, { mode: 0o755 });
    const PATH = [folder, dirname(tool('jq') as string), process.env.PATH].join(delimiter);
    const [program, ...args] = found.check.command;
    return spawnSync(program, args, { env: { ...process.env, PATH }, timeout: 20_000 }).status === 0;
  }

  test.each<[string, string, string, unknown, unknown]>([
    ['join', 'a node in its cluster, and one in none', '/cluster/status', STATUS, [node('pve-02')]],
    ['join', 'a node in its cluster, and one in another', '/cluster/status', STATUS, [{ ...(STATUS[0] as object), name: 'other' }]],
    [
      'maintenance',
      'a node that is empty, and one that is not yet',
      '/cluster/ha/status/current',
      RESTING,
      [...RESTING.slice(0, 2), HA[2]],
    ],
    ['maintenance', 'a node in maintenance, and one that works', '/cluster/ha/status/current', RESTING, HA],
    ['back', 'a node that works, and one in maintenance', '/cluster/ha/status/current', HA, RESTING],
    ['release', 'the release, and the one before', '/nodes/pve-02/version', version('9.1.4'), version('9.0.11')],
    ['release', 'the release, and one whose number begins alike', '/nodes/pve-02/version', version('9.1.4'), version('9.11.1')],
    ['quorum', 'all votes, and a node that is away', '/cluster/status', STATUS, [STATUS[0], node('pve-01'), node('pve-02', 0)]],
    ['quorum', 'all votes, and too few', '/cluster/status', STATUS, [{ ...(STATUS[0] as object), quorate: 0 }, ...STATUS.slice(1)]],
    ['guests', 'guests that are down, and one that runs', '/cluster/resources', STOPPED, GUESTS],
    ['forget', 'a node that is gone, and one that is known', '/cluster/status', [STATUS[0], node('pve-01')], STATUS],
  ])('%s tells %s apart', (id, _, path, done, undone) => {
    const said = [holds(id, { [path]: done }), holds(id, { [path]: undone }), holds(id, {})];
    verdict.took(1, said[0] ? 0 : 1);
    for (const one of said.slice(1)) verdict.sawBroken(!one);
    expect(said).toEqual([true, false, false]);
  });
});

/** Three nodes, and a guest that HA keeps running. */
function cluster(): { readonly pve: ProxmoxCluster; readonly second: ProxmoxNode } {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const parts = { disks: { ssd: Size.gigabytes(512) }, nics: { eno1: Bandwidth.gigabits(1) }, power: Power.watts(60) };
  const model = MachineModel.of({ vendor: 'Dell', name: 'OptiPlex 7040', cores: 4, memory: Size.gibibytes(32), ...parts });
  const feeds = [new PowerFeed(site, 'mains', { capacity: Power.watts(2300) })];
  const machines = [1, 2, 3].map(n => new Machine(site, `pve-0${n}`, { model, feeds }));
  const workspace = new TerraformWorkspace(site, 'hypervisors', { backend: stack => new LocalBackend(stack, { path: 'state' }) });
  const pve = new ProxmoxCluster(workspace.stack, 'pve', {
    version: Version.of('9.1'),
    nodes: machines.map((machine, i) => ({ machine, host: management.host(machine.name, 10 + i) })),
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
  });
  new ZfsStorage(pve, 'tank', { pool: 'rpool/data' });
  new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets'] });
  const image = CloudImage.of('https://images.example.net/debian-13.qcow2', '0123456789abcdef'.repeat(4));
  const size = { cores: 2, memory: Size.gibibytes(4), disk: Size.gibibytes(32) };
  new ProxmoxVm(pve, 'db', { host: servers.host('db', 20), image, vmId: 100, highAvailability: {}, ...size });
  return { pve, second: pve.nodes[1] as ProxmoxNode };
}
