#!/usr/bin/env bash
# Create the role and database "ashar" on this machine's PostgreSQL and print its address.
set -euo pipefail
name=${ASHAR_DATABASE:-ashar}
password=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else sudo -u postgres "$@"; fi; }
as_owner psql -q -v ON_ERROR_STOP=1 -d postgres <<SQL
SELECT format('CREATE ROLE %I LOGIN', '$name')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$name') \gexec
ALTER ROLE "$name" PASSWORD '$password';
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', '$name', '$name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$name') \gexec
SQL
echo "DATABASE_URL=postgresql://$name:$password@127.0.0.1:5432/$name"
echo "Keep this line in a file that only Ashar can read; docs/operations.md says how the data is moved."
