import { findingAt, type Rule } from '@ashlar/core';
import { isAcmeIssuer } from '../is-acme-issuer';

/** An issuer that cannot reach its authority. */
export const ACME_DIRECTORY_UNREACHABLE: Rule = {
  code: 'ACME_DIRECTORY_UNREACHABLE',
  severity: 'error',
  incident: 'Nodes had no way to the Internet, so that no certificate was ever ordered, and people were taught to click the warning away.',
  *check(site) {
    for (const issuer of site.findAll().filter(isAcmeIssuer)) {
      const { hostname, port } = new URL(issuer.server.directory);
      const number = Number(port || 443);
      const open = issuer.connections.egress.some(
        flow => flow.port.protocol === 'tcp' && flow.port.from <= number && flow.port.to >= number,
      );
      if (open) continue;
      yield findingAt(
        issuer,
        this,
        `orders certificates at ${hostname}, and no flow lets it reach anything on port ${number}`,
        `write ${issuer.name}.connections.allowTo(Internet.of(site), Port.tcp(${number}))`,
      );
    }
  },
};
