# Everything from a fresh machine: only python3 (3.11 or newer, with venv) and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KEY := $(shell cat requirements.lock requirements-dev.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
RUN_STAMP := $(VENV)/.run-$(KEY)
DEV_STAMP := $(VENV)/.dev-$(KEY)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --strip-extras --no-header
SAMPLES := src/mahdar/samples
COMPILED := build/compiled
# What the weights are learned from beside ../shared/gold/train.
TRAINING := $(addprefix training/,a b c d corpus.jsonl sentences.jsonl)

.PHONY: help demo demo-serve setup test lint browser fuzz fuzz-api properties metamorphic check-kills soak audit docs compiled bench bench-compare bench-workers bench-engines bench-long check-extract bench-register bench-years check-ingest roundtrip diff accuracy floors train unseen lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo      set up and print the record of each bundled sample report"
	@echo "make demo-serve  set up and open the samples as pages, API and MCP on this machine"
	@echo "make setup     set up $(VENV) for work on the project"
	@echo "make test      set up and run every check: lint, types, tests, quality gate"
	@echo "make docs      build the documentation site into out/site"
	@echo "make browser   install Debian's Chromium for the tests of the pages where there is none"
	@echo "make fuzz      give every source, the reader, questions and the server whatever bytes, for SECONDS=7200"
	@echo "make fuzz-api  ask the HTTP API whatever its description allows, a thousand times each (half an hour)"
	@echo "make properties   try every property on EXAMPLES=10000 examples (an hour)"
	@echo "make metamorphic  other spellings, the same events: LIMIT=300 articles of the corpus (two minutes)"
	@echo "make check-kills  kill an ingest at POINTS=100 points on each database and finish it (ten minutes)"
	@echo "make soak      watch, serve and ingest at once for MINUTES=60: no error, flat memory (POSTGRESQL=1: there)"
	@echo "make audit     are dependencies pinned, may they be used, is anything known against them"
	@echo "make bench     measure reading speed beside its ceilings, start-up, memory, a second worker, archives; from source and compiled"
	@echo "make bench-compare  how much faster the working tree reads than a git revision: make bench-compare BASE=HEAD~5"
	@echo "make bench-workers  what a second worker brings, on this machine's processes and under Ray, with ARTICLES=2000"
	@echo "make bench-engines  worker processes, Ray, Ray Data and Daft on the same articles (those of them that are installed)"
	@echo "make bench-long     articles of MEGABYTES=10 as nobody writes them: what a byte of them costs beside a byte of the corpus"
	@echo "make bench-register  how long each question takes at ARTICLES=100000, on SQLite and PostgreSQL (an hour)"
	@echo "make bench-years     what a report more costs where ever more years are stored, to ARTICLES=80000 (half an hour)"
	@echo "make check-ingest    kill, shuffle, read and double the ingest of ARTICLES=800 and compare the registers (half an hour)"
	@echo "make check-extract   kill a worker and then the run in the midst of ARTICLES=50000 under Ray, go on, and look for what is lost or double (half an hour)"
	@echo "make compiled  build the hot modules as C into $(COMPILED) (a minute; needs a C compiler)"
	@echo "make roundtrip move a register of 100,000 events to PostgreSQL and back and compare the exports (SOURCE=a register of some thousand articles)"
	@echo "make diff      list the records gained, lost and changed since a git revision: make diff BASE=HEAD~1 LIMIT=500"
	@echo "make accuracy  write docs/accuracy.md anew"
	@echo "make floors    raise the floors of the quality gate to what is reached now"
	@echo "make train     learn the weights anew from the training reports"
	@echo "make unseen    read ../shared/gold/train with weights learned without each part of it: how reading carries over (some ten minutes)"
	@echo "make lock      pin the dependencies anew"
	@echo "make clean     remove what was built"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $@ $(RUN_STAMP)

setup: $(DEV_STAMP)

demo: $(RUN_STAMP)
	@$(BIN)/mahdar show $(SAMPLES)
	@echo
	@echo "These were the bundled samples. Your own report, saved as text:  $(BIN)/mahdar show FILE.txt --published 2015-07-14"
	@echo "As pages in a browser:  make demo-serve  and open http://localhost:8000/"

demo-serve: $(DEV_STAMP)
	@mkdir -p out
	@$(BIN)/mahdar ingest $(SAMPLES) --register out/demo.db --quiet
	@$(BIN)/mahdar serve --register out/demo.db

lint: $(DEV_STAMP)
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/mypy

test: lint browser
	$(BIN)/python -m pytest -n 2

docs: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/docs_site.py

CHROMIUM := $(or $(MAHDAR_CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))
browser:
	@test -n "$(CHROMIUM)" || { echo "installing Chromium for the tests of the pages" >&2; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } > /dev/null || \
	  echo "Chromium could not be installed, so the tests of the pages will fail: install it as root (apt-get install chromium), or name one: MAHDAR_CHROMIUM=/path/to/chrome" >&2; }

fuzz: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/fuzz.py all --seconds $(or $(SECONDS),7200) --keep build/fuzz

fuzz-api: $(DEV_STAMP)
	MAHDAR_FUZZ=1000 $(BIN)/python -m pytest -n 0 tests/server/test_openapi.py

PROPERTIES = $(shell grep -rl --include='test_*.py' max_examples=examples tests)
properties: $(DEV_STAMP)
	MAHDAR_EXAMPLES=$(or $(EXAMPLES),10000) $(BIN)/python -m pytest -n $(or $(PROCESSES),2) -m hypothesis $(PROPERTIES)

metamorphic: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/metamorphic.py $(CORPUS) --limit $(or $(LIMIT),300)

check-kills: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/check_kills.py --points $(or $(POINTS),100)

