#!/usr/bin/env bash
# Write the locks; no address of an index and no path of a machine may stand in them.
set -euo pipefail
compile() {
  .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --resolver=backtracking "$@"
}
echo 'setuptools>=77' | compile --output-file requirements/build.lock -
compile --output-file requirements/run.lock pyproject.toml
compile --extra develop --constraint requirements/run.lock --constraint requirements/build.lock \
  --output-file requirements/develop.lock pyproject.toml
if grep -nE '://|file:/|^-' requirements/*.lock; then
  echo "The locks name an address or an option; remove it."
  exit 1
fi
