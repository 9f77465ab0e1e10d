import type { PostgresDatabase, PostgresRole } from './postgres-databases';
import { usersOf } from './postgres-databases';
import type { ServerPlan } from './server-plan';

/** Where the program that makes SCRAM verifiers is on the server. */
export const VERIFIER = '/usr/local/lib/ashlar/scram-verifier';

/**
 * Roles, databases and privileges, for psql as the superuser. It can run again at any time, and takes no right back that somebody
 * granted by hand to roles of their own.
 *
 * No password is in it: psql asks a program on the server for the SCRAM verifier of the password file, and only the verifier is sent,
 * with the statement kept out of the log all the same.
 * @see https://www.postgresql.org/docs/current/ddl-priv.html
 */
export function bootstrapSql(plan: ServerPlan): string {
  return [
    `-- Roles, databases and privileges of server ${plan.name}. Run by psql as postgres; can be run again.`,
    '\\set ON_ERROR_STOP on',
    'SET client_min_messages = warning;',
    "SET log_statement = 'none';",
    "SET log_min_error_statement = 'panic';",
    'SET log_min_duration_statement = -1;',
    'SET pg_stat_statements.track_utility = off;',
    '',
    ...plan.roles.flatMap(role => roleSql(role, plan)),
    ...createRole('prometheus', 'LOGIN'),
    'GRANT pg_monitor TO prometheus;',
    'CREATE EXTENSION IF NOT EXISTS pg_stat_statements;',
    ...(plan.replicas.length > 0
      ? [
          '',
          ...createRole('replicator', 'LOGIN REPLICATION'),
          ...password('replicator', plan),
          ...plan.replicas.map(({ slot }) => createSlot(slot)),
        ]
      : []),
    'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;',
    'GRANT CONNECT ON DATABASE postgres TO prometheus;',
    ...plan.databases.flatMap(database => databaseSql(database, plan.roles)),
    '',
  ].join('\n');
}

function roleSql(role: PostgresRole, plan: ServerPlan): string[] {
  const limit = role.connectionLimit ?? -1;
  return [
    ...createRole(role.name, 'LOGIN'),
    `ALTER ROLE "${role.name}" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT ${limit};`,
    ...password(role.name, plan),
    '',
  ];
}

function createRole(name: string, attributes: string): string[] {
  return [`SELECT 'CREATE ROLE "${name}" ${attributes}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') \\gexec`];
}

/** Where the program fails, psql goes on with an empty text, which would take the password away; so it stops here. */
function password(name: string, { layout }: ServerPlan): string[] {
  return [
    `\\set verifier \`${VERIFIER} ${layout.configuration}/passwords/${name}\``,
    "SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \\gset",
    '\\if :made',
    `ALTER ROLE "${name}" PASSWORD :'verifier';`,
    '\\else',
    `DO $$ BEGIN RAISE 'role ${name} keeps its password: there is no verifier of the new one'; END $$;`,
    '\\endif',
  ];
}

function createSlot(slot: string): string {
  return `SELECT pg_create_physical_replication_slot('${slot}', true) WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '${slot}');`;
}

const TABLES = { readWrite: 'SELECT, INSERT, UPDATE, DELETE', readOnly: 'SELECT' };
const SEQUENCES = { readWrite: 'USAGE, SELECT', readOnly: 'SELECT' };

function databaseSql(database: PostgresDatabase, roles: readonly PostgresRole[]): string[] {
  const { name, owner, extensions, grants } = database;
  const users = usersOf(database);
  const others = roles.filter(role => !users.includes(role.name)).map(role => role.name);
  return [
    '',
    `SELECT 'CREATE DATABASE "${name}" OWNER "${owner}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}') \\gexec`,
    `ALTER DATABASE "${name}" OWNER TO "${owner}";`,
    `REVOKE ALL ON DATABASE "${name}" FROM PUBLIC;`,
    ...(others.length > 0 ? [`REVOKE ALL ON DATABASE "${name}" FROM ${quoted(others)};`] : []),
    `GRANT CONNECT ON DATABASE "${name}" TO ${quoted(users)};`,
    `\\connect "${name}"`,
    'SET client_min_messages = warning;',
    'REVOKE ALL ON SCHEMA public FROM PUBLIC;',
    `ALTER SCHEMA public OWNER TO "${owner}";`,
    ...extensions.map(extension => `CREATE EXTENSION IF NOT EXISTS "${extension}";`),
    ...grants.flatMap(({ role, access }) => [
      `GRANT USAGE ON SCHEMA public TO "${role}";`,
      ...(['TABLES', 'SEQUENCES'] as const).flatMap(kind => {
        const rights = (kind === 'TABLES' ? TABLES : SEQUENCES)[access];
        return [
          // A right that was declared once and is no longer goes away.
          `REVOKE ALL ON ALL ${kind} IN SCHEMA public FROM "${role}";`,
          `GRANT ${rights} ON ALL ${kind} IN SCHEMA public TO "${role}";`,
          `ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" IN SCHEMA public REVOKE ALL ON ${kind} FROM "${role}";`,
          `ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" IN SCHEMA public GRANT ${rights} ON ${kind} TO "${role}";`,
        ];
      }),
    ]),
  ];
}

function quoted(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}
