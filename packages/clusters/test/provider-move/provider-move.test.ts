import { Secret, Site, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ContainerImage, Workload } from '@ashlar/kubernetes';
import { Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import { K3sCluster, MoveWorkspace, NodePool, ProviderMove, type ProviderMoveProps } from '../../src';
import { type MoveEvent, moveOrder } from '../../src/provider-move/move-event';
import { type MoveWorld, simulateMove } from '../../src/provider-move/move-simulation';
import { expectGolden } from '../golden';
import { CLOUDS } from '../node-pool/lab';

const backend = (stack: ConstructorParameters<typeof LocalBackend>[0]) => new LocalBackend(stack, { path: 'terraform.tfstate' });

/** A cluster of three at Hetzner, with somewhere to go. */
function lab(
  counts: { from?: number; to?: number; size?: string; cluster?: boolean } = {},
  Next: typeof MoveWorkspace | typeof TerraformWorkspace = MoveWorkspace,
) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const nodes = new Vlan(site, 'nodes', { tag: 10, ipv4: '10.10.1.0/24' });
  const nextNodes = new Vlan(site, 'next-nodes', { tag: 11, ipv4: '10.11.1.0/24' });
  const common = { disk: Size.gibibytes(80), image: 'debian-13', from: 11 } as const;
  const here = CLOUDS.hetzner(new TerraformWorkspace(site, 'hetzner', { backend }).stack);
  const there = CLOUDS.aws(new Next(site, 'aws', { backend }).stack, { network: '10.11.0.0/16' });
  const from = new NodePool(here, 'k3s', { ...common, count: counts.from ?? 3, size: 'ccx23', vlan: nodes });
  const to = new NodePool(there, 'next', { ...common, count: counts.to ?? 3, size: counts.size ?? 'm7i.xlarge', vlan: nextNodes });
  const cluster = new K3sCluster(site, 'prod', {
    version: Version.of('v1.34.2+k3s1'),
    servers: from.members.slice(0, counts.from ?? 3),
    apiAddress: nodes.host('api', 5),
    token: Secret.fromTerraformVariable('k3s_token'),
  });
  const image = ContainerImage.of('registry.example.net/shop', '1.0.0', `sha256:${'3f'.repeat(32)}`);
  const shop = cluster.namespace('shop');
  const move = (props: Partial<ProviderMoveProps> = {}) =>
    new ProviderMove(cluster, 'move', { from, to, names: ['shop.example.net'], ...props });
  return { site, from, to, cluster, shop, image, move };
}

describe('a move', () => {
  const { site, to, from, shop, image, move } = lab();
  new Workload(shop, 'web', { image, port: 8080, replicas: 2 });
  move();
  const { output } = site.render();

  test('is a plan, for `ashlar` and for people', () => {
    expect(Testing.findings(site)).toEqual([]);
    expectGolden('provider-move/move-prod.json', output.read('bootstrap/move-prod.json'));
    expectGolden('provider-move/move-prod.md', output.read('bootstrap/move-prod.md'));
  });

  test('gives new members the first boot of old ones, as themselves', () => {
    const configuration = (index: number) =>
      String(to.members[index]?.firstBoot.files.find(({ path }) => path.endsWith('k3s/config.yaml'))?.content);
    expect(configuration(1)).toContain('node-name: next-2\nnode-ip: 10.11.1.75\n');
    expect(configuration(1)).toContain('topology.kubernetes.io/zone=eu-central-1b');
    for (const index of [0, 1, 2]) expect(configuration(index)).toContain('server: https://10.10.1.5:6443');
    expect(to.members[0]?.firstBoot.commands).toEqual(from.members[1]?.firstBoot.commands.filter(command => !command.includes('nftables')));
  });

  test('lets both sides talk as the old one does among itself', () => {
    const ports = (at: (typeof to.members)[number] | undefined, peer: unknown) =>
      at?.connections.ingress
        .filter(flow => flow.from === peer)
        .map(({ port }) => String(port))
        .sort();
    expect(ports(from.members[0], from.members[1])).toContain('2379-2380/tcp');
    expect(ports(from.members[0], to.members[1])).toEqual(ports(from.members[0], from.members[1]));
    expect(ports(to.members[0], from.members[1])).toEqual(ports(from.members[0], from.members[1]));
    expect(ports(to.members[0], to.members[1])).toEqual(ports(from.members[0], from.members[1]));
  });
});

