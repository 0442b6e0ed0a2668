# Ashar: `make run` starts it, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PORT ?= 8000
STAGE ?= complete
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VAR := $(if $(ASHAR_VAR),$(ASHAR_VAR),var)
ASHAR := $(BIN)/python manage.py
STAMP := $(VENV)/.stamps
PIP_WHEEL := tools/wheels/pip-26.3-py3-none-any.whl
# What was done to a database is remembered beside the data, and forgotten with it.
DATA := $(VAR)/set-up/$(shell printf '%s' "$${DATABASE_URL:-sqlite}" | sha256sum | cut -c1-16)
ifeq ($(DATABASE_URL)$(wildcard $(VAR)/ashar.sqlite3),)
$(shell rm -rf $(DATA))
endif
PO_FILES := $(shell find ashar config -name '*.po' 2>/dev/null)
MIGRATIONS := $(shell find ashar -path '*/migrations/*.py' 2>/dev/null)
PLACES := $(wildcard data/*.csv data/*/*.csv)
export PORT

.PHONY: help setup develop run demo test trust faults load check format bench lock db-postgres clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP)/venv: $(PIP_WHEEL)
	@bash tools/make_venv.sh $(PYTHON) $(VENV) $(PIP_WHEEL)
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/run: $(STAMP)/venv requirements/run.lock requirements/build.lock pyproject.toml
	@echo "2/6 Installing what Ashar is made of (one or two minutes the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes --only-binary :all: \
		-r requirements/build.lock -r requirements/run.lock | grep --line-buffered -E '^(Collecting|Downloading|Successfully|ERROR)' | cut -c1-100; \
		exit $${PIPESTATUS[0]}
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e . \
		> $(STAMP)/install.log 2>&1 || { cat $(STAMP)/install.log; exit 1; }
	@touch $@

$(STAMP)/develop: $(STAMP)/run requirements/develop.lock
	@echo "    Installing what the tests need"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --only-binary :all: -r requirements/develop.lock
	@touch $@

$(STAMP)/messages: $(STAMP)/run $(PO_FILES)
	@echo "3/6 Preparing the Kyrgyz and Russian texts"
	@$(BIN)/python tools/messages.py compile
	@touch $@

$(DATA)/database: $(MIGRATIONS) | $(STAMP)/run $(STAMP)/messages
	@echo "4/6 Preparing the database"
	@$(ASHAR) migrate --verbosity 0
	@$(ASHAR) journal read-new
	@mkdir -p $(DATA) && touch $@

$(DATA)/places: $(PLACES) | $(DATA)/database
	@echo "5/6 Entering the territories and settlements of the country"
	@$(ASHAR) load_places
	@$(ASHAR) load_archive
	@touch $@

$(DATA)/demonstration: | $(DATA)/places
	@echo "6/6 Building the demonstration"
	@$(ASHAR) demo
	@touch $@

# Without the demonstration (ASHAR_DEMONSTRATION=no) a municipality starts with places and law only.
setup: $(STAMP)/run $(STAMP)/messages $(DATA)/database $(DATA)/places $(if $(filter no 0 false off,$(ASHAR_DEMONSTRATION)),,$(DATA)/demonstration) ## everything that is needed before the first start

develop: $(STAMP)/develop $(STAMP)/messages

run: setup ## set everything up and start on http://127.0.0.1:8000 (PORT=... changes it)
	@$(ASHAR) demo --accounts || true
	@exec $(ASHAR) serve --port $(PORT)

demo: $(STAMP)/run $(STAMP)/messages $(DATA)/places ## rebuild the demonstration up to a stage: make demo STAGE=scoring
	@$(ASHAR) demo --stage $(STAGE)
	@touch $(DATA)/demonstration

test: develop ## the whole suite on SQLite, and on PostgreSQL when DATABASE_URL names one
	@bash tools/run_tests.sh

trust: develop ## promises that take minutes to show, on both databases (docs/promises.md)
	@bash tools/run_promises.sh trust

faults: develop ## power cuts, kills, full disks, restores and fuzzing
	@bash tools/run_promises.sh faults

load: develop ## a crowd at the door
	@bash tools/run_promises.sh load

check: develop ## format, lint, types, architecture, migrations, law, translations, templates
	@bash tools/run_checks.sh

format: develop ## bring the code into the common form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: develop ## pages of performance.md on 10,000 proposals
	@$(BIN)/python tools/bench.py

lock: develop ## write requirements/*.lock anew from pyproject.toml
	@bash tools/lock.sh

db-postgres: ## create the database and role "ashar" on the PostgreSQL of this machine
	@bash tools/create_postgres.sh

clean: ## remove the virtual environment and caches; the data in var/ stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
