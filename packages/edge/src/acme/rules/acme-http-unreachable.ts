import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isAcmeIssuer } from '../is-acme-issuer';

/** Challenges by HTTP at a gateway that nobody reaches on port 80. */
export const ACME_HTTP_UNREACHABLE: Rule = {
  code: 'ACME_HTTP_UNREACHABLE',
  severity: 'error',
  incident: 'Port 80 was closed as a matter of hardening. Ninety days later all certificates of the house ended on one day.',
  *check(site) {
    for (const issuer of site.findAll().filter(isAcmeIssuer)) {
      const { proof } = issuer.challenge;
      if (proof.kind !== 'http-01') continue;
      const { gateway } = proof;
      const open = gateway.connections.ingress.some(({ port }) => port.protocol === 'tcp' && port.from <= 80 && port.to >= 80);
      if (open) continue;
      yield findingAt(
        issuer,
        this,
        `is asked for files at ${pathOf(gateway)} on port 80, to which no flow leads`,
        `write ${gateway.name}.connections.allowFrom(Internet.of(site), Port.tcp(80)), or use AcmeChallenge.cloudflare or rfc2136`,
      );
    }
  },
};
