import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { metalLab } from '../lib/main';

const CLUSTERS = ['dev', 'games', 'media'];
const files = Testing.files(metalLab());
// biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
const read = (path: string): any => parse(files[path] as string);
const spec = (name: string) => readFileSync(join(__dirname, `../clusters/${name}.yaml`), 'utf8');

describe.each(CLUSTERS)('the cluster %s', name => {
  test('is written in ten lines, which its schema takes', () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(files['schemas/cluster.schema.json'] as string));
    expect(validate(parse(spec(name)))).toBe(true);
    expect(spec(name).trim().split('\n').length).toBeLessThanOrEqual(10);
  });

  test('has three control planes, and Cilium by the Argo CD of the brain', () => {
    expect(read(`kubernetes/brain/${name}/TalosControlPlane-${name}-control-plane.yaml`).spec).toMatchObject({
      replicas: 3,
      version: 'v1.34.2',
    });
    const { spec: application } = read(`kubernetes/brain/argocd-${name}/Application-${name}-chart-cilium.yaml`);
    expect([application.source.chart, application.destination]).toEqual(['cilium', { name, namespace: 'kube-system' }]);
  });

  test('is registered in the Argo CD of the brain, by a secret that only the brain has', () => {
    const { template } = read(`kubernetes/brain/argocd-${name}/ExternalSecret-cluster-${name}.yaml`).spec.target;
    expect(template.metadata.labels).toEqual({ 'argocd.argoproj.io/secret-type': 'cluster' });
    const role = read(`kubernetes/brain/${name}/Role-cluster-${name}.yaml`);
    expect(role.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: [`${name}-kubeconfig`], verbs: ['get'] }]);
  });

  test('announces services of its own to the gateway', () => {
    const [instance] = read(`kubernetes/${name}/network/CiliumBGPClusterConfig-${name}.yaml`).spec.bgpInstances;
    const { blocks } = read(`kubernetes/${name}/network/CiliumLoadBalancerIPPool-${name}.yaml`).spec;
    const { services, asn } = parse(spec(name)) as { services: string; asn: number };
    expect([instance.localASN, blocks]).toEqual([asn, [{ cidr: services }]]);
  });
});

test('no two clusters have an address in common', () => {
  const taken = CLUSTERS.flatMap(name => {
    const { vmNetworkConfig, controlPlaneEndpoint } = read(`kubernetes/brain/${name}/HarvesterCluster-${name}.yaml`).spec;
    const { clusterNetwork } = read(`kubernetes/brain/${name}/Cluster-${name}.yaml`).spec;
    return [
      vmNetworkConfig.ipPool.subnet,
      controlPlaneEndpoint.host,
      ...clusterNetwork.pods.cidrBlocks,
      ...clusterNetwork.services.cidrBlocks,
    ];
  });
  expect(new Set(taken).size).toBe(taken.length);
});
