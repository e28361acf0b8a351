# Everything a newcomer or CI types. The one requirement is Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: setup brief test lint types docs check clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

brief: setup  ## an English brief of the example article (fetches the embedded model once: 1.1 GB)
	$(BIN)/mujaz brief examples/article.txt

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The rooms are mapped to one package at build time; mypy sees the same shape through links.
types: setup
	rm -rf build/types && mkdir -p build/types/mujaz
	ln -s $(CURDIR)/mujaz/* build/types/mujaz/
	for room in arabic models checks summarize translate brief cli; do ln -s $(CURDIR)/$$room build/types/mujaz/$$room; done
	cd build/types && ../../$(BIN)/python -m mypy --config-file ../../pyproject.toml -p mujaz

check: lint types test

clean:
	rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache
