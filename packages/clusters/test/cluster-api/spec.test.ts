import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import { Vlan, VyOs } from '@ashlar/network';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { type DownstreamSpec, parseDownstreamSpec, readDownstreamSpecs } from '../../src/cluster-api/downstream-spec';
import { specSchemaFile } from '../../src/cluster-api/downstream-spec-schema';
import { factoryLab } from './factory-lab';

const MEDIA = `name: media
network: { tag: 40, ipv4: 10.40.0.0/24 }
version: 1.34.2
workers: { min: 2, max: 4 }
api: 20
nodes: { from: 21, to: 32 }
services: 10.140.0.0/24
asn: 64530
`;

/** A change of the text, and what one is told. */
const REFUSED: readonly [title: string, from: string, to: string, told: string][] = [
  [
    'what is no YAML',
    'workers: {',
    'workers: {{',
    '[clusters/media.yaml] is no YAML: missed comma between flow collection entries (5:1); write it like name: media (SPEC_YAML)',
  ],
  ['a list', MEDIA, '- media\n', '[clusters/media.yaml] the file must be keys and values, got ["media"]; write name: media (SPEC_FORMAT)'],
  [
    'another name than that of the file',
    'name: media',
    'name: games',
    '[clusters/media.yaml] name is games, and the file is media.yaml; rename the file to games.yaml, or write name: media (SPEC_NAME)',
  ],
  [
    'a name that is no label',
    'name: media',
    'name: Media',
    '[clusters/media.yaml] name has another form, got "Media"; write name: media (SPEC_FORMAT)',
  ],
  [
    'a key that it does not know',
    'api: 20',
    'api: 20\nreplicas: 3',
    '[clusters/media.yaml] there is no key replicas; use one of name, network, version, class, controlPlanes, workers, api, nodes, services, asn, pods, cluster, running (SPEC_FORMAT)',
  ],
  [
    'a key of a part that it does not know',
    '{ tag: 40,',
    '{ tag: 40, mtu: 9000,',
    '[clusters/media.yaml] there is no key network.mtu; use one of tag, ipv4 (SPEC_FORMAT)',
  ],
  ['a missing key', 'version: 1.34.2\n', '', '[clusters/media.yaml] version is missing; write version: 1.34.2 (SPEC_FORMAT)'],
  ['a missing key of a part', '{ tag: 40, ', '{ ', '[clusters/media.yaml] network.tag is missing; write network.tag: 40 (SPEC_FORMAT)'],
  [
    'a version as a number',
    'version: 1.34.2',
    'version: 1.34',
    '[clusters/media.yaml] version must be text, got 1.34; write version: 1.34.2 (SPEC_FORMAT)',
  ],
  [
    'a version of another form',
    'version: 1.34.2',
    'version: v1.34.2',
    '[clusters/media.yaml] version has another form, got "v1.34.2"; write version: 1.34.2 (SPEC_FORMAT)',
  ],
  [
    'a class that there is not',
    'api: 20',
    'api: 20\nclass: huge',
    '[clusters/media.yaml] class must be one of small, medium, large, got "huge"; write class: small (SPEC_FORMAT)',
  ],
  [
    'two control planes',
    'api: 20',
    'api: 20\ncontrolPlanes: 2',
    '[clusters/media.yaml] controlPlanes must be one of 1, 3, 5, 7, got 2; write controlPlanes: 1 (SPEC_FORMAT)',
  ],
  [
    'a tag above all',
    'tag: 40',
    'tag: 5000',
    '[clusters/media.yaml] network.tag must be from 1 to 4094, got 5000; choose a value inside the range (SPEC_FORMAT)',
  ],
  [
    'a number as text',
    'api: 20',
    'api: twenty',
    '[clusters/media.yaml] api must be a whole number, got "twenty"; write api: 20 (SPEC_FORMAT)',
  ],
  [
    'workers as a number',
    '{ min: 2, max: 4 }',
    '2',
    '[clusters/media.yaml] workers has another form, got 2; write workers: { count: 2 } (SPEC_FORMAT)',
  ],
  [
    'workers with a bound only',
    '{ min: 2, max: 4 }',
    '{ min: 2 }',
    '[clusters/media.yaml] workers.max is missing; write workers.max: 5 (SPEC_FORMAT)',
  ],
  [
    'workers below none',
    '{ min: 2, max: 4 }',
    '{ count: -1 }',
    '[clusters/media.yaml] workers.count must be from 0 to 100, got -1; choose a value inside the range (SPEC_FORMAT)',
  ],
  [
    'half a worker',
    '{ min: 2, max: 4 }',
    '{ count: 1.5 }',
    '[clusters/media.yaml] workers.count must be a whole number, got 1.5; write workers.count: 2 (SPEC_FORMAT)',
  ],
  [
    'services that are no prefix',
    '10.140.0.0/24',
    'yes please',
    '[clusters/media.yaml] services has another form, got "yes please"; write services: 10.140.0.0/24 (SPEC_FORMAT)',
  ],
  [
    'services with half a range',
    '10.140.0.0/24',
    '{ from: 200 }',
    '[clusters/media.yaml] services.to is missing; write services.to: 219 (SPEC_FORMAT)',
  ],
];

