import { parse } from 'yaml';
import type { InfrastructureName } from '../../../packages/clusters/test/cluster-api/factory-lab';
import { RELEASES, type Release } from '../talos/talos-labs';
import { type Answer, askTalos, type Question } from '../talos/validator';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { factoryObjects } from './factory-objects';

/** Questions about both kinds of machines of a cluster, as the Talos providers ask: by what they merge into what they generate. */
function questionsOf(infrastructure: InfrastructureName): Question[] {
  const objects = factoryObjects(infrastructure).map(([, object]) => object);
  // biome-ignore lint/suspicious/noExplicitAny: what is read is the vendor's
  const spec = (kind: string): any => objects.find(object => object.kind === kind)?.spec;
  const control = spec('TalosControlPlane');
  const worker = spec('TalosConfigTemplate').template.spec;
  const { host, port } = spec(
    objects.find(({ kind }) => /^(Proxmox|Tinkerbell|Harvester)Cluster$/.test(kind))?.kind as string,
  ).controlPlaneEndpoint;
  const common = { cluster: 'media', endpoint: `https://${host}:${port}`, kubernetes: control.version, metal: false };
  return [
    {
      ...common,
      type: 'controlplane',
      talos: control.controlPlaneConfig.controlplane.talosVersion,
      patches: control.controlPlaneConfig.controlplane.strategicPatches,
    },
    { ...common, type: 'worker', talos: worker.talosVersion, patches: worker.strategicPatches },
  ];
}

const RELEASE = RELEASES.find(({ minor }) => minor === '1.12') as Release;

/** A fault in the patches of a control plane, and what Talos says of it. */
const BROKEN: readonly (readonly [title: string, from: RegExp, to: string, reason: RegExp])[] = [
  ['a misspelt section', /^ {2}kubelet:/m, '  kubelets:', /unknown keys|kubelets/],
  ['a misspelt key', /^ {6}validSubnets:/m, '      validSubnet:', /unknown keys|validSubnet/],
  ['a subnet that is none', /10\.40\.0\.0\/24/, '10.40.0.0/33', /10\.40\.0\.0\/33/],
  ['a switch that is text', /disabled: true/, 'disabled: never', /cannot (unmarshal|construct)|decoding|bool/],
  ['a plug-in that there is not', /name: none/, 'name: cilium', /cni|cilium/i],
  ['a port beyond the last', /port: 7445/, 'port: many', /cannot (unmarshal|construct)|decoding/],
  ['an address of the API that is none', /ip: 10\.40\.0\.20/, 'ip: api', /api|VIP|parse/i],
  ['a selector of nothing', /physical: true/, 'physical: 7', /cannot (unmarshal|construct)|decoding/],
];

describeWith([RELEASE.validator], 'Talos itself, of machines that a factory makes', () => {
  const verdict = new Verdict('Talos 1.12, configurations by Cluster API');

  test.each(['proxmox', 'harvester', 'tinkerbell'] as const)('takes what machines on %s are configured with', name => {
    const answers = askTalos(RELEASE, questionsOf(name));
    verdict.took(answers.length, answers.filter(({ error }) => error).length);
    expect(answers.map(({ error }) => error)).toEqual([undefined, undefined]);
    for (const { config } of answers) {
      // biome-ignore lint/suspicious/noExplicitAny: as above
      const { cluster } = parse((config as string).split('\n---\n')[0] as string) as any;
      expect([cluster.network.cni.name, cluster.proxy?.disabled ?? true, cluster.network.podSubnets]).toEqual([
        'none',
        true,
        ['10.244.0.0/16'],
      ]);
    }
  });

  test.each(BROKEN)('refuses %s', (_, from, to, reason) => {
    const [question] = questionsOf('proxmox') as [Question];
    const patches = question.patches.map(patch => patch.replace(from, to));
    expect(patches).not.toEqual(question.patches);
    const [answer] = askTalos(RELEASE, [{ ...question, patches }]) as [Answer];
    verdict.sawBroken(answer.error !== undefined);
    expect(answer.error).toMatch(reason);
  });

  test('refuses sections of cloud-init, as the released provider of Harvester adds them', () => {
    const [question] = questionsOf('harvester') as [Question];
    const added = 'package_update: true\npackages: [qemu-guest-agent]\nssh_authorized_keys: [ssh-ed25519 AAAA]\n';
    const patches = question.patches.map(patch => patch + added);
    const [answer] = askTalos(RELEASE, [{ ...question, patches }]) as [Answer];
    verdict.sawBroken(answer.error !== undefined);
    expect(answer.error).toMatch(/unknown keys/);
  });
});
