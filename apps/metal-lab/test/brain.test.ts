import { TalosCluster } from '@ashlar/clusters';
import { pathOf } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { clustersOf } from '@ashlar/kubernetes';
import { TALOS } from '../lib/images';
import { metalLab } from '../lib/main';

const site = metalLab();
const brain = clustersOf(site).find(TalosCluster.isTalosCluster) as TalosCluster;

test('its machines boot the image that they install, extension and all', () => {
  expect(TALOS.url).toBe(`https://factory.talos.dev/image/${brain.image.schematicId}/${brain.talos}/nocloud-amd64.qcow2`);
});

test('each machine is configured without a secret, and tuned', () => {
  const files = Testing.files(site);
  for (const name of ['platform-1', 'platform-2', 'platform-3']) {
    expect(files[`talos/brain/${name}.yaml`]).toContain(`hostname: ${name}\n`);
    const machine = brain.node.findChild(name) as unknown as { lifecycle: { start: [{ action: { run: [string[]] } }] } };
    const [step] = machine.lifecycle.start;
    const [generate] = step.action.run;
    expect(generate.filter(argument => argument.startsWith('@'))).toEqual([`@talos/brain/${name}.yaml`, `@talos/${name}/tuning.yaml`]);
    expect(files[`talos/${name}/tuning.yaml`]).toContain('sysctls:');
  }
});

test('it comes after its machines, and Cilium and Argo CD come after it', () => {
  const needs = brain.lifecycle.startsAfter.map(need => pathOf('on' in need ? need.on : need));
  expect(needs).toEqual(['metal-lab/brain/platform-1', 'metal-lab/brain/platform-2', 'metal-lab/brain/platform-3']);
  expect(brain.bootstrapReleases.map(({ name }) => name)).toEqual(['cilium', 'argocd']);
  expect(brain.networkPlugin?.name).toBe('cilium');
});
