import type { Output } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { GatewayDeployment } from '../gateway/gateway-lifecycle';
import { PPPOE_PASSWORD, renderConfigXml } from './config-xml';
import type { PfSense } from './pfsense';
import { settingsOf } from './pfsense-settings';
import { renderRestRequests, restRequests } from './rest-requests';

/** The files of a gateway. */
export function renderPfSense(gateway: PfSense, output: Output): void {
  const settings = settingsOf(gateway);
  const path = `devices/pfsense/${gateway.node.id}`;
  output.write(gateway, `${path}.xml`, renderConfigXml(gateway, settings));
  output.write(gateway, `${path}.rest.json`, renderRestRequests(restRequests(gateway, settings)));
  output.write(gateway, `${path}.RUNBOOK.md`, runbook(gateway));
}

/** How its configuration gets onto it. */
export function pfsenseDeployment({ node, wan }: PfSense): GatewayDeployment {
  const runbook = `devices/pfsense/${node.id}.RUNBOOK.md`;
  return {
    device: 'the release of pfSense that is wanted',
    configure: `Install pfSense when its disk is empty, and restore the configuration as ${runbook} says`,
    upgrade: 'System > Update: confirm, and wait for the restart',
    back: 'Restore the configuration before from the console, menu 15',
    secrets: DynamicUplink.is(wan) && wan.pppoe ? [wan.pppoe.password] : [],
  };
}

function runbook({ node, wan, management }: PfSense): string {
  const { id } = node;
  const pppoe = DynamicUplink.is(wan) ? wan.pppoe : undefined;
  return [
    `# ${id}: how to put a new configuration in place`,
    '',
    'pfSense CE 2.7 and later, or Plus. Everything here is generated; what to change is in the program.',
    '',
    `\`${id}.xml\` holds sections of \`config.xml\`, \`${id}.rest.json\` most of the same as requests to the REST API package.`,
    '',
    '1. **Diagnostics > Backup & Restore**: download the configuration.',
    `2. In a copy, put the sections of \`${id}.xml\` in place of those of the same name; others, \`system\` among them, stay.`,
    ...(pppoe ? [`   Put the value of \`${pppoe.password.describe()}\`, in base 64, in place of \`${PPPOE_PASSWORD}\`.`] : []),
    '3. Restore the copy. pfSense starts again.',
    `4. Open the web interface from ${management.name}. When it does not answer, restore the configuration before from the console, menu 15.`,
    '',
    `Where the package is installed: send the requests of \`${id}.rest.json\` in their order${pppoe ? ', once the uplink works' : ''}. What it`,
    'has no field for (PPPoE, IPv6 router advertisements, DHCPv6, SCTP) comes from the file.',
    '',
  ].join('\n');
}
