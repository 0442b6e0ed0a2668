#!/usr/bin/env bash
# Make the virtual environment; Debian's python3 alone lacks ensurepip, so pip comes with us.
set -euo pipefail
python=$1 venv=$2 wheel=$3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Ashar needs Python 3.11 or newer; $("$python" --version) was found. Try: make run PYTHON=python3.12"
  exit 1
}
echo "1/6 Making a place for the libraries ($venv)"
if [ ! -x "$venv/bin/python" ]; then
  "$python" -m venv --without-pip "$venv"
fi
(cd "$(dirname "$wheel")" && sha256sum --quiet --check pip.sha256)
"$venv/bin/python" "$wheel/pip" install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall "$wheel"
