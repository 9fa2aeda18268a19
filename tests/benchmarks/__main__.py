"""`python -m tests.benchmarks NAME`: company (by default), ingest; each prints ratios to a bare program in one run."""

import sys
from importlib import import_module

NAMES = ("company", "ingest")

name = (sys.argv[1:] or ["company"])[0]
if name not in NAMES:
    sys.exit(f"no benchmark is called {name!r}; there are {', '.join(NAMES)}")
import_module(f"tests.benchmarks.{name}").main(*sys.argv[2:])
