import { type Need, pathOf, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { factoryLab } from './factory-lab';

const needs = (after: readonly (IConstruct | Need)[]) =>
  after.map(each => ('on' in each ? `${pathOf(each.on)} for ${each.for}` : pathOf(each)));

test('a factory starts after its cluster, its operator and what its machines are made on', () => {
  const { factory } = factoryLab();
  expect(needs(factory.lifecycle.startsAfter)).toEqual([
    'lab/brain for the API that its controllers watch',
    'lab/brain/chart-cluster-api-operator for the installation of its providers',
    'lab/brain/capi-system for its providers',
    'lab/brain/cabpt-system for its providers',
    'lab/brain/cacppt-system for its providers',
    'lab/brain/capi-ipam-in-cluster-system for its providers',
    'lab/brain/capmox-system for its providers',
    'lab/hci for the machines that it makes',
  ]);
  expect(factory.lifecycle.start?.map(({ check }) => ('command' in check ? check.command.join(' ') : ''))).toEqual([
    'kubectl --context brain --namespace cluster-factory get secret proxmox',
    'kubectl --context brain wait bootstrapprovider,controlplaneprovider,coreprovider,infrastructureprovider,ipamprovider --all --all-namespaces --for=condition=Ready --timeout=10s',
  ]);
});

test('a cluster starts after the factory, and nothing is done to it by command', () => {
  const { lifecycle } = factoryLab().cluster();
  expect(needs(lifecycle.startsAfter)).toEqual([
    'lab/brain/clusters for the controllers that make it',
    'lab/brain/media for its objects in the management cluster',
    'lab/hci for its machines',
  ]);
  expect(lifecycle.start?.map(({ id, action }) => `${id}: ${Object.keys(action)}`)).toEqual(['control-plane: waits', 'access: run']);
});

test('an upgrade waits for the version, of control planes before workers', () => {
  const { lifecycle } = factoryLab().cluster({ version: Version.of('1.35.0'), running: Version.of('1.34.2') });
  expect(lifecycle.upgrade?.map(({ check }) => ('command' in check ? check.command.join(' ') : ''))).toEqual([
    'kubectl --context brain --namespace media wait taloscontrolplane/media-control-plane --for=jsonpath={.status.version}=v1.35.0 --timeout=10s',
    'kubectl --context brain --namespace media wait machinedeployment/media-workers --for=condition=RollingOut=False --timeout=10s',
  ]);
});

test('another host is waited for by the clusters that have machines there, and by no other', () => {
  const { cluster, hosts, site } = factoryLab();
  const { lifecycle } = cluster();
  const replaced = lifecycle.replace?.(hosts[0] as IConstruct);
  expect(replaced?.join.map(({ title }) => title)).toEqual(['Wait until all machines of media are there again']);
  expect(lifecycle.replace?.(site)).toBeUndefined();
});

test('what runs in a cluster is delivered by Argo CD of the management cluster, Cilium with the cluster', () => {
  const media = factoryLab().cluster();
  const shop = media.namespace('shop');
  expect(media.installer?.deliveryOf(shop)).toEqual({
    waits: 'Argo CD of brain installs media-shop.',
    check: [
      'kubectl',
      '--context',
      'brain',
      '--namespace',
      'argocd',
      'wait',
      'application/media-shop',
      '--for=jsonpath={.status.health.status}=Healthy',
      '--timeout=10s',
    ],
  });
  expect(media.carriesBootstrap).toBe(true);
});
