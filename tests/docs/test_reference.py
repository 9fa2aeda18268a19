"""The pages of docs/ say what the code says, and the walk-through shows what really comes out."""

import re
from pathlib import Path

import pytest

from tests.docs.reference import COMMAND, ROOT
from tests.docs.walk import WALKED

MADE = (WALKED, "docs/config.md", "docs/tables.md", "docs/rules.md")
WRITTEN = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


@pytest.mark.parametrize("page", MADE)
def test_a_page_is_up_to_date(walked: Path, page: str) -> None:
    fresh, shown = walked / "pages" / page, ROOT / page
    assert fresh.read_text(encoding="utf-8") == shown.read_text(encoding="utf-8"), f"out of date, run: {COMMAND}"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for file, place in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), file
        if place:
            assert place in _anchors(target), f"{file}#{place}"


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
