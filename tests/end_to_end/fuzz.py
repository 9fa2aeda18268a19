"""Random tables, written in random dialects, with random layouts around them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from tests.end_to_end.written import HEADERS, Cell, Dialect, Example, Shape, Style

_WORDS = ("pump", "Schraube", "valve 3/4", "Kühler", "Nürnberg", "big box", "O'Neil", "Süßwaren", "x", "Öl")
_JOINTS = (", and", "; or", " | ", ' 5" wide', " 'so'", "\n", "\t", ": so", " (2)", "", "^", "~", "\n\n", ' "', "||")
_PLAIN = ("12", "-5", "1.5", "2026-10", "n.a.", "=SUM(A1)", "Total costs", "# 5", "Ä", "Text", "P1", "true")
_codes = st.one_of(
    st.from_regex(r"\A0{0,3}[1-9][0-9]{2,5}\Z"),
    st.from_regex(r"\A[A-Z]{1,3}-?[0-9]{2,4}\Z"),
    st.just("1E5"),
    st.just("00012"),
)
_texts = st.one_of(
    st.builds(lambda a, joint, b: f"{a}{joint} {b}", *map(st.sampled_from, (_WORDS, _JOINTS, _WORDS))),
    st.sampled_from(_PLAIN),
)
_numbers = st.one_of(
    st.integers(-99_999, 9_999_999).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.integers(-500, 99_999).map(Decimal),
    st.just(Decimal("1234.5")),
)
_days = st.dates(date(2026, 9, 1), date(2027, 3, 31))
_styles = st.builds(
    Style,
    decimal=st.sampled_from(".,"),
    thousands=st.sampled_from(["", "", "other", " ", "'", "\u00a0"]),
    negative=st.sampled_from(["-n", "-n", "n-", "(n)", "−n", "- n"]),
    currency=st.sampled_from(["n", "n", "€ n", "n €", "n EUR", "$n", "EUR n"]),
    dates=st.sampled_from(
        [
            *(
                "%Y-%m-%d",
                "%d.%m.%Y",
                "%d/%m/%Y",
                "%m/%d/%Y",
                "%d.%m.%y",
                "%Y%m%d",
                "%d-%b-%Y",
                "%d. %b %Y",
                "%Y/%m/%d",
            ),
            *("%Y/%m/%d", "%Y-%m-%d 00:00:00", "%d.%m.%Y 14:30", "%m/%d/%Y 2:05 PM", "%b %d, %Y"),
        ]
    ),
    months=st.sampled_from(
        ["%Y-%m", "%m/%Y", "%b-%y", "%b %Y", "%Y%m", "%d.%m.%Y", "%YM%m", "%m.%Y", "%Y/%m", "%b. %y", "%m/%d/%Y"]
    ),
    german=st.booleans(),
).map(lambda style: _resolved(style))
_dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ",", ";", ";", "\t", "|", "^", "~", "||"]),
    quote=st.sampled_from('"""\''),
    escape=st.sampled_from([None, None, None, "\\"]),
    everything=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    ends=st.booleans(),
)
_shapes = st.builds(
    Shape,
    titles=st.sampled_from(
        [
            (),
            (),
            (("Monthly report",),),
            (("Extract of the ERP, all plants",), ("printed by M. Weber; on Monday",)),
            (("Plant:", "P1"), ("Printed:", "2026-11-03")),
        ]
    ),
    gap=st.integers(0, 2),
    two_rows=st.booleans(),
    blank=st.one_of(st.none(), st.integers(1, 4)),
    again=st.one_of(st.none(), st.none(), st.integers(1, 4)),
    total=st.booleans(),
    footer=st.sampled_from([None, None, "Source: ERP", "End of report"]),
    order=st.permutations(range(9)).map(tuple),
    extra=st.booleans(),
    across=st.booleans(),
    right=st.integers(0, 3),
    typed=st.booleans(),
)


def _resolved(style: Style) -> Style:
    other = {".": ",", ",": "."}[style.decimal]
    thousands = other if style.thousands == "other" else style.thousands
    return Style(style.decimal, thousands, style.negative, style.currency, style.dates, style.months, style.german)


@st.composite
def examples(draw: st.DrawFn, clear: bool) -> Example:
    """A table and how it is written; if `clear`, every column holds a value that can be read in one way only."""
    table = draw(st.sampled_from(sorted(HEADERS)))
    style, shape = draw(_styles), draw(_shapes)
    dialect = draw(st.one_of(_dialects, _dialects, st.none()))
    if dialect is not None and dialect.encoding == "cp1252" and style.negative == "−n":
        dialect = replace(dialect, encoding="utf-8")
    if table != "forecast":
        shape = replace(shape, across=False)
    if shape.across or style.german:  # their headers are of one word
        shape = replace(shape, two_rows=False)
    records = draw(_RECORDS[table])
    if clear and style.dates == "%d.%m.%y":  # 28.10.26 could be of 2028
        style = replace(style, dates="%d.%m.%Y")
    if clear:
        records[0] |= {name: Decimal("1234.56") for name, value in records[0].items() if isinstance(value, Decimal)}
        records[0] |= {
            name: date(2026, 10, 28)
            for name, value in records[0].items()
            if isinstance(value, date) and not isinstance(value, datetime)
        }
    return Example(table, records, style, dialect, shape)


def _orders() -> st.SearchStrategy[list[dict[str, Cell]]]:
    record: st.SearchStrategy[dict[str, Cell]] = st.fixed_dictionaries(
        {
            "order": st.integers(1, 99_999).map(lambda number: f"{number:07}"),
            "item": _codes,
            "site": st.sampled_from(["P1", "P2", "D01"]),
            "account": _codes,
            "promised": _days,
            "quantity": _numbers,
            "amount": st.one_of(_numbers, _numbers, _numbers, st.none()),
        }
    )
    return st.lists(record, min_size=4, max_size=9).map(
        lambda records: [record | {"line": f"{at}0"} for at, record in enumerate(records, 1)]
    )


def _ledger() -> st.SearchStrategy[list[dict[str, Cell]]]:
    record: st.SearchStrategy[dict[str, Cell]] = st.fixed_dictionaries(
        {
            "month": st.integers(5, 10).map(lambda month: datetime(2026, month, 1)),
            "gl_account": st.integers(1000, 999_999).map(lambda number: f"{number:06}"),
            "text": st.one_of(_texts, _texts, _texts, st.none()),
            "amount": _numbers,
        }
    )
    return st.lists(record, min_size=4, max_size=9).map(
        lambda records: [
            records[0] | {"month": datetime(2026, 10, 1)},
            records[1] | {"month": datetime(2026, 5, 1)},
            *records[2:],
        ]
    )


@st.composite
def _forecast(draw: st.DrawFn) -> list[dict[str, Cell]]:
    months = [datetime(2026, 11, 1), datetime(2026, 12, 1), datetime(2027, 1, 1), datetime(2027, 2, 1)]
    items = draw(st.lists(_codes, min_size=3, max_size=6, unique=True))
    segments = st.lists(st.sampled_from(["RETAIL", "ONLINE"]), min_size=6, max_size=6)
    return [
        {"item": item, "segment": segment, "month": month, "quantity": draw(_numbers)}
        for item, segment in zip(items, draw(segments), strict=False)
        for month in months
    ]


_RECORDS = {"orders": _orders(), "ledger": _ledger(), "forecast": _forecast()}
