# Everything a newcomer or CI types. The one requirement is Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ROOMS = arabic models checks summarize translate brief batch eval cli
CLI_PAGE = $(BIN)/python -m typer mujaz.cli.main utils docs --name mujaz --title "The command line"

.PHONY: setup brief test lint types docs docs-check check clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

brief: setup  # an English brief of the example article; fetches a model once
	$(BIN)/mujaz brief examples/article.txt

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The rooms become one package at build time; mypy sees the same shape through links.
types: setup
	rm -rf build/types && mkdir -p build/types/mujaz
	ln -s $(CURDIR)/mujaz/* build/types/mujaz/
	for room in $(ROOMS); do ln -s $(CURDIR)/$$room build/types/mujaz/$$room; done
	cd build/types && $(abspath $(BIN))/python -m mypy --config-file ../../pyproject.toml -p mujaz

docs: setup  # docs/cli.md is made from the help of every verb
	$(CLI_PAGE) > docs/cli.md

docs-check: setup
	mkdir -p build && $(CLI_PAGE) > build/cli.md
	diff -u docs/cli.md build/cli.md
	$(BIN)/python .ci/links.py

check: lint types docs-check test

clean:
	rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache
