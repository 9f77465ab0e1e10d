import type { Output } from '@ashlar/core';
import { ansiblePlaybook } from './ansible-playbook';
import type { HostTuning } from './host-tuning';
import { talosPatch, talosSchematic } from './talos-patch';
import { tuningReport } from './tuning-report';

/** Writes what the hosts of a tuning need, besides their first boot, and the report. */
export function writeTuning(tuning: HostTuning, output: Output): void {
  const { hosts, settings } = tuning;
  const name = tuning.node.id;
  if (hosts.length === 0) return;
  const files =
    tuning.system === 'debian'
      ? Object.entries(ansiblePlaybook(name, settings, hosts)).map(([path, text]) => [`devices/ansible/${name}/${path}`, text])
      : hosts.flatMap(host => [
          [`talos/${host.name}/tuning.yaml`, talosPatch(settings, host)],
          [`talos/${host.name}/schematic.yaml`, talosSchematic(settings)],
        ]);
  for (const [path, text] of files) if (path !== undefined && text !== undefined) output.write(tuning, path, text);
  output.write(tuning, `report/tuning/${name}.md`, tuningReport(tuning));
}
