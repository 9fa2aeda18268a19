"""Which rows below a header are no records: blank, repeated header, page title, total, footer, another table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.table.header import Row, evidence
from sop_cli.stages.ingest.table.looks import TYPED, Cells, Look, filled, is_line, look
from sop_cli.stages.ingest.table.totals import LABELLED, Earlier, Keys, Sums, Total, label
from sop_cli.stages.ingest.table.unlabelled import added_up

BLANK, LINE, TITLE, UNITS, REPEATED = "blank", "line", "title", "units", "repeated header"
TOTAL, FOOTER, ANOTHER = "total", "footer", "another table"

_NOTE = re.compile(
    r"\W{0,3}(?:sources?|notes?|footnotes?|n\.?b\.?|quelle|anmerkung(?:en)?|hinweis(?:e)?|stand|fuente|notas?|bron|"
    r"opmerking(?:en)?|fonte|nota|remarks?|generated|printed|created|exported|run date|end of|"
    r"erstellt|gedruckt|legend|legende|contact|see also|data as of|as of|prepared by|last updated?|\(c\)|page|seite|"
    r"for (?:further|more|additional)|(?:\w+ )?copyright|all rights|disclaimer|data (?:from|source)|"
    r"extracted|retrieved|confidential|vertraulich|ende de[rs])\b"
    r"|\(?\d+ (?:rows?|records?|items?|lines?|entries|zeilen|datensätze|sätze)\b"
    r"|©|\*{1,3}\s*\w|\(?[a-z\d]{1,2}[)]\s+\w|[†‡¹²³]|https?://|[-=_*]{3,}$",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\W*(?:page|seite|p[aá]gina|pagina|blad|side|sida)\s*:?\s*\d+(?:\s*\W?\s*\w*\s*\d+)?\W*", re.IGNORECASE
)
_PAGED = re.compile(r"\b(?:page|seite|blatt|p[aá]gina|blad|side|sida)\b\W*\d", re.IGNORECASE)
_HALF = 0.5
_SENTENCE = 40  # letters of a lone cell that is a note and no name


@dataclass(frozen=True)
class Known:
    """What the table is made of, as far as its rows can be told from others."""

    headers: tuple[Cells, ...]  # the header rows
    units: tuple[Cells, ...]
    titles: tuple[Cells, ...]
    looks: dict[int, Look]  # what each column mostly holds
    sure: dict[int, Look]  # columns that hold it nearly always, and no words
    keys: Keys
    usual: int  # cells a record fills


@dataclass
class Outside:
    """Rows of a page that are no records."""

    reasons: dict[int, str] = field(default_factory=dict)  # place in the page: reason
    totals: list[Total] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)  # places of records that look like totals
    ended: bool = False  # another table has begun


def rows_outside(grid: Grid, start: int, known: Known, earlier: Sequence[Earlier] | None = ()) -> Outside:
    """The rows of `grid` from place `start` on that are no records of the table; `earlier` as in `Sums`."""
    cells = grid.cells
    out = Outside()
    # A print list fills its empty cells with blanks.
    blank = r"^\s*$" if grid.sheet is None and not grid.tidy else None
    pointed = frozenset(at for at in known.keys.numbers if grid.numeric is not None and grid.numeric[str(at)].any())
    added = added_up(cells, start, known.keys, pointed)
    places = sorted({*added, *(place for place in _odd(cells, known, blank) if place >= start)})
    seen = {place: cells.row(place)[1:] for place in places}
    sums = Sums(cells, start, places, known.keys, pointed, added, earlier)
    last = _last_record(cells, start, known)
    for place in places:
        row = seen[place]
        own = filled(row)
        if not own:
            out.reasons[place] = BLANK
            sums.leave_out(place)
            continue
        gap = out.reasons.get(place - 1) == BLANK or _is_title(out, cells, place - 1, known)
        if reason := _again(row, own, known):
            out.reasons[place] = reason
        elif _begins_another(cells, place, row, own, known, gap):
            _end(out, cells, place, known)
            break
        elif total := sums.judge(place, row, place >= last):
            out.reasons[place] = TOTAL
            out.totals.append(total)
            continue
        elif label(row)[0] == "alone":
            out.doubtful.append(place)
            continue
        else:
            continue
        sums.leave_out(place)
    _footers(out, cells, start, known)
    return out


def _odd(cells: pl.DataFrame, known: Known, nothing: str | None) -> list[int]:
    """Places of rows that fill few cells, say what a header or a total says, or follow a blank row.

    Cells that match `nothing` are empty too.
    """
    columns = [name for name in cells.columns if name != "row"]
    if nothing is not None:
        cells = cells.with_columns(pl.when(~pl.col(columns).str.contains(nothing)).then(pl.col(columns)))
    count = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.UInt16) for name in columns)
    lacking = [pl.col(str(at)).is_null() for at in sorted(known.keys.always)]
    few = pl.any_horizontal(count * 2 <= known.usual, *lacking)
    blank = count == 0
    said = [pl.col(name).str.contains(LABELLED) for name in _telling(cells, known)]
    said += [pl.col(str(at)) == row[at] for row in known.headers for at in filled(row)[:2]]
    spaces = pl.col(columns[0]).str.contains(r"^(?:\s*|[-=_*~+|. ]{3,})$")
    odd = cells.select(
        few
        | pl.any_horizontal(blank.shift(by, fill_value=False) for by in (1, 2))
        | spaces.fill_null(False)
        | pl.any_horizontal(said).fill_null(False)
    ).to_series()
    return odd.arg_true().to_list()


def _telling(cells: pl.DataFrame, known: Known) -> list[str]:
    """The columns in which a total that fills all its cells says so: those of words and codes.

    Not those in which most records say such a word: there it is the name of something.
    """
    columns = [name for name in cells.columns if name != "row"]
    first = {columns[0], str(min(known.keys.names, default=columns[0]))}
    others = {str(at) for at, here in known.looks.items() if here in ("text", "code")} - first
    worded = cells.select(pl.col(sorted(others)).str.contains(LABELLED).mean() <= _HALF)
    return sorted(first | {name for name, (few,) in worded.to_dict(as_series=False).items() if few})


def _again(row: Cells, own: Sequence[int], known: Known) -> str | None:
    """A row that was there before: the header, its units or the title, as print lists repeat them on every page."""
    plain = _plain(row)
    if is_line(row):
        return LINE
    if len(own) > 1 and any(plain == _plain(header) for header in known.headers):
        return REPEATED
    if any(plain == _plain(units) for units in known.units):
        return UNITS
    paged = any(_PAGED.search(text) for _, text in plain)
    same = _numberless if paged else list
    if any(same(plain) == same(_plain(title)) for title in known.titles):
        return TITLE
    if len(own) == 1 and known.usual > 1 and _PAGE.fullmatch(row[own[0]] or ""):
        return TITLE
    return None


def _plain(row: Cells) -> list[tuple[int, str]]:
    return [(at, (row[at] or "").strip().lower()) for at in filled(row)]


def _numberless(plain: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the number of the page, and the time that another page was printed at."""
    return [(at, re.sub(r"\d+", "0", text) if len(text) > 1 else text) for at, text in plain]


