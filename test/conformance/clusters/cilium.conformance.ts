import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site, Version } from '@ashlar/core';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { parseAllDocuments, stringify } from 'yaml';
import { type CiliumProps, installCilium } from '../../../packages/clusters/src';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { ciliumChart } from './cilium-module';

// biome-ignore lint/suspicious/noExplicitAny: values and objects are the vendor's
type Fields = any;

const PROPS: CiliumProps = {
  apiServer: '127.0.0.1',
  apiPort: 6444,
  podCidr: '10.42.0.0/16',
  kubeProxyReplacement: true,
  operatorReplicas: 2,
};

function values(props: Partial<CiliumProps> = {}): Fields {
  const cluster = new KubernetesCluster(new Site('lab', { domain: 'lab.example.net' }), 'prod', { version: Version.of('1.34.2') });
  return structuredClone(installCilium(cluster, { ...PROPS, ...props }).values);
}

/** One fault in our values, and what the chart tells. */
const BROKEN: readonly [title: string, spoil: (values: Fields) => void, reason: RegExp][] = [
  ['the replacement in words', v => Object.assign(v, { kubeProxyReplacement: ['strict'] }), /kubeProxyReplacement/],
  ['replicas in words', v => Object.assign(v.operator, { replicas: 'two' }), /replicas/],
  ['encryption in words', v => Object.assign(v.encryption, { enabled: 'with WireGuard' }), /enabled/],
  ['a mode of addresses as a number', v => Object.assign(v.ipam, { mode: 7 }), /mode/],
  ['Hubble in words', v => Object.assign(v.hubble, { enabled: 'perhaps' }), /enabled/],
  ['the size of a node in words', v => Object.assign(v.ipam.operator, { clusterPoolIPv4MaskSize: 'large' }), /clusterPoolIPv4MaskSize/],
  ['a policy that is none', v => Object.assign(v, { policyEnforcementMode: 5 }), /policyEnforcementMode/],
];

describeWith(['helm'], 'the chart of Cilium', () => {
  const verdict = new Verdict('helm 3.22 with the chart cilium 1.20.2');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cilium-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const template = (given: Fields) => {
    writeFileSync(join(folder, 'values.yaml'), stringify(given));
    const args = [
      'template',
      'cilium',
      ciliumChart(),
      '--namespace',
      'kube-system',
      '--kube-version',
      '1.34.2',
      '--values',
      join(folder, 'values.yaml'),
    ];
    return spawnSync(tool('helm') as string, args, {
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1 << 26,
      env: { ...process.env, HOME: folder },
    });
  };
  const objects = (given: Fields) => {
    const { status, stdout, stderr } = template(given);
    expect([status, stderr]).toEqual([0, expect.not.stringMatching(/error/i)]);
    const all = parseAllDocuments(stdout)
      .map(document => document.toJS() as Fields)
      .filter(object => object !== null);
    verdict.took(all.length);
    return (kind: string, name: string) => all.find(object => object.kind === kind && object.metadata.name === name);
  };

  test('our values become what was meant: no kube-proxy, the API by its own address, WireGuard, two operators', () => {
    const find = objects(values());
    expect(find('ConfigMap', 'cilium-config').data).toMatchObject({
      'kube-proxy-replacement': 'true',
      'enable-wireguard': 'true',
      'enable-hubble': 'false',
      ipam: 'cluster-pool',
      'cluster-pool-ipv4-cidr': '10.42.0.0/16',
      'cluster-pool-ipv4-mask-size': '24',
    });
    const [agent] = find('DaemonSet', 'cilium').spec.template.spec.containers;
    expect(agent.env).toEqual(
      expect.arrayContaining([
        { name: 'KUBERNETES_SERVICE_HOST', value: '127.0.0.1' },
        { name: 'KUBERNETES_SERVICE_PORT', value: '6444' },
      ]),
    );
    expect(agent.resources).toEqual({ requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } });
    expect(find('Deployment', 'cilium-operator').spec.replicas).toBe(2);
  });

  test('on Talos nobody loads kernel modules, and cgroups are where they are', () => {
    const find = objects(values({ talos: true, apiServer: 'localhost', apiPort: 7445, podCidr: undefined, announces: true }));
    const { spec } = find('DaemonSet', 'cilium').spec.template;
    const added = [...spec.containers, ...spec.initContainers].flatMap((one: Fields) => one.securityContext?.capabilities?.add ?? []);
    expect(added).toContain('SYS_ADMIN');
    expect(added).not.toContain('SYS_MODULE');
    expect(spec.volumes.find((volume: Fields) => volume.name === 'cilium-cgroup').hostPath.path).toBe('/sys/fs/cgroup');
    expect(spec.initContainers.map((one: Fields) => one.name)).not.toContain('mount-cgroup');
    expect(find('ConfigMap', 'cilium-config').data).toMatchObject({ ipam: 'kubernetes', 'enable-l2-announcements': 'true' });
  });

  test.each(BROKEN)('broken: %s', (_, spoil, reason) => {
    const broken = values();
    spoil(broken);
    const { status, stderr } = template(broken);
    verdict.sawBroken(status !== 0);
    expect(stderr).toMatch(reason);
    expect(status).not.toBe(0);
  });
});