describe('is refused', () => {
  test('to another number of servers', () => {
    expect(() => lab({ to: 5 }).move()).toThrow(
      '[lab/prod/move] goes from 3 servers in lab/hetzner/cloud to 5 in lab/aws/cloud; move to as many servers in another cloud (MOVE_POOLS)',
    );
  });

  test('to where it is', () => {
    const { move, to } = lab();
    expect(() => move({ from: to })).toThrow(
      '[lab/prod/move] goes from 3 servers in lab/aws/cloud to 3 in lab/aws/cloud; move to as many servers in another cloud (MOVE_POOLS)',
    );
  });

  test('to smaller servers', () => {
    expect(() => lab({ size: 'm7i.large' }).move()).toThrow(
      '[lab/prod/move] m7i.large has 2 threads and 8 GiB, and ccx23 has 4 and 16 GiB: what runs there may not fit; choose a size that has as much of both (MOVE_CAPACITY)',
    );
  });

  test('to a state that is applied anyway', () => {
    expect(() => lab({}, TerraformWorkspace).move()).toThrow(
      "[lab/prod/move] lab/aws/cloud/next is in a state that the start-up applies too; make it in the stack of a new MoveWorkspace(site, 'next', { … }) (MOVE_STATE)",
    );
  });

  test('for a cluster whose servers join nothing', () => {
    expect(() => lab({ from: 1, to: 1 }).move()).toThrow(
      '[lab/aws/cloud/next] no member of lab/hetzner/cloud/k3s joins a cluster at its first boot, so this has nothing to do as they do; make the move after the cluster, of two servers or more (MOVE_FIRST_BOOT)',
    );
  });

  test('without names', () => {
    expect(() => lab().move({ names: [] })).toThrow(
      "[lab/prod/move] names is empty; write names: ['shop.example.net'] (PROP_EMPTY)".replace('shop', 'www'),
    );
  });
});

describe('a simulator that did not make the order', () => {
  const world: MoveWorld = {
    from: ['a1', 'a2', 'a3'],
    to: ['b1', 'b2', 'b3'],
    workloads: [{ path: 'shop', replicas: 4, minAvailable: 3 }],
  };
  const order = moveOrder(world.from, world.to);
  const without = (gone: (event: MoveEvent) => boolean) => order.filter(event => !gone(event));
  const moved = (what: (event: MoveEvent) => boolean, to: number) => {
    const rest = without(what);
    return [...rest.slice(0, to), ...order.filter(what), ...rest.slice(to)];
  };

  test('has nothing to say of the order', () => {
    for (const n of [2, 3, 5, 7]) {
      const names = (side: string) => Array.from({ length: n }, (_, i) => `${side}${i}`);
      const sides = { from: names('a'), to: names('b') };
      expect(simulateMove({ ...world, ...sides }, moveOrder(sides.from, sides.to))).toEqual([]);
    }
  });

  test.each<[string, readonly MoveEvent[], string]>([
    ['no tunnel', without(({ kind }) => kind === 'connect'), 'join b1: the networks do not reach each other'],
    ['servers that are not made', without(({ kind }) => kind === 'make'), 'join b1: the server is not there yet'],
    ['old members that leave first', moved(({ kind }) => kind === 'remove', 2), 'remove a2: etcd has 1 of 2 members, and needs 2'],
    ['a member too few', without(({ kind }) => kind === 'join'), 'close a3: no node takes pods any more'],
    [
      'a node that is removed with its pods',
      without(event => event.kind === 'empty' && event.member === 'a2'),
      'remove a2: shop still runs there',
    ],
    [
      'copies that nobody waits for',
      without(({ kind }) => kind === 'settle'),
      'empty a2: copies of what left the node before are not complete',
    ],
    ['names that are left behind', without(({ kind }) => kind === 'switch'), 'remove a3: names still lead to the old side'],
    ['names that go ahead', moved(({ kind }) => kind === 'switch', 2), 'switch: names lead to servers that are no members yet'],
    [
      'servers that are given back too early',
      moved(({ kind }) => kind === 'release', 5),
      'release: servers are given back that are still members of etcd',
    ],
  ])('sees %s', (_, events, fault) => {
    expect(simulateMove(world, events)).toContain(fault);
  });

  test('sees a budget that lets nothing go', () => {
    const kept = { ...world, workloads: [{ path: 'shop', replicas: 2, minAvailable: 2 }] };
    expect(simulateMove(kept, order)).toEqual([
      'empty a1: shop keeps 2 of 2, so none of it can leave',
      'empty a2: shop keeps 2 of 2, so none of it can leave',
    ]);
  });

  test('stops a synthesis in which a budget lets nothing go', () => {
    const { site, cluster, move } = lab();
    const declared = move();
    Object.defineProperty(declared, 'workloads', {
      value: [{ path: 'lab/prod/shop/db', replicas: 1, minAvailable: 1, construct: cluster }],
    });
    expect(Testing.findings(site)).toEqual([
      'error [lab/prod/move] lab/prod/shop/db keeps 1 of 1, so none of it can leave; let one be away: run one more replica, or ask for one less (MOVE_NEVER_ENDS)',
    ]);
  });
});
