import { type Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Names that PostgreSQL, its access file or the server's own roles keep to themselves. */
const RESERVED: Readonly<Record<'role' | 'database', readonly string[]>> = {
  role: ['postgres', 'replicator', 'prometheus', 'public', 'none', 'all', 'current_role', 'current_user', 'session_user', 'user'],
  database: ['postgres', 'template0', 'template1', 'all', 'sameuser', 'samerole', 'samegroup', 'replication'],
};

/**
 * Checks the name of a role or a database: it stands in SQL and in `pg_hba.conf`, so it needs no quotes in either.
 * @throws PROP_FORMAT, POSTGRES_NAME_RESERVED
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function identifier(scope: IConstruct, check: Check, kind: 'role' | 'database', name: string): string {
  check.text(
    `the name of a ${kind}`,
    name,
    /^[a-z][a-z0-9_]{0,62}$/,
    'lower-case letters, digits and underscores, a letter first',
    'orders',
  );
  if (RESERVED[kind].includes(name) || name.startsWith('pg_')) {
    throw new ConfigError(
      scope,
      'POSTGRES_NAME_RESERVED',
      `${name} cannot be the name of a ${kind}, because the server keeps it for itself`,
      {
        fix: `choose another name, such as ${kind === 'role' ? 'orders_api' : 'orders'}`,
      },
    );
  }
  return name;
}