describe('a spec refuses', () => {
  test.each(REFUSED)('%s', (_, from, to, told) => {
    const text = MEDIA.replace(from, to);
    expect(text).not.toBe(MEDIA);
    expect(() => parseDownstreamSpec('clusters/media.yaml', text)).toThrow(new Error(told));
  });

  test.each(REFUSED.slice(3))('%s, and so does its JSON Schema in an editor', (_, from, to) => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(specSchemaFile()));
    expect(validate(parse(MEDIA))).toBe(true);
    expect(validate(parse(MEDIA.replace(from, to)))).toBe(false);
  });
});

describe('a folder of specs', () => {
  test('is read by name, whatever the order of its files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'specs-'));
    for (const name of ['media', 'dev', 'games']) writeFileSync(join(folder, `${name}.yaml`), MEDIA.replace('media', name));
    writeFileSync(join(folder, 'README.md'), 'not a spec');
    expect(readDownstreamSpecs(folder).map(({ name }) => name)).toEqual(['dev', 'games', 'media']);
    rmSync(folder, { recursive: true });
  });

  test('that is not there is told', () => {
    expect(() => readDownstreamSpecs('/nowhere/clusters')).toThrow(
      new Error("[readDownstreamSpecs] there is no folder clusters of cluster specs; pass join(__dirname, '../clusters') (SPEC_FOLDER)"),
    );
  });
});

/** The cluster of a spec, in a lab where its segment is there already. */
function specLab(change: Partial<DownstreamSpec>, announced = true) {
  const lab = factoryLab();
  lab.platform.host('desk', 9);
  const gateway = new VyOs(lab.site, 'gateway', {
    version: '1.5',
    wan: new Vlan(lab.site, 'uplink', { tag: 2, ipv4: '192.0.2.0/24' }).host('wan', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management: lab.platform,
    segments: [lab.hypervisors, lab.media, lab.games],
    admins: [
      { name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK a@example.net'] },
    ],
    asn: 64512,
  });
  const spec = { ...parseDownstreamSpec('media.yaml', MEDIA), ...change };
  return { ...lab, make: () => lab.factory.fromSpec(spec, { vlan: lab.media, ...(announced && { gateway }) }) };
}

describe('the cluster of a spec', () => {
  test('is that of the same words in the program', () => {
    const { site, make } = specLab({});
    make();
    const files = Testing.files(site);
    const control = parse(files['kubernetes/brain/media/TalosControlPlane-media-control-plane.yaml'] as string);
    expect(control.spec).toMatchObject({ replicas: 3, version: 'v1.34.2' });
    const peer = parse(files['kubernetes/media/network/CiliumBGPClusterConfig-media.yaml'] as string);
    expect(peer.spec.bgpInstances[0]).toMatchObject({ localASN: 64530, peers: [{ peerASN: 64512, peerAddress: '10.40.0.1' }] });
    expect(files['schemas/cluster.schema.json']).toBe(specSchemaFile());
  });

  test.each([
    [
      'a prefix that nobody announces',
      { asn: undefined },
      true,
      '[clusters/media.yaml] services are 10.140.0.0/24, and no asn announces them; write asn: 64530, which nobody else has (SPEC_SERVICES)',
    ],
    [
      'an autonomous system with nothing to announce',
      { services: { from: 200, to: 219 } },
      true,
      '[clusters/media.yaml] asn is 64530, and services are no prefix that it could announce; leave asn out (SPEC_SERVICES)',
    ],
    [
      'a prefix where no gateway is',
      {},
      false,
      '[clusters/media.yaml] services are 10.140.0.0/24, and there is no gateway to announce them to; write services: { from: 200, to: 219 } (SPEC_SERVICES)',
    ],
  ] as const)('refuses %s', (_, change, announced, told) => {
    expect(specLab(change, announced).make).toThrow(new Error(told));
  });
});
