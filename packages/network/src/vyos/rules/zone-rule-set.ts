import type { VyosRule } from './vyos-rule';

/** A zone names only zones and rule sets that there are, and has an interface. */
export const VYOS_ZONE_RULE_SET: VyosRule = {
  code: 'VYOS_ZONE_RULE_SET',
  incident: 'A rule set was renamed, and the zone kept the old name; the commit failed at night, in the middle of a migration.',
  *check(config) {
    const zones = new Set(config.names('firewall', 'zone'));
    for (const [zone, content] of config.below('firewall', 'zone')) {
      if (!content.has('local-zone') && content.names('interface').length === 0) {
        yield { message: `zone ${zone} has no interface, and is not the local zone`, fix: 'give it one, or remove it' };
      }
      for (const [from, source] of content.below('from')) {
        if (!zones.has(from))
          yield { message: `zone ${zone} has rules from zone ${from}, which is not there`, fix: 'define the zone, or remove the rules' };
        const sets = [['ipv4', source.value('firewall', 'name')] as const, ['ipv6', source.value('firewall', 'ipv6-name')] as const];
        if (sets.every(([, name]) => name === undefined)) {
          yield { message: `zone ${zone} says nothing of what may come from zone ${from}`, fix: 'name a rule set, or remove the entry' };
        }
        for (const [family, name] of sets) {
          if (name === undefined || config.has('firewall', family, 'name', name)) continue;
          yield {
            message: `zone ${zone} takes from zone ${from} what the ${family} rule set ${name} allows, and there is none`,
            fix: 'define the rule set',
          };
        }
      }
    }
  },
};
