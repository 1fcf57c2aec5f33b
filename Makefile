# You need only Python 3.11 or later and make. `make help` lists the targets.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-distributed check bench faults mutants pictures format requirements engines words components

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/ready .env ## start the web server and worker with sample data; PORT=8001 changes the port
	@$(BIN)/python manage.py run --port $(PORT)

test: .venv/ready-dev ## run the whole test suite and measure coverage; ARGS=tests/search runs a part
	@echo "The fast part alone, without browsers and kills: make test-fast"
	@mkdir -p var
	@$(BIN)/python $(if $(ARGS),,-m slipcover --out var/coverage.txt) -m pytest --numprocesses auto --dist worksteal $(ARGS); \
		status=$$?; $(if $(ARGS),,sh bin/coverage-floor var/coverage.txt || status=1;) exit $$status

test-fast: .venv/ready-dev ## run the fast part of the test suite, without browsers and kills
	@$(MAKE) --no-print-directory test ARGS='-m "not browser and not slow"'

test-distributed: .venv/ready-dev ## run the tests on PostgreSQL, Redis and Solr; ENGINES=solr starts one, ARGS=tests/search runs a part
	@$(BIN)/python -m tests.engines $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not browser" $(ARGS)

check: .venv/ready-dev ## check formatting, lint, types, templates, migrations and deployment settings
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/python -m mypy
	@sh bin/coverage-floor
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@DEBUG=off SECRET_KEY=only-for-this-check $(BIN)/python manage.py makemigrations --check --dry-run
	@DEBUG=off SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=portal.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

mutants: .venv/ready-dev ## change the code in many places and see whether a test fails; ONLY=byline runs one group
	@$(BIN)/python -m bench.mutants

bench: .venv/ready-dev .env ## measure speed and search quality; ONLY=search runs one part, TIMES=10952 repeats statements
	@$(BIN)/python -m bench $(ARGS)

faults: .venv/ready-dev .env ## inject faults into a running portal; PARTS=e1,d1 runs these parts, SEED=2 others, ONLY=lane,web these faults
	@$(BIN)/python -m bench.faults

pictures: .venv/ready-dev ## retake the screenshots in README.md and docs/staff.md
	@PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_pictures.py
	@PICTURES=docs/staff $(BIN)/python -m pytest -q tests/browser/test_day.py

format: .venv/ready-dev ## reformat code and templates
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 || true

# Needs GNU gettext. The compiled catalogues are in Git, so that you do not need gettext to run the portal.
words: .venv/ready .env ## collect the interface's strings into locale/ and compile the translations
	@$(BIN)/python manage.py words

components: .venv/ready .env ## write docs/components.html, which shows every component of the pages
	@$(BIN)/python manage.py show_components

engines: .venv/ready ## install the drivers of PostgreSQL, Redis, S3 and Solr
	@PYTHON=$(PYTHON) sh bin/environment requirements-engines.txt

requirements: .venv/ready ## pin the newest releases that requirements*.in allow, with their hashes
	@$(BIN)/python -m pip install --quiet uv
	@for list in requirements requirements-dev requirements-engines; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
		$$list.in --output-file $$list.txt; done

# For development only: DEBUG on, and a secret key for this machine.
.env: | .venv/ready
	@printf 'DEBUG=on\nSECRET_KEY=%s\n' "$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

.venv/ready: requirements.txt
	@PYTHON=$(PYTHON) sh bin/environment requirements.txt
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt requirements-engines.txt
	@PYTHON=$(PYTHON) sh bin/environment requirements-dev.txt
	@PYTHON=$(PYTHON) sh bin/environment requirements-engines.txt
	@touch $@
