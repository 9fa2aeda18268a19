"""`python -m tests.benchmarks NAME`: company (by default), ingest, pollock FOLDER; each says what it measures."""

import sys
from importlib import import_module

NAMES = ("company", "ingest", "pollock")

name, *words = sys.argv[1:] or ["company"]
if name not in NAMES:
    sys.exit(f"no benchmark is called {name!r}; there are {', '.join(NAMES)}")
import_module(f"tests.benchmarks.{name}").main(words)
