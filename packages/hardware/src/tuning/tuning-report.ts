import { pathOf } from '@ashlar/core';
import type { HostTuning } from './host-tuning';

/** Every value of a tuning with its reason, and the hosts that it is for. */
export function tuningReport(tuning: HostTuning): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return [
    `# Tuning ${tuning.node.id}`,
    '',
    `Profile ${tuning.profile.name}, for ${tuning.system === 'talos' ? 'Talos' : 'Debian'}.`,
    '',
    ...tuning.hosts.map(host => `- ${host.name} (\`${pathOf(host.construct)}\`)`),
    '',
    '| Setting | Value | Profile | Why | Source |',
    '|---|---|---|---|---|',
    ...tuning.settings.all.map(({ kind, name, value, profile, because, see }) => {
      return `| ${kind} \`${name}\` | ${value ? `\`${cell(value)}\`` : ''} | ${profile} | ${cell(because ?? '')} | ${see ? `<${see}>` : ''} |`;
    }),
    '',
  ].join('\n');
}
