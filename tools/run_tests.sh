#!/usr/bin/env bash
# The whole suite on SQLite, then on PostgreSQL when DATABASE_URL names one, then the browser.
# Nothing is printed after pytest, so that its own count is the last thing read.
set -euo pipefail
fast="not trust and not faults and not load"
pytest=(.venv/bin/python -m pytest --quiet)
address=${DATABASE_URL:-}
unset DATABASE_URL
rooms() { "${pytest[@]}" --numprocesses 2 --dist loadfile -m "not browser and $fast" "$@"; }
browser() {
  mkdir -p var
  ASHAR_TEST_DATABASE="$1" "${pytest[@]}" --numprocesses 2 --dist loadfile -m "browser and $fast" || [ $? = 5 ]
}

echo "== The suite on SQLite"
rooms "$@"
if [[ $address == postgres* ]]; then
  echo "== The suite on PostgreSQL"
  DATABASE_URL=$address rooms "$@"
else
  echo "== PostgreSQL was left out: DATABASE_URL names none"
fi
if .venv/bin/python tests/chromium.py; then
  echo "== In a browser, on SQLite"
  browser var/test-browser.sqlite3
  if [[ $address == postgres* ]]; then
    echo "== In a browser, on PostgreSQL"
    DATABASE_URL=$address browser test_ashar_browser
  fi
fi
