import { Check, ConfigError, Secret, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { identifier } from './identifier';

/** What a role may do in a database that it does not own. */
export type PostgresAccess = 'readWrite' | 'readOnly';

/** A database of a server. */
export interface PostgresDatabaseProps {
  /** Role that owns it and changes its schema; nobody else may. */
  readonly owner: string;
  /** To what size it grows; the data disk holds the sum of all and a fifth more. */
  readonly size: Size;
  /** Other roles, and what each may do with the owner's tables, those to come included. @default - none */
  readonly grants?: Readonly<Record<string, PostgresAccess>>;
  /** Extensions of PostgreSQL's own distribution, e.g. `pg_trgm`. @default - none */
  readonly extensions?: readonly string[];
}

/** A role that logs in. */
export interface PostgresRoleProps {
  /** Its password, of printable ASCII characters; it is on the server as a file, and as a SCRAM verifier in the database. */
  readonly password: Secret;
  /** Sessions that it may have at once, 1 to max_connections. @default - as many as the server has */
  readonly connectionLimit?: number;
}

/** A database as it is rendered. */
export interface PostgresDatabase {
  readonly name: string;
  readonly owner: string;
  readonly size: Size;
  readonly extensions: readonly string[];
  /** Sorted by role. */
  readonly grants: readonly { readonly role: string; readonly access: PostgresAccess }[];
}

export interface PostgresRole extends PostgresRoleProps {
  readonly name: string;
}

/**
 * Those of PostgreSQL's own contributed modules that an application can ask for, all in the server's package.
 * @see https://www.postgresql.org/docs/current/contrib.html
 */
const EXTENSIONS = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dict_int',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'pg_buffercache',
  'pg_stat_statements',
  'pg_trgm',
  'pg_visibility',
  'pgcrypto',
  'pgrowlocks',
  'pgstattuple',
  'postgres_fdw',
  'seg',
  'tablefunc',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
];

/** @throws PROP_*, POSTGRES_NAME_RESERVED, POSTGRES_ROLE_PASSWORD */
export function rolesOf(scope: IConstruct, given: Readonly<Record<string, PostgresRoleProps>>): PostgresRole[] {
  const check = new Check(scope);
  return named(scope, 'roles', given, '{ orders: { password: … } }').map(([name, role]) => {
    identifier(scope, check, 'role', name);
    if (!Secret.is(role?.password)) {
      throw new ConfigError(scope, 'POSTGRES_ROLE_PASSWORD', `role ${name} has no password that is a Secret`, {
        fix: `write ${name}: { password: Secret.fromOpenBao('kv/postgres/${name}', 'password') }`,
      });
    }
    check.known(role, ['password', 'connectionLimit']);
    if (role.connectionLimit !== undefined) check.integer(`roles.${name}.connectionLimit`, role.connectionLimit, 1, 5000);
    return { name, ...role };
  });
}

/** @throws PROP_*, POSTGRES_NAME_RESERVED, POSTGRES_ROLE_UNKNOWN, POSTGRES_ROLE_UNUSED, POSTGRES_GRANT_OWNER, POSTGRES_EXTENSION */
export function databasesOf(
  scope: IConstruct,
  given: Readonly<Record<string, PostgresDatabaseProps>>,
  roles: readonly PostgresRole[],
): PostgresDatabase[] {
  const check = new Check(scope);
  const databases = named(scope, 'databases', given, "{ orders: { owner: 'orders', size: Size.gibibytes(20) } }").map(([name, props]) => {
    identifier(scope, check, 'database', name);
    check.known(props, ['owner', 'size', 'grants', 'extensions']);
    const at = `databases.${name}`;
    check.instance(`${at}.size`, props.size, Size, 'Size.gibibytes(20)');
    known(scope, roles, `${at}.owner`, props.owner);
    const grants = Object.entries(props.grants ?? {}).map(([role, access]) => {
      known(scope, roles, `${at}.grants`, role);
      if (role === props.owner) {
        throw new ConfigError(
          scope,
          'POSTGRES_GRANT_OWNER',
          `${at}.grants names ${role}, who owns the database and may do everything in it`,
          {
            fix: `remove ${role} from grants, or let another role own ${name}`,
          },
        );
      }
      return { role, access: check.choice(`${at}.grants.${role}`, access, ['readWrite', 'readOnly']) };
    });
    for (const extension of props.extensions ?? []) refuseUnknownExtension(scope, at, extension);
    const extensions = [...new Set(props.extensions ?? [])].sort();
    return { name, owner: props.owner, size: props.size, extensions, grants: grants.sort((a, b) => (a.role < b.role ? -1 : 1)) };
  });
  for (const { name } of roles) {
    if (databases.some(database => usersOf(database).includes(name))) continue;
    throw new ConfigError(scope, 'POSTGRES_ROLE_UNUSED', `role ${name} owns no database and is granted none, so it can log in nowhere`, {
      fix: `write grants: { ${name}: 'readOnly' } in a database, or remove the role`,
    });
  }
  return databases;
}

/** The roles that may connect to a database, sorted. */
export function usersOf({ owner, grants }: PostgresDatabase): string[] {
  return [owner, ...grants.map(({ role }) => role)].sort();
}

function named<T>(scope: IConstruct, name: string, given: Readonly<Record<string, T>>, example: string): [string, T][] {
  new Check(scope).present(name, given, example);
  const entries = typeof given === 'object' ? Object.entries(given) : [];
  if (entries.length === 0) throw new ConfigError(scope, 'PROP_EMPTY', `${name} is empty`, { fix: `write ${name}: ${example}` });
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function known(scope: IConstruct, roles: readonly PostgresRole[], where: string, role: string): void {
  if (roles.some(({ name }) => name === role)) return;
  throw new ConfigError(scope, 'POSTGRES_ROLE_UNKNOWN', `${where} names a role that is not declared`, {
    got: role,
    fix: `use one of ${roles.map(({ name }) => name).join(', ')}, or declare it in roles`,
  });
}

function refuseUnknownExtension(scope: IConstruct, where: string, extension: string): void {
  if (EXTENSIONS.includes(extension)) return;
  throw new ConfigError(scope, 'POSTGRES_EXTENSION', `${where}.extensions names one that PostgreSQL's own packages do not have`, {
    got: extension,
    fix: `use one of ${EXTENSIONS.join(', ')}`,
    see: 'https://www.postgresql.org/docs/current/contrib.html',
  });
}
