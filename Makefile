# Everything one does with calldash from a checkout. Works with GNU make 3.81 (macOS) and newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS := $(shell sed -n 's/^address = "\([^"]*\)".*/\1/p' .streamlit/config.toml)
PORT := $(shell sed -n 's/^port = \([0-9]*\).*/\1/p' .streamlit/config.toml)

.DEFAULT_GOAL := help
.PHONY: help run test format bench clean

help: ## Show what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.runtime ## Start the dashboard; an empty store is filled with demo calls first
	@$(BIN)/python -m calldash demo --if-empty
	@echo "calldash: http://$(ADDRESS):$(PORT) (Ctrl+C stops it)"
	@exec $(BIN)/streamlit run app.py

test: $(VENV)/.dev ## Check style, types and behaviour, the last in a real browser too
	@$(BIN)/python -m tests.chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

format: $(VENV)/.dev ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure import and queries
	@$(BIN)/python -m bench

clean: ## Remove the environment and caches; the data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "calldash needs Python 3.11 or newer, and $(PYTHON) is not: install it, then name it, as in: make run PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# The stamps let an unchanged list of packages be skipped.
$(VENV)/.runtime: requirements.txt constraints.txt | $(BIN)/python
	@echo "Installing what calldash needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
