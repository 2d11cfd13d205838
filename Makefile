# make run           installs what is needed and serves the included organization on
#                    http://127.0.0.1:8050
# make test          installs what is needed and runs the linters and all tests
# make test-engines  does the main jobs in Firefox and WebKit
# All need Python 3.11 or newer, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_MODULES := node_modules/.package-lock.json

# node and npm are those that requirements-dev.txt installs, if it has been installed.
export PATH := $(CURDIR)/$(BIN):$(PATH)

BUNDLE := assets/bundle/main.js
MODULES := $(wildcard assets/js/*.js assets/js/*/*.js)

# Without --no-compile, pip compiles all modules, most of which are never imported.
PIP_OPTIONS := --quiet --disable-pip-version-check --no-compile

# Where it is set, as in many containers, every process would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Output of checks that run side by side is kept together, where make can do that.
SIDE_BY_SIDE := --no-print-directory --jobs 2 \
	$(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: run test test-engines lint types style scripts test-scripts bundle clean

run: $(VENV)/runs bundle
	$(BIN)/python app.py

test: $(VENV)/tests $(NODE_MODULES)
	$(MAKE) $(SIDE_BY_SIDE) types bundle scripts style test-scripts
	tests/browser/chromium.sh $(BIN)/python
	tests/proxies.sh
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal \
		--ignore tests/browser --ignore tests/engines
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/browser

test-engines: $(VENV)/tests
	tests/engines/install.sh
	$(BIN)/python -m pytest tests/engines

lint: $(VENV)/tests $(NODE_MODULES)
	$(MAKE) $(SIDE_BY_SIDE) types scripts style

types: $(VENV)/tests
	$(BIN)/mypy

style: $(VENV)/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

scripts: $(NODE_MODULES)
	npm run --silent lint

test-scripts: $(VENV)/tests
	npm test --silent

$(VENV)/runs: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install $(PIP_OPTIONS) -r requirements.txt
	touch $@

$(VENV)/tests: requirements-dev.txt requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install $(PIP_OPTIONS) -r requirements-dev.txt
	touch $(VENV)/runs $@

$(NODE_MODULES): package-lock.json | $(VENV)/tests
	npm ci --loglevel error --no-audit --no-fund --ignore-scripts
	touch $@

# Smaller libraries and fewer files halve the time of the first load; without npm the page uses the
# stock files and loads each module.
bundle:
	@if command -v npm > /dev/null; then \
		$(MAKE) --no-print-directory $(BUNDLE) || echo "Continuing without bundles."; \
	fi

$(BUNDLE): bundle/package.json $(wildcard bundle/*.js bundle/*.mjs) $(MODULES)
	cd bundle && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	cd bundle && npm run --silent build

clean:
	rm -rf $(VENV) assets/bundle node_modules bundle/node_modules benchmarks/peers/node_modules
