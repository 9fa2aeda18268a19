"""Columns that headers alone do not settle: two that fit, none that does."""

from sop_cli.schemas.column import Table
from sop_cli.schemas.draft import Taken
from sop_cli.schemas.looked import Looked
from sop_cli.schemas.recognised import Recognised
from sop_cli.schemas.spelling import spellings
from sop_cli.stages.draft import words
from sop_cli.stages.draft.holds import FITS, is_key, is_line, share_of


def settle_rivals(
    looked: Looked, table: Table, read: Recognised, taken: dict[str, tuple[str, Taken]], doubts: list[str]
) -> None:
    """Of several headers that could be one column the one whose values fit; a line where an item is looked for."""
    for name, places in read.rivals.items():
        column = table.column(name)
        fitting = [at for at in places if share_of(looked, at, column) >= FITS]
        lines = [at for at in fitting if is_line(looked, at)]
        if name == "item" and lines and len(lines) < len(fitting):
            fitting = [at for at in fitting if at not in lines]
            if "line" not in taken and any(one.name == "line" for one in table.columns):
                why = "by its values: short numbers that repeat from order to order"
                taken["line"] = (lines[0], Taken("line", (looked.headers[lines[0]],), "by its values", why))
        rest = [at for at in fitting if words.is_open(looked.headers[at])] if table.name == "orders" else []
        if len(rest) == 1 and len(fitting) > 1:
            header, left_out = looked.headers[rest[0]], _listed(looked, tuple(at for at in places if at != rest[0]))
            taken[name] = (rest[0], Taken(name, (header,), "one of two", f"what is still open, not {left_out}: check"))
            doubts.append(f"{header!r} is taken as the {name} still open, {left_out} is left out")
            continue
        own = spellings(name, column.kind == "code")
        fitting.sort(key=lambda at: spellings(looked.headers[at], column.kind == "code") != own)
        if not fitting:
            doubts.append(f"{_listed(looked, places)} are all called like {name}, and none holds {column.kind}s")
            continue
        header = looked.headers[fitting[0]]
        others = [looked.headers[at] for at in places if at != fitting[0]]
        if len(fitting) == 1:
            taken[name] = (
                fitting[0],
                Taken(name, (header,), "by its values", f"by its values, rather than {others[0]!r}"),
            )
            continue
        taken[name] = (fitting[0], Taken(name, (header,), "one of two", f"or {' or '.join(map(repr, others))}? check"))
        doubts.append(f"{_listed(looked, places)} could all be {name}")


def counted_in_units(looked: Looked, table: Table, read: Recognised, taken: dict[str, tuple[str, Taken]]) -> None:
    """A header `Units` over numbers is the quantity, where nothing else is, and not the unit it is counted in."""
    at, _ = taken.get("uom", ("", None))
    numbers = [column.name for column in table.columns if column.kind == "number" and column.required]
    missing = [name for name in numbers if name not in (*taken, *read.rivals, *(read.across or ()))]
    if at and missing == ["quantity"] and looked.looks[at].get("number", 0) >= FITS:
        del taken["uom"]
        why = "by its values: numbers, so no unit of measure; check"
        taken["quantity"] = (at, Taken("quantity", (looked.headers[at],), "by its values", why))


def by_values(
    looked: Looked, table: Table, read: Recognised, free: list[str], taken: dict[str, tuple[str, Taken]]
) -> None:
    """Columns no header is known for: the only one of its kind that is left, or the one that holds its words."""
    for column in table.columns:
        if not column.required or column.name in taken or column.name in (read.across or ()):
            continue
        left = [at for at in free if all(at != place for place, _ in taken.values())]
        if column.name in table.key[:1]:
            own = [at for at in left if is_key(looked, at)][:1]
            if own and table.key[1:] in ((), ("line",)):
                why = "by its values: every row has its own, check"
                taken[column.name] = (own[0], Taken(column.name, (looked.headers[own[0]],), "by its values", why))
            continue
        if column.choices:
            # A single word that happens to be one of ours says nothing.
            fitting = [at for at in left if looked.records[at].n_unique() > 1 and share_of(looked, at, column) >= FITS]
        elif column.kind in ("date", "month"):
            fitting = [at for at in left if looked.looks[at].get(column.kind, 0) >= FITS]
        else:
            continue
        if len(fitting) == 1:
            what = "that holds its words" if column.choices else f"of {column.kind}s that is left"
            why = f"by its values: the only column {what}, check"
            taken[column.name] = (fitting[0], Taken(column.name, (looked.headers[fitting[0]],), "by its values", why))


def _listed(looked: Looked, places: tuple[str, ...]) -> str:
    return " and ".join(repr(looked.headers[at]) for at in places)