soak: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/soak.py --minutes $(or $(MINUTES),60) $(if $(POSTGRESQL),--postgresql)

# Beside the project and only here: what it brings along is nothing we stand on.
AUDIT := $(VENV)/audit-$(shell cksum < requirements-audit.lock | cut -d' ' -f1)
audit: $(DEV_STAMP)
	@test -x $(AUDIT)/bin/pip-audit || { $(BIN)/python -m venv $(AUDIT) && $(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock; } || \
	  echo "pip-audit cannot be installed from here" >&2
	$(BIN)/python scripts/audit.py --known --tool $(AUDIT)/bin/pip-audit

# What users get from a compiled wheel, beside the sources and never among them: an edit is seen at once everywhere else.
$(COMPILED)/.done: $(DEV_STAMP) setup.py pyproject.toml $(shell find src/mahdar -type f ! -name '*.pyc')
	rm -rf build
	MAHDAR_COMPILE=1 $(INSTALL) --no-deps --no-build-isolation --target $(COMPILED) .
	@touch $@

compiled: $(COMPILED)/.done

bench: $(DEV_STAMP) $(if $(shell command -v cc),$(COMPILED)/.done)
	@echo "from source"; PYTHONPATH=src $(BIN)/python benchmarks/read_speed.py
	@if [ -d $(COMPILED) ]; then echo; echo "compiled"; PYTHONPATH=$(COMPILED) $(BIN)/python benchmarks/read_speed.py; else echo "no C compiler: not compiled"; fi
	@echo; echo "one worker and two"; PYTHONPATH=src $(BIN)/python benchmarks/workers.py --articles 800 --runs 2
	@echo; echo "web archives"; PYTHONPATH=src $(BIN)/python benchmarks/archive.py

bench-compare: $(DEV_STAMP)
	@test -n "$(BASE)" || { echo "Say which revision to compare with: make bench-compare BASE=HEAD~1" >&2; exit 2; }
	@PYTHONPATH=src $(BIN)/python benchmarks/two_revisions.py $(BASE) $(if $(ARTICLES),--articles $(ARTICLES))

bench-workers: $(DEV_STAMP)
	@for engine in local ray; do echo "$$engine"; PYTHONPATH=src $(BIN)/python benchmarks/workers.py --engine $$engine --articles $(or $(ARTICLES),2000); done

bench-engines: $(DEV_STAMP)
	@PYTHONPATH=src $(BIN)/python benchmarks/engines.py

bench-long: $(DEV_STAMP)
	@PYTHONPATH=src $(BIN)/python benchmarks/long_articles.py --megabytes $(or $(MEGABYTES),10) --patience 1800

roundtrip: $(DEV_STAMP)
	@test -n "$(SOURCE)" || { echo "Say which register to make the large one of: make roundtrip SOURCE=news.db" >&2; exit 2; }
	PYTHONPATH=src $(BIN)/python benchmarks/round_trip.py $(SOURCE)

# Where the register of real articles is kept that others are made of: BENCH, a folder. CORPUS are the articles.
CORPUS := ../shared/corpus/articles.jsonl.gz
BENCH := build/bench

$(BENCH)/models.db: | $(DEV_STAMP)
	@mkdir -p $(BENCH)
	$(BIN)/mahdar ingest $(CORPUS) --register $@.part --quiet
	@mv $@.part $@

bench-register: $(DEV_STAMP) $(BENCH)/models.db
	PYTHONPATH=src $(BIN)/python benchmarks/register_questions.py $(BENCH)/models.db --articles $(or $(ARTICLES),100000) --postgresql

bench-years: $(DEV_STAMP) $(BENCH)/models.db
	PYTHONPATH=src $(BIN)/python benchmarks/years_stored.py $(BENCH)/models.db --articles $(or $(ARTICLES),80000)

check-ingest: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/check_ingest.py $(CORPUS) --articles $(or $(ARTICLES),800)

check-extract: $(DEV_STAMP)
	PYTHONPATH=src $(BIN)/python scripts/check_extract.py $(CORPUS) --articles $(or $(ARTICLES),50000)

diff: $(RUN_STAMP)
	@test -n "$(BASE)" || { echo "Say which revision to compare with: make diff BASE=HEAD~1" >&2; exit 2; }
	@PYTHONPATH=src $(BIN)/python scripts/diff_records.py $(BASE) $(if $(LIMIT),--limit $(LIMIT)) $(DIFF)

accuracy: $(RUN_STAMP)
	$(BIN)/python scripts/accuracy_page.py

floors: $(DEV_STAMP)
	$(BIN)/python scripts/update_floors.py

# What grows the trees is for training alone, so it is installed when somebody trains.
TRAIN_STAMP := $(VENV)/.train-$(shell cksum < requirements-train.lock | cut -d' ' -f1)

$(TRAIN_STAMP): $(DEV_STAMP)
	$(INSTALL) --require-hashes -r requirements-train.lock
	@touch $@

train: $(TRAIN_STAMP)
	$(BIN)/python scripts/train.py ../shared/gold/train $(TRAINING)

unseen: $(TRAIN_STAMP)
	$(BIN)/python scripts/unseen.py ../shared/gold/train $(TRAINING)

lock: $(DEV_STAMP)
	$(COMPILE) --upgrade -o requirements.lock pyproject.toml requirements.in
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml requirements.in
	$(COMPILE) --extra server --extra postgres -c requirements-dev.lock -o requirements-server.lock pyproject.toml requirements.in
	$(COMPILE) --upgrade -c requirements-dev.lock -o requirements-train.lock requirements-train.in
	$(COMPILE) --upgrade -o requirements-audit.lock requirements-audit.in

clean:
	rm -rf $(VENV) build dist out .mypy_cache .pytest_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
