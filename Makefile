# The front door. `make` lists what there is.

PYTHON ?= python3
BIN := .venv/bin
# Checks read the settings; they need a key, not yours.
CHECKING := SAMLAD_SECRET_KEY=checks SAMLAD_DATA=var/check

.PHONY: help demo test check audit bench messages lock venv fix

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: ## start the program with an exercise running, and say where to look
	@$(PYTHON) -m scripts.sync run
	@$(BIN)/python -m samlad.base.catalogues compile
	@exec $(BIN)/samlad demo $(ARGS)

test: venv ## every test: on SQLite, on PostgreSQL, in a browser (ARGS="-k word" to choose)
	@$(BIN)/python -m scripts.suites $(ARGS)

check: venv ## format, lint, types, floors, migrations, translations, known weaknesses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(CHECKING) $(BIN)/samlad check --fail-level WARNING
	$(CHECKING) $(BIN)/samlad makemigrations --check --dry-run
	$(BIN)/python -m samlad.base.catalogues check
	$(BIN)/python -m scripts.audit
	$(BIN)/python -m pytest -q tests/architecture

audit: venv ## look up what is known against the locked packages, and write it down for `make check`
	@$(BIN)/python -m scripts.audit refresh

bench: venv ## measure, each figure beside its floor
	@$(BIN)/python -m bench $(ARGS)

messages: venv ## add new texts to the Swedish catalogues, then say what is untranslated
	@$(BIN)/python -m samlad.base.catalogues extract
	@$(BIN)/python -m samlad.base.catalogues check

fix: venv ## format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: venv ## resolve the dependencies anew into the two lock files
	@$(PYTHON) -m scripts.lock $(ARGS)

venv: ## install the development lock into .venv
	@$(PYTHON) -m scripts.sync dev
	@$(BIN)/python -m samlad.base.catalogues compile
