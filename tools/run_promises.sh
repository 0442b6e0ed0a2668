#!/usr/bin/env bash
# Show the promises of one kind (trust, faults or load) on SQLite, and on PostgreSQL when
# DATABASE_URL names one.
set -euo pipefail
kind=$1
address=${DATABASE_URL:-}
echo "SQLite"
DATABASE_URL='' .venv/bin/python -m pytest -q -m "$kind" tests
if [ -n "$address" ]; then
  echo "PostgreSQL"
  DATABASE_URL="$address" .venv/bin/python -m pytest -q -m "$kind" tests
fi
