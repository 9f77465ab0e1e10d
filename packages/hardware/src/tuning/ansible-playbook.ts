import { toYaml } from '@ashlar/core';
import { EFFECTS, type Effect } from './effect';
import type { TunedHost } from './tuned-host';
import { type TuningFile, tuningFiles } from './tuning-files';
import type { TuningSettings } from './tuning-settings';

/**
 * A playbook with its inventory and its role, by path. It needs nothing but `ansible.builtin`, changes nothing on its second run, says
 * under `--check` what it would change, and boots a host only with `-e tuning_reboot=true`.
 *
 * @see https://docs.ansible.com/ansible/latest/collections/ansible/builtin/index.html
 */
export function ansiblePlaybook(name: string, settings: TuningSettings, hosts: readonly TunedHost[]): Record<string, string> {
  const group = name.replaceAll('-', '_');
  const files = hosts.map(host => ({ host, files: tuningFiles(settings, host) }));
  const packages = settings.value('host', 'timeServers') === undefined ? [] : ['chrony'];
  const documents: Record<string, unknown> = {
    'inventory.yml': {
      all: {
        children: { [group]: { hosts: Object.fromEntries(files.map(({ host, files }) => [host.name, variables(host, files, packages)])) } },
      },
    },
    'site.yml': [{ name: `Tune hosts as ${name}`, hosts: group, become: true, gather_facts: false, roles: ['tuning'] }],
    'roles/tuning/defaults/main.yml': { tuning_reboot: false },
    'roles/tuning/tasks/main.yml': TASKS,
    'roles/tuning/handlers/main.yml': HANDLERS,
  };
  return Object.fromEntries([
    ...Object.entries(documents).map(([path, document]) => [path, `---\n${toYaml(document)}`]),
    ...files.flatMap(({ host, files }) =>
      files.flatMap(({ path, content }) => (content === undefined ? [] : [[`roles/tuning/files/${host.name}${path}`, content]])),
    ),
  ]);
}

function variables({ fqdn }: TunedHost, files: readonly TuningFile[], packages: readonly string[]) {
  const row = ({ path, effects, reboot }: TuningFile) => ({
    path,
    effects: [...effects.map(effect => EFFECTS[effect].name), ...(reboot ? [REBOOT] : [])],
  });
  return {
    ansible_host: fqdn,
    tuning_packages: packages,
    tuning_files: files.filter(({ content }) => content !== undefined).map(row),
    tuning_absent: files.filter(({ content }) => content === undefined).map(row),
  };
}

const REBOOT = 'Boot the host';

const TASKS = [
  {
    name: 'Look for a boot loader that has another command line',
    'ansible.builtin.stat': { path: '/etc/kernel/cmdline' },
    register: 'tuning_cmdline',
  },
  {
    name: 'Refuse a host that does not boot by GRUB',
    'ansible.builtin.assert': {
      that: ["not tuning_cmdline.stat.exists or '/etc/default/grub.d/90-tuning.cfg' not in (tuning_files | map(attribute='path'))"],
      fail_msg: 'This host boots by the command line in /etc/kernel/cmdline, which is not written here.',
      quiet: true,
    },
  },
  {
    name: 'Install packages',
    'ansible.builtin.package': { name: '{{ tuning_packages }}', state: 'present' },
    when: 'tuning_packages | length > 0',
  },
  {
    name: 'Make folders',
    'ansible.builtin.file': { path: '{{ item }}', state: 'directory', mode: '0755' },
    loop: "{{ tuning_files | map(attribute='path') | map('dirname') | unique }}",
  },
  {
    name: 'Write files',
    'ansible.builtin.copy': {
      src: '{{ inventory_hostname }}{{ item.path }}',
      dest: '{{ item.path }}',
      owner: 'root',
      group: 'root',
      mode: '0644',
    },
    loop: '{{ tuning_files }}',
    loop_control: { label: '{{ item.path }}' },
    notify: '{{ item.effects }}',
  },
  {
    name: 'Remove files that nothing is left for',
    'ansible.builtin.file': { path: '{{ item.path }}', state: 'absent' },
    loop: '{{ tuning_absent }}',
    loop_control: { label: '{{ item.path }}' },
    notify: '{{ item.effects }}',
  },
];

/** Commands, because `--check` then leaves them out on a host that has none of the files yet. */
const HANDLERS = [
  ...Object.values(EFFECTS).map(({ name, argv }: Effect) => ({ name, 'ansible.builtin.command': { argv: [...argv] }, changed_when: true })),
  { name: REBOOT, 'ansible.builtin.reboot': { msg: 'New settings of the kernel' }, when: 'tuning_reboot | bool' },
];
