-- Roles, databases and privileges of server orders-db. Run by psql as postgres; can be run again.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
SET pg_stat_statements.track_utility = off;

SELECT 'CREATE ROLE "billing" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'billing') \gexec
ALTER ROLE "billing" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/billing`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "billing" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role billing keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "orders" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders') \gexec
ALTER ROLE "orders" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/orders`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "orders" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role orders keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "orders_api" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders_api') \gexec
ALTER ROLE "orders_api" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 40;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/orders_api`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "orders_api" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role orders_api keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "reports" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reports') \gexec
ALTER ROLE "reports" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/reports`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "reports" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role reports keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "prometheus" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prometheus') \gexec
GRANT pg_monitor TO prometheus;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO prometheus;

SELECT 'CREATE DATABASE "billing" OWNER "billing"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'billing') \gexec
ALTER DATABASE "billing" OWNER TO "billing";
REVOKE ALL ON DATABASE "billing" FROM PUBLIC;
REVOKE ALL ON DATABASE "billing" FROM "orders", "orders_api";
GRANT CONNECT ON DATABASE "billing" TO "billing", "reports";
\connect "billing"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO "billing";
GRANT USAGE ON SCHEMA public TO "reports";
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "reports";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "billing" IN SCHEMA public REVOKE ALL ON TABLES FROM "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "billing" IN SCHEMA public GRANT SELECT ON TABLES TO "reports";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "reports";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "billing" IN SCHEMA public REVOKE ALL ON SEQUENCES FROM "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "billing" IN SCHEMA public GRANT SELECT ON SEQUENCES TO "reports";

SELECT 'CREATE DATABASE "orders" OWNER "orders"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'orders') \gexec
ALTER DATABASE "orders" OWNER TO "orders";
REVOKE ALL ON DATABASE "orders" FROM PUBLIC;
REVOKE ALL ON DATABASE "orders" FROM "billing";
GRANT CONNECT ON DATABASE "orders" TO "orders", "orders_api", "reports";
\connect "orders"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO "orders";
CREATE EXTENSION IF NOT EXISTS "citext";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
GRANT USAGE ON SCHEMA public TO "orders_api";
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "orders_api";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "orders_api";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public REVOKE ALL ON TABLES FROM "orders_api";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "orders_api";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "orders_api";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "orders_api";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public REVOKE ALL ON SEQUENCES FROM "orders_api";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "orders_api";
GRANT USAGE ON SCHEMA public TO "reports";
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "reports";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public REVOKE ALL ON TABLES FROM "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public GRANT SELECT ON TABLES TO "reports";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "reports";
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public REVOKE ALL ON SEQUENCES FROM "reports";
ALTER DEFAULT PRIVILEGES FOR ROLE "orders" IN SCHEMA public GRANT SELECT ON SEQUENCES TO "reports";
