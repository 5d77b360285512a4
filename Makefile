# One short command for each habit, the same for a person and for CI.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help zip lint unit unit313 unit314 kodi kodi20 kodi21 kodi213 newest test demo pictures bench coverage mutants quits soak release clean python everything

PYTHON := build/venv/bin/python
SHIPPED := lib context.py default.py service.py
CHECKED := $(SHIPPED) tests tools

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

# Only when it is given to make: one that happens to be in the environment was not meant for us.
ifeq ($(origin CLIENT_ID),command line)
WITH_CLIENT_ID = --client-id="$$CLIENT_ID"
endif

zip: python ## builds dist/service.simkl.watched-<version>.zip; CLIENT_ID=… puts a client id in
	@$(PYTHON) -m tools.zip $(WITH_CLIENT_ID)

lint: python ## style, types, and that Python 3.8 can run what ships
	$(PYTHON) -m ruff check $(CHECKED)
	$(PYTHON) -m ruff format --check $(CHECKED)
	$(PYTHON) -m mypy $(CHECKED)
	$(dir $(PYTHON))vermin --target=3.8- --violations --no-tips $(SHIPPED)
	$(PYTHON) -m tools.old_python $(SHIPPED)
	$(PYTHON) -m tools.checker

unit: python ## the tests that need no Kodi
	$(PYTHON) -m pytest tests/unit --numprocesses=2

# The Debian whose Kodi and Python a folder in build/ has.
DEBIAN_kodi21 := trixie
DEBIAN_kodi213 := forky

unit313: FOLDER := kodi21
unit314: FOLDER := kodi213
unit313: ## the same with the Python of Kodi 21
unit314: ## the same with that of Kodi 21.3
unit313 unit314: everything
	@tools/chroot.sh $(DEBIAN_$(FOLDER))
	$(PYTHON) -m tools.newer_python build/$(FOLDER)

kodi: kodi20 kodi21 ## the tests in real Kodis; K=… runs those whose names match

KODI_TESTS = $(PYTHON) -m pytest tests/kodi --numprocesses=2 --dist=loadfile $(if $(K),-k '$(K)')

kodi20: everything ## the same in the Kodi of Debian 12 alone
	$(KODI_TESTS)

kodi21: ## the same in that of Debian 13, which goes into build/kodi21
kodi213: ## the same in that of the Debian after it, which goes into build/kodi213
kodi21 kodi213: everything
	@tools/chroot.sh $(DEBIAN_$@)
	KODI_ROOT=build/$@ $(KODI_TESTS)

newest: everything ## in Kodi 21.3, the dozen tests that a new Kodi or Python would break first
	@tools/chroot.sh $(DEBIAN_kodi213)
	KODI_ROOT=build/kodi213 $(KODI_TESTS) -m newest

test: everything lint unit unit313 unit314 kodi newest ## lint, unit, unit313, unit314, kodi and newest

demo: everything ## pictures of before and after in build/demo; SHOW=1 opens it on your own screen
	$(PYTHON) -m tools.demo

pictures: everything ## pictures of every window and menu, in build/pictures
	$(PYTHON) -m tools.pictures

bench: everything ## measures how quickly ticks appear; PART=… one part of it, AGAINST=<commit> compares
	$(PYTHON) -m tools.bench $(if $(PART),--part='$(PART)') $(if $(RUNS),--runs='$(RUNS)') $(if $(AGAINST),--against='$(AGAINST)')

coverage: everything ## which branches of lib/ the tests run, those in Kodi 20 too
	$(PYTHON) -m tools.coverage

mutants: python ## breaks the files that decide in some hundred ways, to see a test fail each time
	$(PYTHON) -m tools.mutants

quits: everything ## quits Kodi fifty times at random moments
	$(PYTHON) -m pytest tests/kodi/fifty_quits.py -s

soak: everything ## browses and plays at random for an hour (MINUTES=…), then compares all; SEED=…
	$(PYTHON) -m tools.soak $(if $(MINUTES),--minutes='$(MINUTES)') $(if $(SEED),--seed='$(SEED)')

release: python ## a Kodi repository in dist/repo; CLIENT_ID=… and REPO_URL=… (where it will be hosted)
	$(PYTHON) -m tools.release $(if $(CLIENT_ID),--client-id='$(CLIENT_ID)') $(if $(REPO_URL),--url='$(REPO_URL)')

clean: ## removes all that was made here
	rm -rf build dist mutants .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find lib tests tools -name __pycache__ -exec rm -rf {} +

python:
	@tools/install.sh python

everything:
	@tools/install.sh
