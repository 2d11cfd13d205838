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

BUNDLE := assets/js/plotly-sunburst.min.js

.PHONY: run test test-engines lint bundle clean

run: $(VENV)/runs bundle
	$(BIN)/python app.py

test: $(VENV)/tests bundle lint
	npm test --silent
	tests/browser/chromium.sh $(BIN)/python
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile \
		--ignore tests/browser --ignore tests/engines
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

test-engines: $(VENV)/tests
	tests/engines/install.sh
	$(BIN)/python -m pytest tests/engines

lint: $(VENV)/tests $(NODE_MODULES)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npm run --silent lint

$(VENV)/runs: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/runs
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(NODE_MODULES): package-lock.json | $(VENV)/tests
	npm ci --loglevel error --no-audit --no-fund --ignore-scripts
	touch $@

# A smaller plotly.js halves the time of the first load; without npm the page uses the stock one.
bundle:
	@if command -v npm > /dev/null; then \
		$(MAKE) --no-print-directory $(BUNDLE) || echo "Continuing with the stock plotly.js."; \
	fi

$(BUNDLE): bundle/package.json bundle/plotly-sunburst.js
	cd bundle && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	cd bundle && npm run --silent build

clean:
	rm -rf $(VENV) $(BUNDLE) node_modules bundle/node_modules
