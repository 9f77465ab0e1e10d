import type { Facts } from '../../packages/terraform/src/bindings';
import type { SchemaLock } from './schema-lock';

/** What a reviewer of a new lock needs to know, one line each: `- proxmox_harule.affinity (string optional)`. */
export function changes(before: SchemaLock, after: SchemaLock): string[] {
  const was = flat(before);
  const is = flat(after);
  const lines = [
    ...[...was].filter(([path]) => !is.has(path)).map(([path, facts]) => `- ${path} (${facts})`),
    ...[...is]
      .filter(([path]) => !was.has(path))
      .map(([path, facts]) => `+ ${path} (${facts})${facts.includes('required') ? ' REQUIRED' : ''}`),
    ...[...is].flatMap(([path, facts]) => {
      const former = was.get(path);
      if (former === undefined || former === facts) return [];
      return [`~ ${path} (${former} -> ${facts})${facts.includes('required') && !former.includes('required') ? ' NOW REQUIRED' : ''}`];
    }),
  ];
  return before.version === after.version ? lines : [`~ version (${before.version} -> ${after.version})`, ...lines];
}

function flat(lock: SchemaLock): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (facts: Facts, at: string): void => {
    for (const [name, of] of Object.entries(facts)) {
      const path = `${at}.${name}`;
      if (typeof of === 'string') found.set(path, of);
      else {
        const { of: below, ...rest } = of;
        found.set(path, Object.values(rest).join(' '));
        walk(below, path);
      }
    }
  };
  walk(lock.provider, 'provider');
  for (const [type, facts] of Object.entries(lock.resources)) {
    found.set(type, 'resource');
    walk(facts, type);
  }
  for (const [type, facts] of Object.entries(lock.dataSources)) {
    found.set(`data.${type}`, 'data source');
    walk(facts, `data.${type}`);
  }
  return found;
}
