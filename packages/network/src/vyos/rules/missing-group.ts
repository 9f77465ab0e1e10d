import type { VyosRule } from './vyos-rule';

/** A rule names only groups that there are. */
export const VYOS_MISSING_GROUP: VyosRule = {
  code: 'VYOS_MISSING_GROUP',
  incident:
    'A group was deleted with the service it was made for; another rule still named it, and the next boot came up without a firewall.',
  *check(config) {
    for (const family of ['ipv4', 'ipv6']) {
      for (const [set, content] of config.below('firewall', family, 'name')) {
        for (const [number, rule] of content.below('rule')) {
          for (const end of ['source', 'destination']) {
            for (const [kind, names] of rule.below(end, 'group')) {
              const name = names.names()[0]?.replace(/^!/, '') ?? '';
              const list =
                family === 'ipv6' && kind !== 'port-group' && kind !== 'mac-group' && kind !== 'domain-group' ? `ipv6-${kind}` : kind;
              if (config.has('firewall', 'group', list, name)) continue;
              yield {
                message: `rule ${number} of ${set} names the ${list} ${name}, and there is none`,
                fix: 'define the group, or name another',
              };
            }
          }
        }
      }
    }
  },
};
