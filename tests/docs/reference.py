"""Every page of docs/ that is made from the code, by its path."""

from pathlib import Path

from tests.docs.config_page import config_page
from tests.docs.examples import read_examples
from tests.docs.rules_page import rules_page
from tests.docs.tables_page import tables_page
from tests.docs.walk import WALKED, walk

ROOT = Path(__file__).parents[2]
COMMAND = "python -m tests.docs"


def pages(scratch: Path) -> dict[str, str]:
    """The text of every page, by its path below the root; runs the examples in the empty folder `scratch`."""
    walked = walk((ROOT / WALKED).read_text(encoding="utf-8"), scratch / "walk")
    return {
        WALKED: walked,
        "docs/config.md": config_page(read_examples(scratch / "examples")),
        "docs/tables.md": tables_page(scratch / "walk"),
        "docs/rules.md": rules_page(),
    }