def _begins_another(
    cells: pl.DataFrame, place: int, row: Cells, own: Sequence[int], known: Known, after_blank: bool
) -> bool:
    """Whether the row is the header of a second table."""
    names = dict(_plain(known.headers[-1])) if known.headers else {}
    same = [at for at, text in _plain(row) if names.get(at) == text]
    spoken = all(look(row[at]) in ("text", "month", "code") for at in own)
    if spoken and len(same) >= max(2, len(names) / 2) and len(same) >= len(own) / 2:
        return True
    if not after_blank or len(own) < 2 or any(look(row[at]) in ("number", "date", "code") for at in own):
        return False
    typed = [at for at in own if known.looks.get(at) in TYPED]
    below = [Row(int(line[0]), line[1:]) for line in cells[place : place + 30].iter_rows()]
    below = [below[0], *(line for line in below[1:] if filled(line.cells))]
    if _is_strange(below, known):
        return True
    found = evidence(below, 0)
    return (
        bool(typed or len(own) != known.usual)
        and len(below) > 1
        and found.texts >= 1
        and (found.score > 0 and found.coverage >= 0.5)
    )


def _is_strange(rows: Sequence[Row], known: Known) -> bool:
    """Whether a row and all below it hold nothing of the kind that every record has, but words side by side."""
    sure = [at for at, here in known.sure.items() if here in ("number", "date", "month")]
    cells = [row.cells for row in rows if len(filled(row.cells)) > 1]
    if not sure or len(cells) < 2 or len(cells) < len(rows):
        return False
    return not any(look(row[at]) == known.sure[at] for row in cells for at in sure) and not any(
        _NOTE.match((row[filled(row)[0]] or "").strip()) for row in cells
    )


