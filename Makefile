# `make help` lists the targets. Everything runs in .venv, made from requirements.lock.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked
SOURCES := extractor eval tests
DEMO := fixtures/tab_led_department/report.txt
# Set PYTHON=… to choose the interpreter; otherwise scripts/venv finds one.
PYTHON ?=

.PHONY: help demo test check format bench eval eval-full docs lock clean

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	  || sed -nE 's/^([a-z-]+):.*## (.*)/  make \1  \2/p' $(MAKEFILE_LIST)

$(STAMP): requirements.lock
	@scripts/venv "$(VENV)" $(PYTHON)
	@touch $@

demo: $(STAMP)  ## review one of our own messy reports into demo-out/
	@rm -rf demo-out
	@$(BIN)/extractor review $(DEMO) -o demo-out
	@echo; echo "written:"; find demo-out -type f | sort | while read -r file; do echo "  $$file  $$(($$(wc -c <"$$file"))) bytes"; done

test: check  ## check, then every test; skipped tests are printed with their reason
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: $(STAMP)  ## format, lint, types, import contracts
	@$(BIN)/ruff format --check --quiet $(SOURCES) || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/mypy --no-error-summary
	@out=$$($(BIN)/lint-imports 2>&1) || { echo "$$out"; exit 1; }
	@echo "check: format, lint, types and import contracts hold"

format: $(STAMP)  ## rewrite the sources in the house format
	@$(BIN)/ruff check --quiet --fix-only $(SOURCES)
	@$(BIN)/ruff format --quiet $(SOURCES)

bench: $(STAMP)  ## reports per second stage by stage, digital PDF beside its neighbours
	@$(BIN)/python -m eval.bench
	@$(BIN)/python -m eval.bench_load

eval: $(STAMP)  ## accuracy on the fixtures
	@$(BIN)/python -m eval

# FULL is the folder in which results are kept: run again, and what is there already is not done again.
FULL ?= eval-full
eval-full: $(STAMP)  ## 500 generated reports and the peers, resumed where it was broken off; a page and the README's tables
	@$(BIN)/python -m eval --cases heldout --many 500 --resume $(FULL)/results.jsonl --save $(FULL)/run.json \
	  --peers --html $(FULL)/report.html || fell=$$?; \
	  cp $(FULL)/report.md eval/report.md; exit $${fell:-0}

docs: $(STAMP)  ## rewrite what the README shows from the product itself
	@$(BIN)/python -m eval.readme

lock: $(STAMP)  ## write requirements.lock anew from pyproject.toml (needs a package index)
	@scripts/lock

clean:  ## remove everything that make and the tools wrote
	@rm -rf $(VENV) build dist demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
