"""`python -m tests.benchmarks NAME`: company (by default), ingest, pollock FOLDER, workbook."""

import sys
from importlib import import_module

NAMES = ("company", "ingest", "pollock", "workbook")

name, *words = sys.argv[1:] or ["company"]
if name not in NAMES:
    sys.exit(f"no benchmark is called {name!r}; there are {', '.join(NAMES)}")
import_module(f"tests.benchmarks.{name}").main(words)
