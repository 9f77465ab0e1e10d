import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { checkHost } from '../spf-evaluation';
import { judgedDomains } from './judged-domains';

const REFUSED: readonly string[] = ['fail', 'softfail', 'neutral'];

/** Whoever sends for the domain must be let through by its record, as a receiver evaluates it. */
export const SPF_COVERAGE: Rule = {
  code: 'SPF_COVERAGE',
  severity: 'error',
  incident:
    'A second relay was added with an address of its own; half of the mail went through it and was refused, the other half was not, and the search took a week.',
  *check(site) {
    for (const { mail, names } of judgedDomains(site)) {
      for (const server of mail.outgoing) {
        for (const ip of server.addresses) {
          const { result, term } = checkHost(mail.domain, { ip, helo: server.name }, names);
          if (!REFUSED.includes(result)) continue;
          yield findingAt(
            mail,
            SPF_COVERAGE,
            `${pathOf(server)} sends mail of ${mail.domain} from ${ip}, and its SPF record answers ${result}${term ? ` by ${term}` : ''}`,
            `add ip${ip.includes(':') ? 6 : 4}:${ip} to mechanisms, or leave mechanisms out: then the addresses of the outgoing servers stand there`,
          );
        }
      }
    }
  },
};
