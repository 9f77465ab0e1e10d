import { ConfigError, onRender, Site } from '@ashlar/core';
import type { ProxmoxGuest } from './proxmox-guest';

/**
 * Settings that Proxmox VE takes from root alone, and from no token: a command in `devices/proxmox/<cluster>/<vmId>.sh`.
 *
 * It is run as root on the node of the guest once the guest is there, and again when the file changes:
 * `ssh root@pve-01 sh < 101.sh`. It takes effect when the guest is next started. Terraform leaves these settings alone.
 *
 * @throws ROOT_SETTINGS outside of a site, which alone has a place for the file
 * @see https://registry.terraform.io/providers/bpg/proxmox/0.111.1/docs/resources/virtual_environment_vm
 */
export function asRoot(guest: ProxmoxGuest, settings: Readonly<Record<string, string>>): void {
  const options = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const [first] = options;
  if (!first) return;
  if (!Site.find(guest)) {
    throw new ConfigError(
      guest,
      'ROOT_SETTINGS',
      `asks for ${first[0]}, which Proxmox VE takes from root alone, and there is no site to write the command for root into`,
      {
        fix: 'create it in a TerraformWorkspace of a Site, or leave it out',
      },
    );
  }
  const { cluster, vmId, kind, hostName } = guest;
  const set = [kind === 'vm' ? 'qm' : 'pct', 'set', String(vmId), ...options.flatMap(([name, value]) => [`--${name}`, `'${value}'`])].join(
    ' ',
  );
  const text = `#!/bin/sh\n# ${hostName}: what Proxmox VE takes from root alone. Run on its node, now ${guest.homeNode.name}.\nset -eu\n${set}\n`;
  onRender(guest, output => output.write(guest, `devices/proxmox/${cluster.name}/${vmId}.sh`, text));
}
