import type { Secret } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { GatewayDeployment } from '../gateway/gateway-lifecycle';
import type { GatewayPlan } from '../gateway/gateway-plan';
import { isWireGuardInterface } from '../wireguard/is-wireguard';
import type { VyOs } from './vyos';
import { peeringsOf } from './vyos-routing';

/** Minutes after which VyOS goes back to the old configuration unless somebody confirms the new one. */
const MINUTES = 10;

/** Where the values of secrets lie on the device, readable by root only. */
const FOLDER = '/config/auth/ashlar';

/** A setting whose value must not be in Git. */
export interface SecretSetting {
  readonly path: string;
  /** Name of the file on the device that holds the value. */
  readonly file: string;
  readonly secret: Secret;
}

/** Settings that are added on the device, from files there. */
export function secretSettings(gateway: VyOs, plan: GatewayPlan): SecretSetting[] {
  const { wan } = gateway;
  const pppoe =
    DynamicUplink.is(wan) && wan.pppoe
      ? [{ path: 'interfaces pppoe pppoe0 authentication password', file: 'pppoe', secret: wan.pppoe.password }]
      : [];
  const bgp = peeringsOf(gateway).flatMap(({ node, neighbors, password }) =>
    password
      ? neighbors.map(host => ({ path: `protocols bgp neighbor ${host.ip} password`, file: `bgp-${node.id}`, secret: password }))
      : [],
  );
  return [...pppoe, ...bgp, ...plan.tunnels.flatMap(tunnel => tunnel.secrets ?? [])];
}

/** Commands that put `config.boot` in place, to be run on the device from the folder of the file. */
export function applyScript(secrets: readonly SecretSetting[], scripts: readonly string[]): string {
  return [
    '#!/bin/vbash',
    '# Loads config.boot from the folder of this script, adds what is kept on the device, and commits. Without `confirm`',
    `# within ${MINUTES} minutes VyOS goes back to what it had.`,
    'set -e',
    'source /opt/vyatta/etc/functions/script-template',
    'folder=$(cd "$(dirname "$0")" && pwd)',
    ...scripts.map(script => `install -m 755 "$folder/${script}" /config/scripts/${script}`),
    'configure',
    'load "$folder/config.boot"',
    ...secrets.map(({ path, file }) => `set ${path} "$(cat ${FOLDER}/${file})"`),
    'compare',
    `commit-confirm ${MINUTES} <<< y`,
    'exit discard',
    '',
  ].join('\n');
}

export function runbook(gateway: VyOs, plan: GatewayPlan, secrets: readonly SecretSetting[]): string {
  const name = gateway.node.id;
  const files = [...new Map(secrets.map(({ file, secret }) => [file, secret.describe()]))];
  const values = files.map(([file, source]) => `| \`${FOLDER}/${file}\` | ${source} |`);
  return [
    `# ${name}: how to put a new configuration in place`,
    '',
    `VyOS ${gateway.version}. Everything here is generated; what to change is in the program.`,
    '',
    ...(values.length > 0
      ? [
          'Before the first time, write the secrets to files that only root reads (`chmod 600`):',
          '',
          '| File on the device | Value |',
          '|---|---|',
          ...values,
          '',
        ]
      : []),
    ...peersToTell(plan),
    `1. Copy this folder to the device: \`scp -r . ${gateway.admins[0]?.name}@${gateway.management.gateway}:ashlar/\`.`,
    '2. Look at what changes: `ashlar-vyos-diff <old config.boot> <new config.boot>`, from two revisions of Git, prints it as commands.',
    `3. On the device: \`sudo sg vyattacfg -c ./ashlar/apply.sh\`. It commits with \`commit-confirm ${MINUTES}\`.`,
    `4. Open a **new** SSH session from ${gateway.management.name}. When it works: \`configure\`, \`confirm\`, \`save\`.`,
    `5. If it does not, wait: after ${MINUTES} minutes the device is back at the old configuration. \`rollback 1\` goes back later.`,
    '',
  ].join('\n');
}

/** How its configuration gets onto it. */
export function vyosDeployment(gateway: VyOs, plan: GatewayPlan): GatewayDeployment {
  const runbook = `devices/vyos/${gateway.node.id}/RUNBOOK.md`;
  return {
    device: `VyOS ${gateway.version}`,
    configure: `Follow ${runbook}, the first time at the console: it loads config.boot with commit-confirm ${MINUTES}`,
    upgrade: `Add the image of VyOS ${gateway.version} with \`add system image\`, restart, and follow ${runbook}`,
    back: `Restart without \`confirm\` and \`save\`, or \`rollback 1\``,
    secrets: secretSettings(gateway, plan).map(({ secret }) => secret),
  };
}

/** What the other ends of tunnels have to be told. */
function peersToTell({ tunnels }: GatewayPlan): string[] {
  const own = tunnels.filter(isWireGuardInterface);
  if (own.length === 0) return [];
  const rows = own.map(
    ({ name, publicKey, listenPort, addresses }) => `| ${name} | \`${publicKey}\` | ${listenPort}/udp | ${addresses.join(', ')} |`,
  );
  return ['The other ends of tunnels need:', '', '| Interface | Public key | Port | Addresses |', '|---|---|---|---|', ...rows, ''];
}
