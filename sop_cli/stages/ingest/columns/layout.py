"""Where the columns of a table lie in a file: the header is found and its names are matched."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from sop_cli.errors import SopError
from sop_cli.findings.values import NO_YEAR
from sop_cli.schemas.column import Column
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.recognised import Match
from sop_cli.stages.ingest.columns.called import Place, at_place, beside, header_texts, place_of
from sop_cli.stages.ingest.columns.headers import recognise
from sop_cli.stages.ingest.columns.measures import months_across, which_measure
from sop_cli.stages.ingest.rules import SourceRules
from sop_cli.stages.ingest.table.table import Found
from sop_cli.stages.ingest.values.monthheaders import MonthHeaders
from sop_cli.stages.ingest.values.parse import Form, Forms, listed
from sop_cli.stages.ingest.values.told import Told

_SHOWN = 12  # missing months that are named one by one


@dataclass(frozen=True)
class Layout:
    """Which of our columns is which of the file; cell columns are named as the grid names them."""

    headers: dict[str, str]  # cell column: header as in the file
    columns: dict[str, str]  # our column: cell column
    months: dict[str, date]  # cell column: month, where months run across
    excluding: tuple[str, ...]  # cell column of each exclusion rule, in their order
    joined: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # column put together: the cell columns it joins
    recognised: tuple[Match, ...] = ()  # how the columns were found that nothing declares
    month_form: Form = field(default_factory=Form)  # how the months that run across are written
    told: tuple[Told, ...] = ()  # what is to be said about their headers
    forms: Forms = field(default_factory=Forms)  # how each of our columns is written

    @property
    def last(self) -> int:
        """Index of the last cell column that has a header, or values in a sheet."""
        return max(int(at) for at in self.headers if at not in self.joined)

    def parts(self, at: str) -> tuple[str, ...]:
        """The cell columns that `at` is put together from: itself, as a rule."""
        return self.joined.get(at, (at,))

    def header(self, at: int) -> str:
        """The header over a cell column, or its place where it has none."""
        return self.headers.get(str(at), f"column {at + 1}")

    def unused(self) -> list[str]:
        """Headers of the columns that nothing uses."""
        return [self.headers[at] for at in self.free()]

    def free(self) -> list[str]:
        """Cell columns that nothing uses, from left to right."""
        used = {*self.columns.values(), *self.months, *self.excluding, *self.joined}
        used |= {at for places in self.joined.values() for at in places}
        return [at for at in self.headers if at not in used]


def lay_out(grid: Grid, found: Found, rules: SourceRules) -> Layout:
    """The layout of the table `found` in `grid`; SopError, at its header, where a column is missing or ambiguous."""
    headers = header_texts(grid, found)
    place = Place(grid.file, grid.sheet, found.header_rows[-1] if found.header_rows else found.first_row)
    across = _month_headers(headers, grid, beside(grid, found), place, rules)
    months = dict(across.months)
    names = {at: header for at, header in headers.items() if at not in months}
    parts = {
        name: tuple(_declared(header, name, names, place, rules) for header in given)
        for name, given in rules.headers().items()
    }
    declared = {name: "+".join(places) for name, places in parts.items()}
    joined = {"+".join(places): places for places in parts.values() if len(places) > 1}
    excluding = tuple(_declared(rule.column, "", names, place, rules, f"rule {rule.rule!r}") for rule in rules.exclude)
    used = {at for places in parts.values() for at in places}
    recognised = _recognised(names, used, declared, place, rules)
    columns = declared | {match.column: match.at for match in recognised}
    _refuse_missing(columns, {at: header for at, header in names.items() if at not in used}, place, rules)
    for name in rules.fill_down:
        if name not in columns:
            raise _stop(f"`fill_down` names {name}, which no column of the file holds", _seen(names), place)
    headers |= {at: " + ".join(headers[part] for part in places) for at, places in joined.items()}
    layout = Layout(headers, columns, months, excluding, joined, recognised, across.form, tuple(across.told))
    _refuse_hole(layout, place, rules)
    return layout


def _month_headers(
    headers: dict[str, str], grid: Grid, near: Sequence[str], place: Place, rules: SourceRules
) -> MonthHeaders:
    if rules.wide is None:
        return MonthHeaders({}, Form(), ())
    found = months_across(headers, rules, near, since_1904=grid.since_1904)
    months = found.months
    if not months:
        unplaced = [one.message for one in found.told if one.rule is NO_YEAR]
        raise _stop(
            f"no header is a month, though {rules.wide} is declared to run across"
            + (f": {unplaced[0]}" if unplaced else ""),
            (
                "declare the year as `year`; "
                if unplaced
                else which_measure(headers, rules) or f"declare how months are written as `months`{_now(rules)}; "
            )
            + _seen(headers),
            place,
        )
    first: dict[date, str] = {}
    for at, read in months.items():
        if (other := first.setdefault(read, at)) != at:
            raise _stop(
                f"columns {headers[other]} and {headers[at]} are the same {found.form.span}, {read:%Y-%m}",
                "remove one of them from the extract",
                place,
            )
    return found


def _now(rules: SourceRules) -> str:
    return f" (now {rules.months})" if rules.months else ""


def _declared(header: str, name: str, names: dict[str, str], place: Place, rules: SourceRules, rule: str = "") -> str:
    """The column headed `header`, which the config declares for our column `name` or for the exclusion `rule`."""
    fits = [at for at, found in names.items() if _key(found) == _key(header)]
    if not fits and (by_place := at_place(header)) in names:
        return str(by_place)
    if not fits:
        others = {_key(other) for given in rules.headers().values() for other in given}
        own = {_key(text) for column in rules.table.columns if column.name != name for text in _own(column)}
        closest = _closest([header], [found for found in names.values() if _key(found) not in others | own])
        entry = f"column: {closest}" if rule else f"columns: {{{name}: {closest}}}"
        raise _stop(
            f"there is no column headed {header!r}, which the config declares for {rule or name}",
            (f"if it is called {closest!r} now, declare `{entry}`; " if closest else "")
            + _one_header(names, place)
            + _seen(names),
            place,
        )
    if len(fits) > 1:
        first = f"`{'column' if rule else name}: {place_of(fits[0], place)}`"
        raise _stop(
            f"{len(fits)} columns are headed {header!r}", f"name the right one by its place, as in {first}", place
        )
    return fits[0]


def _recognised(
    names: dict[str, str], used: set[str], declared: Iterable[str], place: Place, rules: SourceRules
) -> tuple[Match, ...]:
    """What the headers that nothing declared uses stand for; SopError where two fit."""
    settled = {*declared, *rules.constants, rules.wide, rules.month}
    wanted = [column for column in rules.table.columns if column.name not in settled]
    found = recognise({at: header for at, header in names.items() if at not in used}, wanted)
    for at, fits in found.doubtful.items():
        raise _stop(
            f"column {names[at]!r} could be {' or '.join(fits)}",
            f"declare which one it is: `columns: {{{fits[0]}: {names[at]}}}`",
            place,
        )
    for name, places in found.rivals.items():
        headers = [names[at] for at in places]
        joined = f"; if it takes them together, `columns: {{{name}: [{', '.join(headers)}]}}`"
        same = len(set(headers)) < len(headers)
        right = place_of(places[0], place) if same else headers[0]
        raise _stop(
            f"columns {' and '.join(map(repr, headers))} could both be {name}",
            f"declare the right one: `columns: {{{name}: {right}}}`"
            + (joined if rules.table.column(name).kind == "code" and not same else ""),
            place,
        )
    return found.matches


def _refuse_missing(columns: dict[str, str], names: dict[str, str], place: Place, rules: SourceRules) -> None:
    settled = {*columns, *rules.constants, rules.wide, rules.month}
    missing = [column for column in rules.table.columns if column.required and column.name not in settled]
    missing = [column for column in missing if column.default is None]
    if not missing:
        return
    free = [header for at, header in names.items() if at not in columns.values()]
    across = which_measure(names, rules) if any(column.kind == "month" for column in missing) else ""
    advice = [across or _one_header(names, place)]
    for column in missing if not advice[0] else ():
        closest = _closest([column.name, *column.headers], free)
        if closest:
            advice.append(f"if {closest!r} is {column.name}, declare `columns: {{{column.name}: {closest}}}`; ")
    if rules.header is not None and not any(advice):
        advice.append("check `header`, which the config declares; ")
    if not any(advice):
        first = missing[0].name
        advice.append(f"declare its header, `columns: {{{first}: ...}}`, or one value, `constants: {{{first}: ...}}`; ")
    wanted = " and ".join(f"{column.name} ({column.description.rstrip('.')})" for column in missing)
    raise _stop(f"no column holds {wanted}", "".join(advice) + _seen(names), place)


def _refuse_hole(layout: Layout, place: Place, rules: SourceRules) -> None:
    """A month that is not understood would be planned with nothing, so the months that run across must be all."""
    if not layout.months:
        return
    first, last = min(layout.months.values()), max(layout.months.values())
    step = {"month": "1mo", "quarter": "3mo", "week": "7d"}[layout.month_form.span]
    run = pl.date_range(first, last, step, eager=True).to_list()
    missing = [f"{month:%Y-%m}" for month in run if month not in layout.months.values()]
    if not missing:
        return
    shown = missing if len(missing) <= _SHOWN else [*missing[:_SHOWN], f"{len(missing) - _SHOWN} more"]
    left, right = min(map(int, layout.months)), max(map(int, layout.months))
    between = [layout.headers[at] for at in layout.free() if left < int(at) < right]
    beside = [layout.headers[at] for at in layout.free() if not left < int(at) < right]
    raise _stop(
        f"months run across from {first:%Y-%m} to {last:%Y-%m}, but no header is {listed(shown, 'or')}"
        + (f"; between them stand {_quoted(between)}, neither mapped nor a month" if between else "")
        + (f"; beside them stand {_quoted(beside)}, not understood either" if beside else ""),
        f"declare how months are written as `months`{_now(rules)}, or put every month into the extract",
        place,
    )


def _quoted(headers: list[str]) -> str:
    return ", ".join(map(repr, headers))


def _closest(wanted: list[str], headers: Iterable[str]) -> str | None:
    ranked = [(_likeness(_key(name), _key(header)), header) for header in headers for name in wanted]
    likeness, header = max(ranked, default=(0.0, ""))
    return header if likeness >= 0.5 else None


def _likeness(name: str, header: str) -> float:
    """1 for the same letters; a word in common counts as much as half of them."""
    shared = set(name.replace("_", " ").split()) & set(header.split())
    return difflib.SequenceMatcher(None, name, header).ratio() + (0.5 if shared else 0)


def _own(column: Column) -> tuple[str, str]:
    return column.name, column.name.replace("_", " ")


def _key(header: str) -> str:
    return " ".join(header.casefold().split())


def _one_header(names: dict[str, str], place: Place) -> str:
    """What to check where the header of a text file is a single cell, or holds signs that rather part cells."""
    if place.sheet is not None:
        return ""
    glued = next((sign for sign in ";\t|" for header in names.values() if header.count(sign) > 1), None)
    if glued is None and len(names) > 1:
        return ""
    shown = {None: "", "\t": ", with tabs in it"}.get(glued, f", with {glued} in it")
    return f"there is only one header{shown}, so check `delimiter`; "


def _seen(names: dict[str, str]) -> str:
    return f"headers found: {', '.join(names.values())}"


def _stop(message: str, hint: str, place: Place) -> SopError:
    sheet = f"sheet {place.sheet!r}: " if place.sheet else ""
    return SopError(sheet + message, hint=hint, file=place.file, line=place.line)
