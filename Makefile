# Needs only Python 3.11+, pip, make and git. Everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test check bench bench-web evaluate train lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml tools/setup.py
	$(PYTHON) tools/setup.py $(VENV)
	@touch $@

demo: setup
	$(BIN)/python tools/demo.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest

bench: setup
	$(BIN)/python benchmarks/bench.py

bench-web: setup
	$(BIN)/python benchmarks/bench_web.py

evaluate: setup
	$(BIN)/python tools/evaluate.py

train: setup
	$(BIN)/python tools/train/run.py

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url --no-emit-find-links -o requirements.lock -q

clean:
	rm -rf $(VENV) .venv-train .train out .mypy_cache .ruff_cache .pytest_cache .hypothesis
