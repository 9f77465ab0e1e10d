-- Roles, databases and privileges of server postgres. Run by psql as postgres; can be run again.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;
SET pg_stat_statements.track_utility = off;

SELECT 'CREATE ROLE "alice" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alice') \gexec
ALTER ROLE "alice" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/alice`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "alice" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role alice keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "bob" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bob') \gexec
ALTER ROLE "bob" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/bob`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "bob" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role bob keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "carol" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'carol') \gexec
ALTER ROLE "carol" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1;
\set verifier `/usr/local/lib/ashlar/scram-verifier /etc/postgresql/17/main/passwords/carol`
SELECT :'verifier' LIKE 'SCRAM-SHA-256$%' AS made \gset
\if :made
ALTER ROLE "carol" PASSWORD :'verifier';
\else
DO $$ BEGIN RAISE 'role carol keeps its password: there is no verifier of the new one'; END $$;
\endif

SELECT 'CREATE ROLE "prometheus" LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prometheus') \gexec
GRANT pg_monitor TO prometheus;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO prometheus;

SELECT 'CREATE DATABASE "alice" OWNER "alice"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'alice') \gexec
ALTER DATABASE "alice" OWNER TO "alice";
REVOKE ALL ON DATABASE "alice" FROM PUBLIC;
REVOKE ALL ON DATABASE "alice" FROM "bob", "carol";
GRANT CONNECT ON DATABASE "alice" TO "alice";
\connect "alice"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO "alice";

SELECT 'CREATE DATABASE "bob" OWNER "bob"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'bob') \gexec
ALTER DATABASE "bob" OWNER TO "bob";
REVOKE ALL ON DATABASE "bob" FROM PUBLIC;
REVOKE ALL ON DATABASE "bob" FROM "alice", "carol";
GRANT CONNECT ON DATABASE "bob" TO "bob";
\connect "bob"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO "bob";

SELECT 'CREATE DATABASE "carol" OWNER "carol"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'carol') \gexec
ALTER DATABASE "carol" OWNER TO "carol";
REVOKE ALL ON DATABASE "carol" FROM PUBLIC;
REVOKE ALL ON DATABASE "carol" FROM "alice", "bob";
GRANT CONNECT ON DATABASE "carol" TO "carol";
\connect "carol"
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO "carol";
