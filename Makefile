# Everything a newcomer or CI runs. Each target does its own set-up; stamps make the
# second run quick. `make help` lists what there is.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
TEST_PROCESSES ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
PACKAGE := src/jiangxin

# The demonstration keeps its database, keys and files here.
DEMO := var/demo
IN_DEMO := JIANGXIN_VAR=$(DEMO) JIANGXIN_DEMONSTRATION=1 JIANGXIN_FEDERATION_NAME=演示总工会

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev demo demo-again test test-sqlite test-postgresql coverage check \
	format messages docs lock bench-import bench-search bench-policy \
	bench-desk bench-credentials clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

# --- set-up ----------------------------------------------------------------------------

ASSETS := $(PACKAGE)/foundation/ui/static/vendor/.made
ICONS := $(wildcard $(PACKAGE)/foundation/ui/icons.txt)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(PACKAGE)/locale/*/LC_MESSAGES/*.po))
MIGRATIONS := $(wildcard $(PACKAGE)/*/migrations/*.py $(PACKAGE)/*/*/migrations/*.py)

setup: $(VENV)/package.made $(ASSETS) $(CATALOGUES)  ## all that a running Jiangxin needs
setup-dev: setup $(VENV)/dev.made  ## and what its developers need

$(VENV)/made:
	tools/venv.sh $(PYTHON) $(VENV)
	@touch $@

$(VENV)/base.made: requirements/base.txt | $(VENV)/made
	@echo "Installing the packages of $<"
	$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/dev.made: requirements/dev.txt $(VENV)/base.made
	@echo "Installing the packages of $<"
	$(PIP) --require-hashes -r $<
	@touch $@

# Spark is half a gigabyte and runs on Java: tests have it where there is one.
SPARK := $(if $(shell command -v java),$(VENV)/spark.made)

$(VENV)/spark.made $(VENV)/bench.made: $(VENV)/%.made: requirements/%.txt $(VENV)/dev.made
	@echo "Installing the packages of $<"
	$(PIP) --require-hashes -r $<
	@touch $@

$(VENV)/package.made: pyproject.toml $(VENV)/base.made
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.made: package-lock.json .npmrc | $(VENV)/base.made
	@echo "Fetching the front-end packages"
	tools/npm.sh ci --loglevel=error
	@touch $@

$(ASSETS): node_modules/.made tools/build_assets.py $(ICONS)
	$(BIN)/python -m tools.build_assets

%.mo: %.po | $(VENV)/base.made
	$(BIN)/python -m tools.compile_messages
	@touch $(CATALOGUES)

# --- the demonstration -----------------------------------------------------------------

demo: $(DEMO)/loaded.made  ## serve the demonstration (SERVE=0, PORT=8000)
ifneq ($(SERVE),0)
	@$(IN_DEMO) $(BIN)/jiangxin serve --port $(PORT)
endif

demo-again:  ## throw the demonstration's data away and make it anew
	rm -rf $(DEMO)
	@$(MAKE) demo

$(DEMO)/migrated.made: $(MIGRATIONS) | setup
	@mkdir -p $(DEMO)
	$(IN_DEMO) $(BIN)/jiangxin migrate --verbosity 0
	@touch $@

$(DEMO)/loaded.made: | $(DEMO)/migrated.made
	$(IN_DEMO) $(BIN)/jiangxin demo load
	@touch $@

# --- checks and tests ------------------------------------------------------------------

CHECKS := check-format check-lint check-types check-imports check-migrations \
	check-messages check-docs check-tree
.PHONY: $(CHECKS) chromium

check: $(CHECKS)  ## every check but the tests (-k: do not stop at the first)

check-format: setup-dev
	$(BIN)/ruff format --check .

check-lint: setup-dev
	$(BIN)/ruff check .

check-types: setup-dev
	$(BIN)/mypy

check-imports: setup-dev
	$(BIN)/lint-imports --no-logo

check-migrations: setup-dev
	DJANGO_SETTINGS_MODULE=jiangxin.project.settings_test \
		$(BIN)/jiangxin makemigrations --check --dry-run

check-messages: setup-dev
	$(BIN)/python -m tools.messages --check

check-docs: setup-dev
	DJANGO_SETTINGS_MODULE=jiangxin.project.settings_test $(BIN)/jiangxin docs build --check

check-tree: setup-dev
	$(BIN)/pytest -q tests/architecture

test: test-sqlite test-postgresql  ## the whole suite on SQLite, then what touches data on PostgreSQL

test-sqlite: setup-dev chromium $(SPARK)
	$(BIN)/pytest -n $(TEST_PROCESSES)

test-postgresql: setup-dev
	JIANGXIN_TEST_DATABASE=postgresql $(BIN)/pytest -n $(TEST_PROCESSES)

coverage: setup-dev  ## which lines and branches the tests on SQLite do not reach
	$(BIN)/pytest -q --cov --cov-report=term -m 'not browser'

chromium:
	@tools/chromium.sh

# --- for developers --------------------------------------------------------------------

UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header

format: setup-dev  ## format the code and mend what lint can mend
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

messages: setup-dev  ## collect the texts of the code into the catalogue
	$(BIN)/python -m tools.messages

docs: setup-dev  ## write the generated pages of docs/reference
	DJANGO_SETTINGS_MODULE=jiangxin.project.settings_test $(BIN)/jiangxin docs build

lock: setup-dev  ## pin what requirements/*.in and package.json ask for
	$(UV_COMPILE) requirements/base.in -o requirements/base.txt
	$(UV_COMPILE) requirements/dev.in -o requirements/dev.txt
	$(UV_COMPILE) requirements/node.in -o requirements/node.txt
	$(UV_COMPILE) requirements/spark.in -o requirements/spark.txt
	$(UV_COMPILE) requirements/bench.in -o requirements/bench.txt
	tools/npm.sh install --package-lock-only --loglevel=error

bench-import: setup-dev  ## the roster import against its peer and the floor
	$(BIN)/python -m benchmarks.roster_import

bench-search: setup-dev  ## finding people against a plain scan and the floor
	$(BIN)/python -m benchmarks.search

# Ten million people take 8 minutes of the 12 and 1 GB of disk.
SIZES ?= 100000 1000000 10000000

bench-policy: setup-dev $(VENV)/bench.made  ## policies over everybody against other engines and the floor (SIZES=)
	$(BIN)/python -m benchmarks.policy --sizes $(SIZES)

# Sizes of its own, unless they are given: a matter is not a policy's person.
bench-desk: SIZES := $(if $(filter command line environment,$(origin SIZES)),$(SIZES),2000 20000 200000)
bench-desk: CLERKS ?= 50
bench-desk: setup-dev  ## fifty clerks at once over 200,000 matters (SIZES=, CLERKS=)
	$(BIN)/python -m benchmarks.desk --sizes $(SIZES) --clerks $(CLERKS)

bench-credentials: setup-dev  ## a batch of certificates against the floor and two libraries
	$(BIN)/python -m benchmarks.credentials

clean:  ## remove what make made, the demonstration included
	rm -rf $(VENV) node_modules $(DEMO) $(PACKAGE)/foundation/ui/static/vendor \
		$(PACKAGE)/kernel/register/data/regions.csv $(CATALOGUES) \
		.mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
