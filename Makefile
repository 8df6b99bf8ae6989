# `make report` builds the sample submission, `make test` runs the suite; both set up what they need first.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help report test bench bench-safety setup lint clean

help:
	@echo "make report   build the sample report to output/"
	@echo "make test     run the test suite"
	@echo "make bench    measure against pandoc and Typst; BENCH=--quick for the report once over and a small library"
	@echo "make bench-safety   try on shadowgen and its peers what may happen to a draft, and to the people in it;"
	@echo "              read damaged files (FUZZ=--quick for a twentieth of them); break each guard, and see that a test notices"
	@echo "make clean    remove the virtual environment and everything built"

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml scripts/setup
	@scripts/setup $(VENV)
	@touch $@

report: setup
	@$(BIN)/shadowgen build kazakhstan-2016-full kazakhstan-2016

test: setup
	@$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

bench: setup
	@$(BIN)/python -m pip install -q --editable '.[bench]'
	@$(BIN)/python bench/run.py $(BENCH)
	@$(BIN)/python bench/library.py $(if $(findstring --quick,$(BENCH)),1000)

bench-safety: setup
	@$(BIN)/python -m pip install -q --editable '.[bench]'
	@$(BIN)/python bench/safety.py
	@$(BIN)/python bench/fuzz.py $(FUZZ)
	@$(BIN)/python scripts/sabotage

lint: setup
	@$(BIN)/ruff check src tests bench scripts
	@$(BIN)/ruff format --check src tests bench

clean:
	rm -rf $(VENV) output/* .shadowgen build dist src/*.egg-info
