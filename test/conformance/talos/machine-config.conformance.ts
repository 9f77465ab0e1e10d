import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';
import { NAMES, RELEASES, type Release, talosLab } from './talos-labs';
import { type Answer, askTalos, type Question, questionsOf, questionsOfApps } from './validator';

/** What is wrong with the patch of a control plane, and what Talos says of it. */
const BROKEN: readonly (readonly [title: string, from: RegExp, to: string, reason: RegExp])[] = [
  ['a misspelt section', /^ {2}kubelet:/m, '  kubelets:', /unknown keys|kubelets/],
  ['a misspelt key', /^ {6}validSubnets:/m, '      validSubnet:', /unknown keys|validSubnet/],
  ['a section of another one', /^ {2}etcd:/m, '  sysctls:', /unknown keys|sysctls/],
  ['a number where a text belongs', /disk: \/dev\/vda/, 'disk: [1]', /cannot unmarshal|decoding/],
  ['a switch that is text', /wipe: false/, 'wipe: never', /cannot (unmarshal|construct)|decoding|boolean/],
  ['a kind that there is not', /kind: Layer2VIPConfig/, 'kind: VipConfig', /not registered|VipConfig/],
  [
    'a version of a kind that there is not',
    /apiVersion: v1alpha1\nkind: HostnameConfig/,
    'apiVersion: v1\nkind: HostnameConfig',
    /not registered|v1/,
  ],
  ['a virtual address on no port', /^link: cluster0\n/m, '', /link must be specified/],
  ['a virtual address that is none', /^name: 10\.20\.0\.5$/m, 'name: api', /ParseAddr|unable to parse|VIP/i],
  ['two ways to get a name', /^auto: 'off'$/m, 'auto: stable', /cannot be set at the same time/],
  ['a way to get a name that there is not', /^auto: 'off'$/m, 'auto: random', /random|decoding/],
  [
    'a disk of a language that is none',
    /mac\(link\.permanent_addr\) ==/,
    'mac(link.permanent_addr =',
    /Syntax error|mismatched|link_selector|CEL/i,
  ],
  ['a field of a port that there is not', /link\.permanent_addr/, 'link.address', /undefined field|undeclared|address/],
  ['a key of a disk that is none', /nodeID: \{\}/, 'passphrase: x', /unknown keys|passphrase/],
  ['a disk that nothing opens', /^ {2}keys:\n {4}- slot: 0\n {6}nodeID: \{\}\n/m, '', /keys/],
  ['a volume of the system that there is not', /^name: STATE$/m, 'name: STATUS', /STATUS|name/],
  ['a way to encrypt that there is not', /provider: luks2/, 'provider: luks9', /luks9|decoding/],
  ['a plug-in and no name', /name: none/, 'name: nothing', /cni|nothing/i],
];

describe.each(RELEASES)('Talos $minor', release => {
  describeWith(['shared'], 'schema', () => {
    const verdict = new Verdict(`Talos ${release.minor}, schema of machine configurations`);
    const faults = schemaOf(release);

    test.each(NAMES)('takes every document of the cluster %s', name => {
      for (const { patches } of questionsOf(talosLab(name, release))) {
        const [text] = patches as [string];
        verdict.took(parseAllDocuments(text).length, faults(text).length);
        expect(faults(text)).toEqual([]);
      }
    });
  });

  describeWith([release.validator], 'Talos itself', () => {
    const verdict = new Verdict(`Talos ${release.minor}, its own loader and validator`);

    test.each(NAMES)('takes the configuration of each machine of the cluster %s, secrets and all', name => {
      const lab = talosLab(name, release);
      const answers = askTalos(release, questionsOf(lab));
      verdict.took(answers.length, answers.filter(({ error }) => error !== undefined).length);
      for (const answer of answers) expect(answer).toEqual({ config: expect.any(String) });
      const [first] = answers.map(({ config }) => parseAllDocuments(config as string)[0]?.toJS());
      // What the generator says of a list, a patch would add to.
      expect(first.cluster.network).toMatchObject({
        cni: { name: 'none' },
        podSubnets: [lab.cluster.pods.cidr],
        serviceSubnets: [lab.cluster.services.cidr],
      });
      expect(first.machine.type).toBe('controlplane');
      expect(first.machine.install.image).toBe(lab.cluster.image.installer());
      expect(first.cluster.proxy.disabled).toBe(true);
      expect(first.cluster.controlPlane.endpoint).toBe(lab.cluster.endpoint.url);
      expect(first.cluster.discovery.enabled).toBe(false);
    });

    test('takes the configuration, and the tuning, of each machine of the apps', () => {
      const questions = questionsOfApps(release.minor);
      const answers = askTalos(
        release,
        questions.map(([, question]) => question),
      );
      verdict.took(answers.length, answers.filter(({ error }) => error !== undefined).length);
      const refused = questions.flatMap(([machine], i) => (answers[i]?.error === undefined ? [] : [[machine, answers[i]?.error]]));
      expect(refused).toEqual([]);
      if (release.minor === '1.13') expect(questions.length).toBeGreaterThan(2);
    });

    let spoilt: readonly (readonly [text: string, answer: Answer])[];
    beforeAll(() => {
      const [question] = questionsOf(talosLab('plain', release)) as [Question];
      const texts = BROKEN.map(([, from, to]) => (question.patches[0] as string).replace(from, to));
      const answers = askTalos(
        release,
        texts.map(text => ({ ...question, patches: [text] })),
      );
      spoilt = texts.map((text, i) => [text === question.patches[0] ? 'not spoilt' : text, answers[i] as Answer]);
    });

    test.each(BROKEN.map(([title, , , reason], i) => [title, i, reason] as const))('refuses %s', (_, i, reason) => {
      const [text, answer] = spoilt[i] as [string, Answer];
      expect(text).not.toBe('not spoilt');
      verdict.sawBroken(answer.error !== undefined);
      expect(answer.error).toMatch(reason);
    });
  });
});

/** Each document is of one kind. */
function schemaOf({ schema }: Release): (text: string) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(shared() ?? '', 'conformance/talos', schema), 'utf8')));
  return text =>
    parseAllDocuments(text)
      .map(document => document.toJS())
      .flatMap((document, n) => (validate(document) ? [] : [`document ${n}: ${ajv.errorsText(validate.errors)}`]));
}
