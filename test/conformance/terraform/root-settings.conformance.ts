import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, shared } from '../tool';
import { Verdict } from '../verdict';
import { guestEnvironment } from './guest-environment';

/** What the API says of an option; a value like `nesting=1` has keys of its own. */
interface Option {
  readonly enum?: readonly string[];
  readonly format?: string | Readonly<Record<string, { readonly default_key?: number }>>;
}

const KINDS: Readonly<Record<string, string>> = { qm: 'qemu', pct: 'lxc' };

describeWith(['shared'], 'What root sets of a guest', () => {
  const verdict = new Verdict('the API of Proxmox VE, for root');
  const api = JSON.parse(readFileSync(join(shared() ?? '', 'conformance/pve/pve-9.1-api.schema.json'), 'utf8'));
  const optionsOf = (program: string): Readonly<Record<string, Option>> =>
    api[`/nodes/{node}/${KINDS[program]}/{vmid}/config`].PUT.parameters.properties;

  /** What is wrong with the commands of a script. */
  const faults = (script: string): string[] =>
    [...script.matchAll(/^(qm|pct) set \d+ (.*)$/gm)].flatMap(([, program = '', rest = '']) =>
      [...rest.matchAll(/--(\S+) '([^']*)'/g)].flatMap(([, name = '', value = '']) => {
        const option = optionsOf(program)[name] ?? optionsOf(program)[name.replace(/\d+$/, '[n]')];
        return option ? refused(option, value).map(why => `${program} --${name}: ${why}`) : [`${program} has no --${name}`];
      }),
    );

  const { output } = guestEnvironment().render();
  const scripts = output.entries().filter(([path]) => /^devices\/proxmox\/pve\/\d+\.sh$/.test(path));

  test.each(scripts)('%s asks for options that there are', (_, script) => {
    expect(script).toMatch(/^(qm|pct) set /m);
    expect(faults(script)).toEqual([]);
    verdict.took(1);
  });

  test('a virtual machine and a container have some', () => {
    expect(scripts.map(([, script]) => /^(qm|pct) set/m.exec(script)?.[1]).sort()).toEqual(['pct', 'qm']);
  });

  test.each([
    ["qm set 101 --cpuaffinity '0-3'", 'qm has no --cpuaffinity'],
    ["qm set 101 --hugepages '4'", 'qm --hugepages: 4 is none of any, 2, 1024'],
    ["pct set 102 --features 'keyring=1'", 'pct --features: there is no keyring'],
    ["pct set 102 --mp128 '/tank/media,path=/srv/media'", 'pct --mp128: there is no path'],
  ])('refuses %s', (script, fault) => {
    expect(faults(script)).toEqual([fault]);
    verdict.sawBroken(true);
  });
});

function refused(option: Option, value: string): string[] {
  if (option.enum && !option.enum.includes(value)) return [`${value} is none of ${option.enum.join(', ')}`];
  const { format } = option;
  if (typeof format !== 'object') return [];
  const keys = value.split(',').flatMap(part => (part.includes('=') ? [part.slice(0, part.indexOf('='))] : []));
  return keys.filter(key => !(key in format)).map(key => `there is no ${key}`);
}
