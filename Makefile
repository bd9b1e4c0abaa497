# The project's commands. Each first makes .venv from the hash-pinned lock, so nothing is installed by hand.
# On Windows without make, CONTRIBUTING.md gives the same commands for PowerShell.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Compiled modules are kept also where the machine says otherwise: the tests start the app 70 times.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test long check fix bench torture mutants coverage words pictures lock clean setup

demo: setup ## try the app on an invented caseload with its own central service
	@$(BIN)/phb-tui demo

test: setup ## every test; those that try many times try a few times
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## format and repair what can be repaired
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## speed as ratios against bare limits in the same run
	$(BIN)/python -m benchmarks

setup: $(READY)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "phb-tui needs Python 3.11 or newer; set PYTHON=path/to/python3.11")'
	@echo "Setting up .venv (about a minute the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

LONG := PHB_LIVES=5 PHB_KILLS=50 PHB_HISTORIES=2000 PHB_WALKS=60 PHB_STEP=1 PHB_PEOPLE=500 PHB_BODIES=10000 PHB_BUDGETS=10000 PHB_CHANGES=10000 PHB_WRITES=100000
OFTEN := tests/app tests/budget tests/central tests/journeys tests/screens tests/services tests/sync

long: setup ## whole lives, kills, histories, walks and damaged requests, many of each
	$(LONG) $(BIN)/python -m pytest -n 3 --dist worksteal $(OFTEN)

torture: setup ## 10,000 random histories of the exchange, shared among central's databases
	PHB_HISTORIES=10000 $(BIN)/python -m pytest -n 3 tests/sync/test_histories.py -k whatever

mutants: setup ## plant each mistake of tools/mutants.toml in a copy; a test has to notice each
	$(BIN)/python -m tools.mutants

coverage: setup ## which lines and branches the tests reach, in every process that they start
	-$(BIN)/coverage run -m pytest -n 4 --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

words: setup ## collect the app's words for translators, and write the page of what serves the framework
	$(BIN)/python -m tools.messages
	$(BIN)/python -m tools.coverage

pictures: setup ## pictures of the main screens in four sizes and three themes in build/pictures, and those of docs/screens.md
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.pictures --docs

lock: ## renew the locks from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --group server -o requirements-central.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml --extra central --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis
