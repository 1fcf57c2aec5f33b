# run, test, check, bench: nothing to remember. Python 3.11 or later is all that must be there.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test check bench pictures format requirements words components

run: .venv/ready .env
	@$(BIN)/python manage.py run --port $(PORT)

test: .venv/ready-dev
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

check: .venv/ready-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@DEBUG=off SECRET_KEY=only-for-this-check $(BIN)/python manage.py makemigrations --check --dry-run
	@DEBUG=off SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=portal.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/ready-dev .env
	@$(BIN)/python -m bench $(ARGS)

# Takes the pictures of README and docs/staff.md anew, while a browser walks what they show.
pictures: .venv/ready-dev
	@PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_pictures.py
	@PICTURES=docs/staff $(BIN)/python -m pytest -q tests/browser/test_day.py

# Rewrites code and templates in the project's form.
format: .venv/ready-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 || true

# Collects the words of the interface into locale/ and compiles what is translated; GNU gettext must be there. What it
# compiles is kept in Git, so that a machine that only runs the portal needs no gettext.
words: .venv/ready .env
	@$(BIN)/python manage.py words

# Writes docs/components.html anew, from the templates and the records in portal/components.
components: .venv/ready .env
	@$(BIN)/python manage.py show_components

# Pins the newest releases that requirements*.in allow, hashes included.
requirements: .venv/ready
	@$(BIN)/python -m pip install --quiet uv
	@for list in requirements requirements-dev; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
		$$list.in --output-file $$list.txt; done

# For development only: DEBUG, and a secret that stays on this machine.
.env: | .venv/ready
	@printf 'DEBUG=on\nSECRET_KEY=%s\n' "$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

.venv/ready: requirements.txt
	@PYTHON=$(PYTHON) sh bin/environment requirements.txt
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@PYTHON=$(PYTHON) sh bin/environment requirements-dev.txt
	@touch $@
