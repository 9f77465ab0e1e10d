import { findingAt, type Rule } from '@ashlar/core';
import { isPfSense } from '../is-pfsense';
import { settingsOf } from '../pfsense-settings';

/** Aliases and interfaces of pfSense share their names, whatever the case of letters. */
export const PFSENSE_ALIAS_NAME: Rule = {
  code: 'PFSENSE_ALIAS_NAME',
  severity: 'error',
  incident: 'Two groups were shortened to one name; the second list replaced the first, and a rule for five servers let in a whole office.',
  *check(site) {
    for (const gateway of site.findAll().filter(isPfSense)) {
      const found = (message: string, fix: string) => findingAt(gateway, PFSENSE_ALIAS_NAME, message, fix);
      const aliases = settingsOf(gateway).aliases;
      const groups = new Map<string, string>();
      for (const { name, group } of aliases) {
        const other = groups.get(name);
        if (other !== undefined) yield found(`the alias ${name} would stand for ${other} and for ${group}`, 'rename one of them');
        groups.set(name, group);
        const taken = gateway.interfaces.all.find(({ descr }) => descr === name);
        if (taken) yield found(`the alias ${name} of ${group} has the name of the interface ${taken.id}`, 'rename one of them');
      }
    }
  },
};
