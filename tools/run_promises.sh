#!/usr/bin/env bash
# Show the promises of one kind (trust, faults or load) on SQLite, and on PostgreSQL when
# DATABASE_URL names one. What one database fails does not hide what the other says.
set -uo pipefail
kind=$1
shift
address=${DATABASE_URL:-}
results=()

show() { # name of the database, its address
  local said
  echo "== $1: $kind"
  DATABASE_URL=$2 .venv/bin/python -m pytest -q -m "$kind" "${@:3}"
  said=$?
  results+=("$1: $([ "$said" = 0 ] && echo kept || echo "failed, pytest says $said")")
  return "$said"
}

mkdir -p var
failed=0
# In a file: several connections at once cannot share a database in memory, and races would be skipped.
ASHAR_TEST_DATABASE=${ASHAR_TEST_DATABASE:-var/test-promises.sqlite3} \
  show SQLite "" "${@:-tests}" || failed=1
if [[ $address == postgres* ]]; then
  # Its own name: the file above is none for PostgreSQL, and a suite beside it keeps its database.
  ASHAR_TEST_DATABASE=test_ashar_promises \
    show PostgreSQL "$address" "${@:-tests}" || failed=1
else
  results+=("PostgreSQL: left out, DATABASE_URL names none")
fi
printf '== %s\n' "${results[@]}"
exit "$failed"
