import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parseAllDocuments } from 'yaml';
import { describeWith, filesBelow, outputs, shared } from '../tool';
import { Verdict } from '../verdict';
import { NAMES, tunedHosts } from './tuned-hosts';

describeWith(['shared'], 'Talos', () => {
  const folder = join(shared() as string, 'conformance/talos');
  const { files } = tunedHosts('talos');
  const ofApps = outputs().flatMap(({ app, folder: out }) =>
    filesBelow(join(out, 'talos'), path => path.endsWith('/tuning.yaml')).map(
      path => [`${app}: ${basename(dirname(path))}`, readFileSync(path, 'utf8')] as const,
    ),
  );

  describe.each(readdirSync(folder).sort())('%s', file => {
    const verdict = new Verdict(`Talos ${file.replace('.schema.json', '')}, machine configuration`);
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(join(folder, file), 'utf8')));

    /** Each document is of one kind. */
    const faults = (text: string): string[] =>
      parseAllDocuments(text)
        .map(document => document.toJS())
        .flatMap((document, n) => (validate(document) ? [] : [`document ${n}: ${ajv.errorsText(validate.errors)}`]));

    test.each(NAMES)('takes the patch of %s', name => {
      const text = files[`talos/${name}/tuning.yaml`] as string;
      verdict.took(parseAllDocuments(text).length, faults(text).length);
      expect(faults(text)).toEqual([]);
    });

    test.each(ofApps)('takes the patch of %s', (_, text) => {
      verdict.took(parseAllDocuments(text).length, faults(text).length);
      expect(faults(text)).toEqual([]);
    });

    test.each<[title: string, from: RegExp, to: string]>([
      ['a number where a text belongs', /kernel\.pid_max: '(\d+)'/, 'kernel.pid_max: $1'],
      ['a misspelt section', /^ {2}sysctls:/m, '  sysctl:'],
      ['modules that are texts', /- name: sch_fq/, '- sch_fq'],
      ['an MTU that is text', /^mtu: 9000$/m, 'mtu: jumbo'],
      ['rings that there are not', /^ {2}rx: 4096$/m, '  receive: 4096'],
      ['a kind that there is not', /kind: TimeSyncConfig/, 'kind: TimeConfig'],
      ['time servers of their own section', /^ntp:\n {2}servers:/m, 'servers:'],
      ['rules that are one text', /^ {4}rules:\n {6}- (.*)\n.*$/m, '    rules: $1'],
    ])('refuses %s', (_, from, to) => {
      const text = files['talos/everything/tuning.yaml'] as string;
      const spoilt = text.replace(from, to);
      expect(spoilt).not.toBe(text);
      verdict.sawBroken(faults(spoilt).length > 0);
      expect(faults(spoilt)).not.toEqual([]);
    });
  });
});
