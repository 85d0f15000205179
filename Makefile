# Everything is installed below this folder: into .venv, and what only bench compares with into build/peers.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: bench demo test tools extension lint types docs clean

demo: .venv/installed
	@$(BIN)/govlint check examples/faulty-final-accounts-2023.md || test $$? -eq 1  # 1: it found something
	@echo
	@echo "Your own report: $(BIN)/govlint check PATH"

test: .venv/tested tools lint types
	$(BIN)/govlint docs --check
	$(BIN)/python -m pytest

# A real editor and a real browser for the tests, where they are missing and may be installed.
tools:
	@sh tests/install_tools.sh

# The extension for VS Code: editors/vscode/govlint.vsix
extension:
	cd editors/vscode && npm ci --no-audit --no-fund && npm test && npm run package

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tested
	$(BIN)/mypy

bench: .venv/tested
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.mutations

docs: .venv/installed
	$(BIN)/govlint docs

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info editors/vscode/node_modules editors/vscode/dist editors/vscode/*.vsix
