# make run   installs what is needed and serves the included organization on http://127.0.0.1:8050
# make test  installs what is needed and runs the linters and all tests
# Both need Python 3.11 or newer, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

BUNDLE := assets/js/plotly-sunburst.min.js

.PHONY: run test lint bundle clean

run: $(VENV)/runs bundle
	$(BIN)/python app.py

test: $(VENV)/tests lint
	tests/browser/chromium.sh $(BIN)/python
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest tests/browser

lint: $(VENV)/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/runs: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/runs
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
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
	rm -rf $(VENV) $(BUNDLE) bundle/node_modules
