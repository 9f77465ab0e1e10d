import { findingAt, type Rule } from '@ashlar/core';
import { serves } from '../../gateway/dns-host';
import { isGateway } from '../../gateway/is-gateway';
import { isTraefikRoute } from '../../traefik/is-traefik-route';
import { isCertificate } from '../is-certificate';

/** A certificate for a name that no listener serves with it. */
export const CERTIFICATE_UNSERVED: Rule = {
  code: 'CERTIFICATE_UNSERVED',
  severity: 'error',
  incident:
    'A name was moved to another gateway and stayed in the old certificate: its challenge failed at each renewal, and with it that of the nine names beside it.',
  *check(site) {
    const all = site.findAll();
    const serving = [...all.filter(isGateway).flatMap(gateway => gateway.listeners), ...all.filter(isTraefikRoute)];
    for (const certificate of all.filter(isCertificate)) {
      const own = serving.filter(one => one.certificate === certificate).map(one => one.host as string);
      const unserved = certificate.hosts.filter(host => !own.some(name => serves(host, name) || serves(name, host)));
      if (unserved.length === 0) continue;
      yield findingAt(
        certificate,
        this,
        `is for ${unserved.join(', ')}, which no listener serves with it`,
        `write gateway.https('shop', { host: '${unserved[0]}', certificate }), or remove the name`,
      );
    }
  },
};