def _end(out: Outside, cells: pl.DataFrame, place: int, known: Known) -> None:
    """Another table begins at `place`, or at the lone title and the blank rows before it."""
    out.ended = True
    first = place
    while first > 0 and (out.reasons.get(first - 1) == BLANK or _is_title(out, cells, first - 1, known)):
        first -= 1
    while out.reasons.get(first) == BLANK:
        first += 1
    for at in range(first, cells.height):
        out.reasons[at] = ANOTHER if filled(cells.row(at)[1:]) else BLANK


def _is_title(out: Outside, cells: pl.DataFrame, place: int, known: Known) -> bool:
    """A lone cell below a gap."""
    if place < 1 or known.usual < 2 or out.reasons.get(place - 1) != BLANK:
        return False
    return len(filled(cells.row(place)[1:])) == 1


def _last_record(cells: pl.DataFrame, start: int, known: Known) -> int:
    """The last row of the page that is no blank and no footer."""
    for place, row in _upwards(cells, start, cells.height):
        if filled(row) and not _is_footer(row, known, False):
            return place
    return start


def _footers(out: Outside, cells: pl.DataFrame, start: int, known: Known) -> None:
    """Notes after the last record, up from the end of the table."""
    bottom = min((at for at, reason in out.reasons.items() if reason == ANOTHER), default=cells.height)
    for place, row in _upwards(cells, start, bottom):
        if place in out.reasons:
            continue
        if not filled(row):
            out.reasons[place] = BLANK
            continue
        if not _is_footer(row, known, _after_blank(out, place, start)):
            break
        out.reasons[place] = FOOTER
        out.doubtful = [other for other in out.doubtful if other != place]


def _upwards(cells: pl.DataFrame, start: int, bottom: int) -> Iterator[tuple[int, Cells]]:
    for place in range(bottom - 1, start, -1):  # the first row below a header is never a footer
        yield place, cells.row(place)[1:]


def _after_blank(out: Outside, place: int, start: int) -> bool:
    """Whether a blank row parts this one from the last record."""
    while place > start and out.reasons.get(place) is None and place - 1 in out.reasons:
        if out.reasons[place - 1] == BLANK:
            return True
        place -= 1
    return False


def _is_footer(row: Cells, known: Known, after_blank: bool) -> bool:
    own = filled(row)
    text = (row[own[0]] or "").strip()
    typed = [at for at in own if known.looks.get(at) in TYPED]
    fits = [at for at in typed if look(row[at]) == known.looks[at]]
    words = text.split()
    here = known.looks.get(own[0])
    # A record that came as one cell begins like every other.
    if fits or (here in TYPED and len(words) >= max(2, known.usual) and look(words[0]) == here) or look(text) in TYPED:
        return False
    noted = bool(_NOTE.match(text))
    if known.usual < 2:
        return noted and after_blank
    if len(own) == 1:
        strange = here in TYPED or len(text) > _SENTENCE or (len(words) > 2 and text.endswith("."))
        return noted or after_blank or strange
    few = len(own) * 2 <= known.usual or bool(known.keys.always.difference(own))
    return (noted and (few or bool(typed))) or (after_blank and few and bool(typed or text.endswith(":")))
