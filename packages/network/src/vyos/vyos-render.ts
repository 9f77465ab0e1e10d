import { type Finding, type Output, pathOf } from '@ashlar/core';
import { GatewayPlan } from '../gateway/gateway-plan';
import { configBoot } from './config-boot';
import { parseConfigBoot } from './parse-config-boot';
import { faultsOf } from './rules';
import { setCommands } from './set-commands';
import type { VyOs } from './vyos';
import type { VyosNode } from './vyos-config';
import { applyScript, runbook, secretSettings } from './vyos-deployment';
import { dhcpServer, routerAdvertisements } from './vyos-dhcp';
import { firewallOf } from './vyos-firewall';
import { interfacesOf } from './vyos-interfaces';
import { dnsForwarding } from './vyos-names';
import { natOf } from './vyos-nat';
import { policyOf, protocolsOf } from './vyos-routing';
import { ENDPOINTS, sshService, systemOf, timeService } from './vyos-system';
import { endpointScript } from './vyos-wireguard';

/** Everything that a gateway is told, from the model alone; secrets are added on the device. */
export function vyosConfig(gateway: VyOs, plan = new GatewayPlan(gateway)): VyosNode {
  const passages = plan.passages();
  return {
    firewall: firewallOf(gateway, plan, passages),
    interfaces: interfacesOf(gateway, plan),
    nat: natOf(gateway, plan, passages),
    policy: policyOf(gateway, plan),
    protocols: protocolsOf(gateway, plan),
    service: {
      'dhcp-server': dhcpServer(gateway),
      dns: { forwarding: dnsForwarding(gateway) },
      ntp: timeService(gateway),
      'router-advert': routerAdvertisements(gateway),
      ssh: sshService(gateway),
    },
    system: systemOf(gateway, plan),
  };
}

/** The files of a gateway. */
export function renderVyOs(gateway: VyOs, output: Output): void {
  const plan = new GatewayPlan(gateway);
  const config = vyosConfig(gateway, plan);
  const secrets = secretSettings(gateway, plan);
  const folder = `devices/vyos/${gateway.node.id}`;
  output.write(gateway, `${folder}/config.boot`, configBoot(config, gateway.version));
  output.write(gateway, `${folder}/commands.txt`, setCommands(config));
  const endpoints = endpointScript(plan.tunnels);
  if (endpoints !== undefined) output.write(gateway, `${folder}/${ENDPOINTS}`, endpoints);
  output.write(gateway, `${folder}/apply.sh`, applyScript(secrets, endpoints === undefined ? [] : [ENDPOINTS]));
  output.write(gateway, `${folder}/RUNBOOK.md`, runbook(gateway, plan, secrets));
}

/** Faults that are visible in what was written, and not in its syntax. */
export function* inspectVyOs(gateway: VyOs, output: Output): Iterable<Finding> {
  const text = output.read(`devices/vyos/${gateway.node.id}/config.boot`) ?? '';
  for (const { code, message, fix } of faultsOf(parseConfigBoot(text))) {
    yield { code, severity: 'error', path: pathOf(gateway), message, fix };
  }
}
