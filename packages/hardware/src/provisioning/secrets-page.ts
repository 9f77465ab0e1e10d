import { bmcName, keptSecret } from './bmc-machine';
import type { BootHardware } from './boot-hardware';
import { NAMESPACE } from './stack-values';

/** Secrets that must be made before Tinkerbell can switch machines on, and where their values are kept; undefined when none is left to make. */
export function secretsPage(all: readonly BootHardware[]): string | undefined {
  const rows = all.flatMap(hardware => {
    const { bmc } = hardware;
    if (!bmc || keptSecret(bmc)) return [];
    const { username, password } = bmc.credentials;
    return [
      `| \`${bmcName(hardware)}\` | \`username\` | \`${username.describe()}\` |`,
      `| \`${bmcName(hardware)}\` | \`password\` | \`${password.describe()}\` |`,
    ];
  });
  if (rows.length === 0) return undefined;
  return [
    '# Accounts of the BMCs',
    '',
    `Secrets of namespace \`${NAMESPACE}\`, made by External Secrets, or once by hand from two files:`,
    `\`kubectl -n ${NAMESPACE} create secret generic <secret> --from-file=username --from-file=password\``,
    '',
    '| Secret | Key | Its value is kept in |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
