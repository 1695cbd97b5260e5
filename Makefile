# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SIZE ?= S
DATABASE ?= sqlite
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run demo test types tests bench lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run    set everything up and start kulturcrm"
	@echo "make demo   the same with two years of fictitious work to look at"
	@echo "make test   set everything up and run every check (Chromium and PostgreSQL included)"
	@echo "make bench  measure speed, as ratios (SIZE=L: also with a million happenings, which takes minutes to make;"
	@echo "            DATABASE=postgresql: those on PostgreSQL)"
	@echo "make lock   pin the newest fitting versions of all libraries again"

run: $(VENV)/.for-running
	@$(BIN)/kulturcrm serve

demo: $(VENV)/.for-running
	@$(BIN)/kulturcrm demo

test: $(VENV)/.for-testing
	@$(BIN)/python tests/machine.py
	@echo "== style (ruff)";            $(BIN)/ruff check . && $(BIN)/ruff format --check -q .
	@echo "== arrows (import-linter)";  $(BIN)/lint-imports
	@echo "== dependencies (deptry)";   $(BIN)/deptry .
	@$(MAKE) --no-print-directory -j 2 types tests  # mypy keeps a core busy for half a minute, while the tests begin

types:
	@echo "== types (mypy, strict)";    $(BIN)/mypy

tests:
	@echo "== tests (pytest: SQLite, PostgreSQL, AppTest, Chromium)"
	@$(BIN)/pytest -q --postgres -n 2 --dist loadfile --no-loadscope-reorder

bench: $(VENV)/.for-testing
	@$(BIN)/python tests/machine.py
	@$(BIN)/python -m tests.bench --size $(SIZE) --database $(DATABASE)

lock: $(VENV)/.for-testing
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url -U pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url -U pyproject.toml --extra test \
		-o requirements-test.lock
	@echo "requirements.lock and requirements-test.lock are new; run make test before you commit them."

clean:
	rm -rf $(VENV) build dist *.egg-info

# The marks say which lock file a folder was filled from: a changed lock fills it again.
$(VENV)/.for-running: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "== Installing kulturcrm's libraries into $(VENV) (once; about a minute)"
	@$(BIN)/pip install -q --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --no-deps -e .
	@touch $@

$(VENV)/.for-testing: requirements-test.lock pyproject.toml | $(VENV)/bin/python
	@echo "== Installing kulturcrm's libraries and test tools into $(VENV) (once; about a minute)"
	@$(BIN)/pip install -q --require-hashes -r requirements-test.lock
	@$(BIN)/pip install -q --no-deps -e .
	@touch $@ $(VENV)/.for-running

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "kulturcrm needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing on this machine. Install it with:  sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
