# Everything is installed into .venv below this folder; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types docs clean

demo: .venv/installed
	-$(BIN)/govlint check examples/faulty-final-accounts-2023.md
	@echo
	@echo "Your own report: $(BIN)/govlint check PATH"

test: .venv/tested lint types
	$(BIN)/govlint docs --check
	$(BIN)/python -m pytest

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
	rm -rf .venv build dist *.egg-info
