"""What a source is told besides its columns: constants, our words for theirs, scales, cells that repeat."""

from collections.abc import Mapping

import polars as pl

from sop_cli.schemas.column import Table
from sop_cli.schemas.draft import Fact, Taken
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft import words
from sop_cli.stages.draft.holds import TEXTS

_LETTERS = 2  # of a word in the name of a file that says nothing


def constants_of(
    looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]], own: set[str], names: list[str]
) -> dict[str, Fact]:
    """What the file does not have and yet says: by the name of its sheet, or because every order has one line."""
    found = {}
    if any(column.name == "line" for column in table.columns) and "line" not in own and "order" in taken:
        texts = looked.records[taken["order"][0]]
        if texts.len() and texts.n_unique() == texts.len():
            found["line"] = Fact("1", "every order has one line: check")
    for column in table.columns:
        if column.required and column.choices and column.name not in own:
            # A title says what is measured; of what kind an item or site is it does not, nor does a single letter.
            said = [*list(looked.measures)[:1], *looked.titles] if column.name == "measure" else []
            spoken = [*names[:-1], *said]
            for choice, listed in words.CHOICES.get(column.name, {}).items():
                listed = " ".join(word for word in listed.split() if len(word) > _LETTERS)
                if choice in column.choices and (name := words.speaks_of(spoken, listed)):
                    found[column.name] = Fact(choice, f"as {name!r} says")
                    break
    return found


def values_of(
    looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Our words for theirs, and what is said about those that are not known."""
    found: dict[str, dict[str, str]] = {}
    strange = []
    for name, (at, _) in taken.items():
        column = table.column(name)
        if not column.choices:
            continue
        for text in looked.records[at].drop_nulls().unique(maintain_order=True).head(TEXTS).to_list():
            ours = words.choice_of(column, text)
            if ours is None:
                strange.append(f"{text!r} is none of {', '.join(column.choices)}, which {name} may be")
            elif text.strip().lower() != ours:
                found.setdefault(name, {})[text] = ours
    return found, strange[:5]


def filled_down(looked: Looked, table: Table, taken: Mapping[str, tuple[str, Taken]]) -> tuple[str, ...]:
    """Columns of words whose cells are empty where they repeat: the first is filled, and gaps follow."""
    found: dict[str, pl.Series] = {}  # by column: where its gaps are
    others: dict[str, pl.Series] = {}
    for name, (at, _) in taken.items():
        texts, column = looked.records[at], table.column(name)
        matters = (column.required or name in table.key) and column.kind in ("code", "text")
        if matters and texts.len() and texts[0] is not None and (gaps := texts.null_count()):
            filled = texts.drop_nulls()
            # A word that comes back after others was not merged away.
            once = gaps * 3 >= texts.len() and filled.n_unique() * 10 >= filled.len() * 8
            (found if at in looked.merged or once else others)[name] = texts.is_null()
    # Unless it has its gaps where another column has them: then rows belong together.
    found |= {name: gaps for name, gaps in others.items() if any(not (gaps & ~own).any() for own in found.values())}
    return tuple(name for name in taken if name in found)


def scale_of(
    looked: Looked,
    table: Table,
    taken: Mapping[str, tuple[str, Taken]],
    across: tuple[str, str] | None,
    constants: Mapping[str, Fact],
) -> tuple[dict[str, Fact], list[str]]:
    """What headers and titles say about thousands: numbers that are in them for sure, and what may be meant."""
    numbers = [name for name in (*taken, *(across or ())) if table.column(name).kind == "number"]
    found: dict[str, Fact] = {}
    doubts = []
    for name in numbers:
        header = taken[name][1].headers[0] if name in taken else ""
        if factor := looked.scales.get(header):
            found[name] = Fact(str(factor), f"as the header {header!r} says; 1 if the numbers are in full: check")
    for title in looked.titles:
        factor, left = looked.scales.get(title), [name for name in numbers if name not in found]
        if not factor or not left:
            continue
        mixed = "measure" in taken and _counts(looked, table, taken["measure"][0])
        if len(numbers) == 1 and not mixed:
            found[left[0]] = Fact(str(factor), f"as {title!r} says; 1 if the numbers are in full: check")
        else:
            declared = ", ".join(f"{name}: {factor}" for name in left)
            doubts.append(f"{title!r} stands above; say `scale: {{{declared}}}` of what is meant by it")
    return found, doubts


def _counts(looked: Looked, table: Table, at: str) -> bool:
    """Whether some rows are units, of which thousands of euros say nothing."""
    texts = looked.records[at].drop_nulls().unique().to_list()
    said = {words.choice_of(table.column("measure"), text) for text in texts}
    return "units" in said and len(said) > 1
