"""What a folder of files says about the company: its currency, its fiscal year, the cycle it is ready for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sop_cli.schemas.draft import DraftSource, Fact
from sop_cli.stages.draft.columns import texts_of


def currency(sources: Sequence[DraftSource]) -> Fact:
    """The currency that most records are in."""
    counts: Counter[str] = Counter()
    for source, texts in _texts(sources, "currency"):
        if source.found.table.name != "rates":
            counts.update(text.upper() for text in texts if re.fullmatch(r"[A-Za-z]{3}", text))
    for source in sources:
        if given := source.found.constants.get("currency"):
            counts[given.value] += sum(looked.records.height for looked in source.members)
    if not counts:
        return Fact("EUR", "no file names one: check")
    [(most, times)] = counts.most_common(1)
    return Fact(most, f"in {times * 100 // counts.total()} % of the records seen that name a currency")


def fiscal_start(sources: Sequence[DraftSource]) -> Fact:
    """The month the fiscal year starts in: that of a budget of twelve months."""
    for source in sources:
        for looked in source.members:
            if source.found.table.name == "aop" and len(looked.months) == 12 and looked.first_month:
                return Fact(str(looked.first_month), f"the budget in {looked.file} begins in this month")
    return Fact("1", "no budget of twelve months says otherwise: check")


def budgets(sources: Sequence[DraftSource]) -> tuple[str, ...]:
    """The versions of the budget, in the order they come."""
    found = [text for _, texts in _texts(sources, "version") for text in texts]
    found += [source.found.constants["version"].value for source in sources if "version" in source.found.constants]
    return tuple(dict.fromkeys(found))


def _texts(sources: Sequence[DraftSource], column: str) -> Iterator[tuple[DraftSource, list[str]]]:
    """The texts of a column in every file that has it."""
    for source in sources:
        for looked in source.members:
            yield source, texts_of(source.found, looked, column)
