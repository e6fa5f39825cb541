# Everything a newcomer or CI runs. Each target does its own set-up; stamps make the
# second run quick. `make help` lists what there is.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PACKAGE := src/jiangxin

# The demonstration keeps its database, keys and static files here.
DEMO := var/demo
IN_DEMO := JIANGXIN_VAR=$(DEMO) JIANGXIN_DEMONSTRATION=1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev demo demo-again test test-sqlite test-postgresql check \
	format lock messages docs bench-import clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' \
		2>/dev/null || grep '##' $(MAKEFILE_LIST)

# --- set-up ----------------------------------------------------------------------------

ASSETS := $(PACKAGE)/foundation/ui/static/vendor/.made
ICONS := $(wildcard $(PACKAGE)/foundation/ui/icons.txt)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(PACKAGE)/locale/*/LC_MESSAGES/*.po))
MIGRATIONS := $(wildcard $(PACKAGE)/*/migrations/*.py $(PACKAGE)/*/*/migrations/*.py)
STATIC := $(shell find $(PACKAGE) -path '*/static/*' -type f ! -path '*/vendor/*')

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

$(VENV)/package.made: pyproject.toml $(VENV)/base.made
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.made: package-lock.json .npmrc | $(VENV)/base.made
	@echo "Fetching the front-end packages"
	tools/npm.sh ci --loglevel=error
	@touch $@

$(ASSETS): node_modules/.made tools/build_assets.py $(ICONS)
	$(BIN)/python -m tools.build_assets

%.mo: %.po tools/messages.py | $(VENV)/dev-tools
	$(BIN)/python -m tools.messages --compile

# --- the demonstration -----------------------------------------------------------------

demo: $(DEMO)/loaded.made $(DEMO)/static.made  ## serve the demonstration (SERVE=0, PORT=8000)
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

$(DEMO)/static.made: $(ASSETS) $(STATIC) | setup
	@mkdir -p $(DEMO)
	$(IN_DEMO) $(BIN)/jiangxin collectstatic --noinput --verbosity 0
	@touch $@

