#!/usr/bin/env bash
# Every check, all of them even when one fails; each is named before it runs.
set -uo pipefail
failed=()
check() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}
bin=.venv/bin
check "Format" $bin/ruff format --check .
check "Lint" $bin/ruff check .
check "Types" $bin/mypy
check "Architecture" $bin/lint-imports --no-cache
check "Settings and storage" $bin/python manage.py check --database default
check "Migrations" $bin/python manage.py makemigrations --check --dry-run
check "Law" $bin/python manage.py law check
check "Translations" $bin/python tools/messages.py check
check "Templates" $bin/djlint ashar --lint --quiet
# Left out: what ruff (S104, S308, S310, S314, S608) asks about on the same lines, where each
# answer stands beside its line: mark_safe of our own drawings, addresses that an administrator
# set, XML read in a child process, table names from our own models.
check "Habits that open doors" $bin/bandit -r ashar config -q -ll --skip B104,B308,B310,B314,B608,B703
check "Lists of known faults" bash tools/audit_locks.sh
for script in tools/check_*.py; do
  check "$script" $bin/python "$script"
done
if [ ${#failed[@]} -gt 0 ]; then
  printf 'Not in order: %s\n' "${failed[@]}"
  exit 1
fi
echo "All in order."
