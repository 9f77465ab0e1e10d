import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';
import { provisioningObjects } from './provisioning-objects';

// biome-ignore lint/suspicious/noExplicitAny: specs are the vendor's
type Spec = any;

/** One fault in the text of a template, and what the refusal tells. */
const BROKEN: readonly [title: string, spoil: (data: string) => string, reason: RegExp][] = [
  ['braces that are not closed', data => data.replace('{{.device_1}}', '{{.device_1'), /bad character|unclosed action/],
  ['a worker that nobody gives a machine', data => data.replace('{{.device_1}}', '{{.device_2}}'), /device_2/],
  ['a function that does not exist', data => data.replace('formatPartition', 'formatPart'), /formatPart/],
  ['a function that would read the controller', data => data.replace("'0755'", `'{{ env "HOME" }}'`), /"env" not defined/],
  ['braces of another language', data => data.replace('datasource: Ec2', 'host: {{ ds.meta_data.hostname }}'), /"ds" not defined/],
  ['a disk that the hardware has not', data => data.replace('disks 0', 'disks 1'), /out of range/],
  ['text that is no YAML', data => data.replace('global_timeout:', 'global_timeout'), /yaml|could not find/],
  ['a field that does not exist', data => data.replace('timeout: 1200', 'time_out: 1200'), /time_out/],
  ['a time that is no number', data => data.replace('timeout: 1200', 'timeout: 20m'), /cannot unmarshal/],
  ['no time at all', data => data.replace('timeout: 1200', 'timeout: 0'), /timeout 0/],
  ['an image that is no reference', data => data.replace('quay.io/tinkerbell', 'Quay.io//tinkerbell'), /image/],
  ['two actions of one name', data => data.replace('write /etc/cloud/ds-identify.cfg', 'write the image'), /twice/],
  ['an action without a name', data => data.replace('name: write the image', "name: ''"), /empty/],
  ['no tasks', data => `${data.slice(0, data.indexOf('tasks:'))}tasks: []\n`, /0 tasks/],
  ['an environment that is a list', data => data.replace("COMPRESSED: 'true'", '- COMPRESSED'), /yaml|mapping/],
];

describeWith(['tinkerbell-template-reader', 'shared'], 'templates of Tinkerbell', () => {
  const verdict = new Verdict('text/template, Sprig, yaml.v3 as in Tinkerbell');
  const ofApps = outputs().flatMap(({ folder }) =>
    filesBelow(join(folder, 'kubernetes'), path => /\/(Hardware|Template|Workflow)-[^/]+\.yaml$/.test(path)).map(
      path => parse(readFileSync(path, 'utf8')) as KubernetesObject,
    ),
  );
  const objects = [...provisioningObjects().map(([, object]) => object), ...ofApps];
  const named = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name)?.spec as Spec;
  const workflows = objects.filter(({ kind }) => kind === 'Workflow');
  const valuesOf = ({ hardwareMap, hardwareRef }: Spec) => ({ ...hardwareMap, hardware: { spec: named('Hardware', hardwareRef) } });

  test.each(workflows.map(({ metadata, spec }) => [metadata.name, spec as Spec]))(
    '%s is read, with its disk and worker filled in',
    (_, spec) => {
      const read = ask(named('Template', spec.templateRef).data, valuesOf(spec));
      verdict.took(1, read.error ? 1 : 0);
      expect(read.error).toBe('');
      const disk = named('Hardware', spec.hardwareRef).disks[0].device;
      for (const task of read.template.tasks) {
        expect(Object.values(spec.hardwareMap)).toContain(task.worker);
        for (const { environment } of task.actions) {
          for (const key of ['DEST_DISK', 'BLOCK_DEVICE'])
            if (environment[key]) expect(environment[key].replace(/-part\d+$/, '')).toBe(disk);
        }
      }
    },
  );

  test('text that looks like a template arrives as it was written', () => {
    const spec = named('Workflow', 'pve-03-rescue');
    const { template } = ask(named('Template', spec.templateRef).data, valuesOf(spec));
    const contents = template.tasks[0].actions.find(({ name }: { name: string }) => name === 'writefile').environment.CONTENTS;
    expect(contents).toBe('{{ ds.meta_data.hostname }}: {{- "\t" }}\n');
  });

  test.each(BROKEN)('%s is refused', (_, spoil, reason) => {
    const spec = named('Workflow', 'pve-01-debian');
    const { data } = named('Template', spec.templateRef);
    const broken = spoil(data);
    expect(broken).not.toBe(data);
    const { error } = ask(broken, valuesOf(spec));
    verdict.sawBroken(error !== '');
    expect(error).toMatch(reason);
  });
});

/** What the reader made of a template, or why it refused. */
function ask(data: string, values: object): { readonly template: Spec; readonly error: string } {
  const run = spawnSync(tool('tinkerbell-template-reader') as string, {
    input: JSON.stringify({ data, values }),
    encoding: 'utf8',
    timeout: 10_000,
  });
  return run.status === 0
    ? { template: JSON.parse(run.stdout), error: '' }
    : { template: undefined, error: run.stderr || String(run.error) };
}
