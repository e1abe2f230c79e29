# What is done here often, one target each. Every target sets up what it needs by itself.

bin := .venv/bin
pytest := $(bin)/python -m pytest
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What is compiled once need not be compiled by each of the many processes that tests start.
unexport PYTHONDONTWRITEBYTECODE

# Four at a time, on two cores too: tests of screens wait more than they compute.
in_parallel := --numprocesses 4 --dist worksteal

# With test-all the default suite spares nothing, and a test that skips itself fails.
strictly := $(if $(filter test-all,$(MAKECMDGOALS)),--thorough -p tests.nothing_skipped)

.PHONY: help run test lint check test-all test-elsewhere format bench fuzz snapshots readme docs schema pictures lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/ready ## open partner-tui on demo accounts; without a terminal, write their reports into reports/
	@if [ -t 0 ] && [ -t 1 ]; then $(bin)/partner-tui --demo; else scripts/demo-reports; fi

test: .venv/ready ## run the tests that need no other program
	$(pytest) -m "not programs and not sweep" $(in_parallel) $(strictly)

lint: .venv/ready ## check format, style, types, spelling, floors and dependencies
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/codespell
	$(bin)/lint-imports
	$(bin)/deptry tui exporters core db

check: lint test ## lint and test: what to run before a commit

test-all: test ## test, then what needs other programs (.ci/run installs them), and short sweeps; nothing may be skipped
	$(pytest) -m "programs or sweep" $(in_parallel) $(strictly)

test-elsewhere: ## test as another user, in other zones and beside other files, such as ARGS="tests/core"; twice the time
	scripts/test-elsewhere $(ARGS)

format: .venv/ready ## put every file in the format that lint asks for
	$(bin)/ruff format .
	$(bin)/ruff check --fix .

bench: .venv/ready ## measure speed beside its peers, such as ARGS="csv --quick"; see docs/performance.md
	$(bin)/python -m benchmarks $(ARGS)

fuzz: .venv/ready ## run sweeps and property tests for much longer; SEED=text, else the day, says what they try
	$(pytest) -m sweep --thorough --effort 20 --seed "$(or $(SEED),$(shell date +%F))" $(in_parallel)
	$(pytest) -m "hypothesis and not programs and not sweep" --hypothesis-profile fuzz

snapshots: .venv/ready ## renew the screens and files that tests compare with; read the difference before a commit
	$(pytest) tests/tui -m "not programs" --snapshot-update
	$(pytest) tests/exporters -m "not programs" --update-golden

readme: .venv/ready ## renew the tables of README.md and docs/command-line.md from the program
	$(bin)/python -m scripts.readme

docs: .venv/ready ## renew the pages of reports and the tables of headings in docs/ from the program
	$(bin)/python -m scripts.report_pages

schema: .venv/ready ## renew db/new_database.sql from the migrations
	$(bin)/python -m scripts.new_database

pictures: .venv/ready ## renew the pictures in docs/ from the program
	$(bin)/python -m scripts.pictures

# With the oldest Python we support, so that what only it needs is pinned too.
lock: .venv/bin/python ## pin every dependency anew in requirements.lock, as new as pyproject.toml allows
	$(bin)/python -m venv --clear build/lock
	build/lock/bin/python -m pip install --quiet --upgrade ".[dev]"
	echo "# Made by make lock: everything to run and to develop partner-tui, pinned." > requirements.lock
	build/lock/bin/python -m pip freeze --all --exclude pip --exclude partner-tui >> requirements.lock

# compat: one line in a .pth file; the other mode looks for our packages at every start of Python.
.venv/ready: .venv/bin/python pyproject.toml requirements.lock
	@echo "Setting up .venv: about a minute the first time ..." >&2
	@$(bin)/python -m pip install --quiet --requirement requirements.lock
	@$(bin)/python -m pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

.venv/bin/python:
	@scripts/make-venv
