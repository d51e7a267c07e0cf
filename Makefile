# Two commands do all the set-up on a machine that has only Python 3.11+ and make: `make run`, `make test`.

PYTHON ?= python3
BIN := .venv/bin
DISPLAYED := $(or $(filter-out Linux,$(shell uname -s)),$(DISPLAY),$(WAYLAND_DISPLAY))

.DEFAULT_GOAL := help
.PHONY: help run test lint types tests pins audit sbom wheel level-map ready-run ready-test

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ready-run ## set up what is missing and open the desk (without a display: the tour, into out/tour)
ifneq ($(strip $(DISPLAYED)),)
	@$(BIN)/mediation-desk
else
	@echo "No display here: running the tour instead, its files go to out/tour."
	@$(BIN)/mediation-desk tour --out out/tour
endif

test: lint types tests ## set up what is missing, check style, types and layers, run all tests

lint: ready-test ## check format, style and who imports whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: ready-test ## check the types
	$(BIN)/mypy

tests: ready-test ## run the tests alone
	$(BIN)/pytest -n 2

pins: ready-test ## after a change in setup.cfg: pin every library with its hashes (UPGRADE=1: the newest)
	$(BIN)/python .ci/pins.py $(if $(UPGRADE),--upgrade)

audit: ready-test ## ask for known advisories (exit 1: found, 3: the service could not be asked)
	@$(BIN)/python .ci/advisories.py

sbom: ready-test ## list what is inside, as CycloneDX, in dist
	@$(BIN)/python .ci/sbom.py dist

wheel: ready-test ## build the wheel twice, compare the bytes, keep it in dist
	@$(BIN)/python .ci/wheel.py

level-map: ready-test ## write docs/level-map.md from docs/level-map.toml
	@$(BIN)/python .ci/level_map.py

ready-run:
	@$(PYTHON) .ci/bootstrap.py run

ready-test:
	@$(PYTHON) .ci/bootstrap.py test
