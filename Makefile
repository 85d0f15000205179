# Everything is installed into .venv below this folder; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test editors extension lint types docs clean

demo: .venv/installed
	-$(BIN)/govlint check examples/faulty-final-accounts-2023.md
	@echo
	@echo "Your own report: $(BIN)/govlint check PATH"

test: .venv/tested editors lint types
	$(BIN)/govlint docs --check
	$(BIN)/python -m pytest

# A real editor for the tests, where it is missing and may be installed.
editors:
	@sh tests/install_neovim.sh

# The extension for VS Code: editors/vscode/govlint.vsix
extension:
	cd editors/vscode && npm ci --no-audit --no-fund && npm test && npm run package

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/tested
	$(BIN)/mypy

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
