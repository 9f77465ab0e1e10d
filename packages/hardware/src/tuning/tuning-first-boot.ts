import type { FirstBoot } from '@ashlar/core';
import { effectsOf } from './effect';
import type { TunedHost } from './tuned-host';
import { tuningFiles } from './tuning-files';
import type { TuningSettings } from './tuning-settings';

/** Tunes an instance when it first boots. What the kernel's command line says takes effect at its next boot. */
export function tuneAtFirstBoot(firstBoot: FirstBoot, settings: TuningSettings, host: TunedHost): void {
  const files = tuningFiles(settings, host).filter(({ content }) => content !== undefined);
  if (settings.value('host', 'timeServers') !== undefined) firstBoot.install('chrony');
  for (const { path, content } of files) firstBoot.file(path, content as string);
  for (const { argv } of effectsOf(files.flatMap(({ effects }) => effects))) firstBoot.run(argv.join(' '));
}
