import { secret } from './lab';
import { database, gib, some, told } from './told';

const ERRORS: readonly [string, () => string, string][] = [
  [
    'no databases',
    () => told({ databases: {} }),
    "[test/orders-db] databases is empty; write databases: { orders: { owner: 'orders', size: Size.gibibytes(20) } } (PROP_EMPTY)",
  ],
  [
    'no roles',
    () => told({ roles: undefined }),
    '[test/orders-db] roles is missing; write roles: { orders: { password: … } } (PROP_MISSING)',
  ],
  [
    'a database with a reserved name',
    () => told({ databases: { template1: { owner: 'orders', size: gib(1) } }, roles: some('orders') }),
    '[test/orders-db] template1 cannot be the name of a database, because the server keeps it for itself; choose another name, such as orders (POSTGRES_NAME_RESERVED)',
  ],
  [
    'a role with a reserved name',
    () => told({ roles: some('postgres') }),
    '[test/orders-db] postgres cannot be the name of a role, because the server keeps it for itself; choose another name, such as orders_api (POSTGRES_NAME_RESERVED)',
  ],
  [
    'a role with the prefix of the system',
    () => told({ roles: some('pg_orders') }),
    '[test/orders-db] pg_orders cannot be the name of a role, because the server keeps it for itself; choose another name, such as orders_api (POSTGRES_NAME_RESERVED)',
  ],
  [
    'a role with capitals',
    () => told({ roles: some('Orders') }),
    '[test/orders-db] the name of a role must be lower-case letters, digits and underscores, a letter first, got "Orders"; write it like orders (PROP_FORMAT)',
  ],
  [
    'a role without a password',
    () => told({ roles: { orders: {} } }),
    "[test/orders-db] role orders has no password that is a Secret; write orders: { password: Secret.fromOpenBao('kv/postgres/orders', 'password') } (POSTGRES_ROLE_PASSWORD)",
  ],
  [
    'a password as text',
    () => told({ roles: { orders: { password: 'hunter2' } } }),
    "[test/orders-db] role orders has no password that is a Secret; write orders: { password: Secret.fromOpenBao('kv/postgres/orders', 'password') } (POSTGRES_ROLE_PASSWORD)",
  ],
  [
    'a role that nothing is granted',
    () => told({ ...database({}), roles: some('orders', 'orders_api', 'reports', 'auditor') }),
    "[test/orders-db] role auditor owns no database and is granted none, so it can log in nowhere; write grants: { auditor: 'readOnly' } in a database, or remove the role (POSTGRES_ROLE_UNUSED)",
  ],
  [
    'a limit of no sessions',
    () => told({ roles: { orders: { password: secret('x'), connectionLimit: 0 } } }),
    '[test/orders-db] roles.orders.connectionLimit must be from 1 to 5000, got 0; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'an owner that is not declared',
    () => told(database({ owner: 'order' })),
    '[test/orders-db] databases.orders.owner names a role that is not declared, got "order"; use one of orders, orders_api, reports, or declare it in roles (POSTGRES_ROLE_UNKNOWN)',
  ],
  [
    'a grant to a role that is not declared',
    () => told(database({ grants: { api: 'readOnly' } })),
    '[test/orders-db] databases.orders.grants names a role that is not declared, got "api"; use one of orders, orders_api, reports, or declare it in roles (POSTGRES_ROLE_UNKNOWN)',
  ],
  [
    'a grant to the owner',
    () => told(database({ grants: { orders: 'readWrite' } })),
    '[test/orders-db] databases.orders.grants names orders, who owns the database and may do everything in it; remove orders from grants, or let another role own orders (POSTGRES_GRANT_OWNER)',
  ],
  [
    'a right that there is not',
    () => told(database({ grants: { reports: 'all' } })),
    '[test/orders-db] databases.orders.grants.reports must be one of readWrite, readOnly, got "all"; write databases.orders.grants.reports: \'readWrite\' (PROP_CHOICE)',
  ],
  [
    'a database without a size',
    () => told(database({ size: 40 })),
    '[test/orders-db] databases.orders.size must be a Size, got 40; write databases.orders.size: Size.gibibytes(20) (PROP_TYPE)',
  ],
  [
    'an extension of somebody else',
    () => told(database({ extensions: ['timescaledb'] })),
    '[test/orders-db] databases.orders.extensions names one that PostgreSQL\'s own packages do not have, got "timescaledb"; use one of amcheck, bloom, btree_gin, btree_gist, citext, cube, dict_int, earthdistance, fuzzystrmatch, hstore, intarray, isn, lo, ltree, pg_buffercache, pg_stat_statements, pg_trgm, pg_visibility, pgcrypto, pgrowlocks, pgstattuple, postgres_fdw, seg, tablefunc, tsm_system_rows, tsm_system_time, unaccent, uuid-ossp, see https://www.postgresql.org/docs/current/contrib.html (POSTGRES_EXTENSION)',
  ],
];

test.each(ERRORS)('refuses %s', (_, action, text) => expect(action()).toBe(text));
