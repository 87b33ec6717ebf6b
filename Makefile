# make run [PORT=8000] [DATA=.data]   try it with made-up people     make test   every check
SHELL := /bin/bash
PORT ?= 8000
DATA ?= .data
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest
DECIDING := tests/risk tests/conferences

.DEFAULT_GOAL := help
.PHONY: help run test quick checks cover trust bench tools lock

help:
	@echo "make run [PORT=8000] [DATA=.data]  start with a made-up area"
	@echo "make quick                         checks before each commit, under five minutes"
	@echo "make test                          every check, as continuous integration runs it"
	@echo "make trust, make bench             heavy checks and figures, run by hand"
	@echo "make lock                          choose new versions of what the project needs"

run: .venv/.installed
	@.ci/system documents || true
	@$(BIN)/marac demo --port $(PORT) --data $(DATA)

# The order is from quick to slow, so that a slip shows early.
# Coverage only where it is a condition: it makes pages half as slow again, and the longest threefold.
# The longest have processes of their own: what they leave in memory slows whatever comes after.
test: tools checks
	$(PYTEST) -n 2 -m "not slow" --cov=risk --cov=conferences --cov-branch --cov-report= $(DECIDING)
	@$(MAKE) --no-print-directory cover
	$(PYTEST) -n 2 -m "not slow" $(DECIDING:%=--ignore=%)
	$(PYTEST) -n 2 -m slow

quick: .venv/.installed checks
	$(PYTEST) -n 2 -q -m "not slow and not browser"

checks:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What decides about people is covered to the last branch.
cover:
	$(BIN)/coverage report --include='risk/*' --fail-under=100
	$(BIN)/coverage report --include='conferences/permissions.py,conferences/forbidding.py,conferences/states.py' --fail-under=100

trust: tools
	$(PYTEST) -n 2 -m "not slow" --cov --cov-branch --cov-report=
	$(BIN)/coverage report --skip-covered --fail-under=95
	RISK_ANSWER_SETS=10000000 $(PYTEST) -n 2 -m slow tests/risk/test_naive.py
	IMPORT_LISTS=1000000 IMPORT_WORKBOOKS=2000 $(PYTEST) -s tests/imports/test_fuzz.py
	REFERRAL_LIVES=3000 $(PYTEST) -n 2 -m slow tests/conferences/triage/test_referral_life.py
	$(BIN)/python -m tests.risk.mutants --sample 200 --jobs 2
	$(BIN)/python -m tests.house.wall_timing

bench: tools
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.browser.working_time
	$(BIN)/python -m tests.risk.rates
	$(BIN)/python -m tests.matching.figures --people 1200000 --queries 6000
	$(BIN)/python -m tests.benchmarks.finding --people 1200000

tools: .venv/.installed
	@.ci/system documents tests

# Nothing is installed that the lock does not name with its hash.
.venv/.locked: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: pyproject.toml .venv/.locked
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

lock: .venv/.installed
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --group dev pyproject.toml -o requirements.lock
	$(BIN)/python -m tests.house.constraints
