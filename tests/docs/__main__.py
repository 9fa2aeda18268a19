"""`python -m tests.docs`: write the reference pages, and the output shown on the getting-started page."""

import tempfile
from pathlib import Path

from tests.docs.reference import ROOT, pages

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in pages(Path(scratch)).items():
            (ROOT / name).write_text(text, encoding="utf-8")
