import { Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { TalosClusterProps } from './talos-cluster-props';

const HOST = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+)$/;

/** Checks what machines are told of others: time servers, resolvers, mirrors of registries. @throws PROP_*, TALOS_MIRROR */
export function checkServices(cluster: IConstruct, { timeServers, nameservers, registryMirrors = {} }: TalosClusterProps): void {
  const check = new Check(cluster);
  for (const server of timeServers === undefined ? [] : check.list('timeServers', timeServers, "'ntp.lab.example.net'"))
    check.text('timeServers', server, HOST, 'names or addresses', 'ntp.lab.example.net');
  for (const server of nameservers === undefined ? [] : check.list('nameservers', nameservers, "'10.20.0.1'"))
    check.text('nameservers', server, /^[0-9a-f.:]+$/, 'addresses', '10.20.0.1');
  for (const [registry, endpoints] of Object.entries(registryMirrors)) {
    const given = check.list(`registryMirrors['${registry}']`, endpoints, "'https://mirror.lab.example.net'");
    const wrong = given.find(url => !/^https?:\/\/[\w.-]+(:\d+)?(\/[\w./-]*)?$/.test(url));
    if (wrong === undefined && HOST.test(registry.replace(/:\d+$/, ''))) continue;
    throw new ConfigError(
      cluster,
      'TALOS_MIRROR',
      `registryMirrors has ${wrong ?? registry}, and maps names of registries to URLs of mirrors`,
      {
        fix: "write { 'docker.io': ['https://mirror.lab.example.net'] }",
        see: 'https://docs.siderolabs.com/talos/v1.13/reference/configuration/cri/registrymirrorconfig',
      },
    );
  }
}
