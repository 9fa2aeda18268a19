import string
from collections.abc import Callable, Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.table.looks import look
from sop_cli.stages.ingest.table.table import Found, carry_on, find_table

Csv = Callable[..., Grid]
LIST = """Warehouse stock,,,,
Plant:,P1,,Date:,24.11.2026

Material,Description,Qty,Unit,Value
,,PC,,EUR
100-100,Casing,10,PC,"1.200,00"
100-200,Wheel,5,PC,"300,00"
Total,,15,,"1.500,00"

Page 2 of 2
Material,Description,Qty,Unit,Value
100-300,Fan,7,PC,"70,00"
Total,,7,,"70,00"
Grand total,,22,,"1.570,00"

Source: stock ledger
"""


def _grid(rows: Sequence[Sequence[str]], sheet: str | None = None, merged: tuple[tuple[int, ...], ...] = ()) -> Grid:
    width = max(map(len, rows))
    padded = [[cell or None for cell in row] + [None] * (width - len(row)) for row in rows]
    cells = pl.DataFrame(padded, schema={str(at): pl.String for at in range(width)}, orient="row")
    return Grid("x.xlsx", sheet, cells.with_row_index("row", 1).cast({"row": pl.Int64}), merged=merged)  # type: ignore[arg-type]


def _outside(found: Found) -> dict[str, list[int]]:
    return {
        str(reason): rows
        for reason, rows in found.outside.group_by("reason", maintain_order=True).agg("row").iter_rows()
    }


def _rows(grid: Grid, found: Found) -> list[int]:
    return found.records(grid)["row"].to_list()


def test_a_print_list_is_read_across_its_pages(csv: Csv) -> None:
    grid = csv(LIST)
    found = find_table(grid)
    assert found.header_rows == (4,)
    assert list(found.headers.values()) == ["Material", "Description", "Qty", "Unit", "Value"]
    assert _rows(grid, found) == [6, 7, 12]
    assert _outside(found) == {
        "title": [1, 2, 10],
        "blank": [3, 9, 15],
        "units": [5],
        "total": [8, 13, 14],
        "repeated header": [11],
        "footer": [16],
    }
    assert found.totals.filter(pl.col("column") == "4").select("row", "label", "value", "first", "last").rows() == [
        (8, "Total", "1.500,00", 6, 7),
        (13, "Total", "70,00", 12, 12),
        (14, "Grand total", "1.570,00", 6, 12),
    ]
    assert found.totals["adds_up"].all()


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("Forecast 2026\nItem,Site,Jan-26,Feb-26\nA1,P1,1,2\nA2,P1,3,4\n", (2,), "Item|Site|Jan-26|Feb-26"),
        ("Country,2001,2002,2003\nGermany,5,6,7\nFrance,8,9,10\n", (1,), "Country|2001|2002|2003"),
        ("Item,2026-01-31,2026-02-28\nA1,5,6\nA2,7,8\n", (1,), "Item|2026-01-31|2026-02-28"),
        ("Item,M01,M02,M03\nA1,5,6,7\nA2,7,8,9\n", (1,), "Item|M01|M02|M03"),
        ("Item,1,2,3,4\nA1,5,6,6,9\nA2,7,8,1,4\n", (1,), "Item|1|2|3|4"),
        ("Item,Artikel,Größe\nA1,Rad,5\nA2,Pumpe,7\n", (1,), "Item|Artikel|Größe"),
        (
            ",,Men,,Women,\n,,2019,2020,2019,2020\nCode,Area,n,n,n,n\nE1,North,5,6,7,8\nE2,South,6,7,8,9\nE3,East,7,8,9,1\n",
            (1, 2, 3),
            "Code|Area|Men 2019 n|Men 2020 n|Women 2019 n|Women 2020 n",
        ),
        (
            "Item,Site,Plan,,Actual,\n,,Jan,Feb,Jan,Feb\nA1,P1,10,20,30,60\nA2,P1,1,2,3,6\nA3,P1,1,2,3,6\n",
            (1, 2),
            "Item|Site|Plan Jan|Plan Feb|Actual Jan|Actual Feb",
        ),
        (
            "Order,Order,Qty,Net\nnumber,date,shipped,value\n4711,2026-01-01,5,3.5\n4712,2026-01-02,6,4.5\n"
            "4713,2026-01-03,6,4.5\n",
            (1, 2),
            "Order number|Order date|Qty shipped|Net value",
        ),
        ("item,qty\nitem,qty\nA,1\nB,2\n", (1, 2), "item item|qty qty"),
        ("item,qty\n----,----\nA,1\nB,2\n", (1,), "item|qty"),
        ("Name,ID,Name\nAnn,1,x\nBob,2,y\n", (1,), "Name|ID|Name"),
        ("2026-01-01,A1,5\n2026-01-02,A2,6\n", (), "||"),
        ("400.1,0.5\n400.2,0.6\n", (), "|"),
        ("Postcode\nAB10 1XG\nAB10 6RN\n", (1,), "Postcode"),
        ("1\n2\n3\n", (), ""),
        (",,\n,Item,Qty,,\n,A,5,,\n,B,6,,\n", (2,), "Item|Qty"),
    ],
)
def test_the_header_is_found(csv: Csv, text: str, header: tuple[int, ...], names: str) -> None:
    found = find_table(csv(text))
    assert (found.header_rows, "|".join(found.headers.values())) == (header, names)


def test_a_merged_cell_heads_every_column_it_covers() -> None:
    rows = [["Stock of P1", "", "", ""], ["", "", "Open", ""], ["Code", "Item", "Qty", "Value"],
            ["A1", "Rad", "5", "6"], ["A2", "Fan", "7", "8"]]  # fmt: skip
    found = find_table(_grid(rows, "Data", ((1, 0, 1, 3), (2, 2, 2, 3))))
    assert (found.header_rows, list(found.headers.values())) == ((2, 3), ["Code", "Item", "Open Qty", "Open Value"])
    assert _outside(found) == {"title": [1]}


def test_names_merged_downwards_belong_to_a_header_of_two_rows() -> None:
    rows = [["Item", "Segment", "2026", "", ""], ["", "", "Oct", "Nov", "Dec"],
            ["A", "R", "1", "2", "3"], ["B", "R", "4", "5", "6"]]  # fmt: skip
    found = find_table(_grid(rows, "Data", ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4))))
    assert (found.header_rows, list(found.headers.values())) == (
        (1, 2),
        ["Item", "Segment", "2026 Oct", "2026 Nov", "2026 Dec"],
    )


def test_a_declared_header_wins(csv: Csv) -> None:
    grid = csv("note,x\nName,Town\nAnn,Bonn\nBob,Rome\n")
    assert find_table(grid, 2).header_rows == (2,)
    assert find_table(grid, (1, 2)).headers["0"] == "note Name"
    assert (find_table(grid, ()).header_rows, find_table(grid, ()).first_row) == ((), 1)


def test_a_declared_header_that_is_blank_is_told(csv: Csv) -> None:
    with pytest.raises(SopError, match="row 1 should be the header, but nothing is there") as stop:
        find_table(csv("\nitem,qty\nA,1\n"), 1)
    assert stop.value.hint == "the first row that holds anything is 2; declare its row as `header`"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("customer,item,qty\nSum AG,Total Care Shampoo,5\nTotal,Oil,7\nLidl,Soap,3\nTotal Care,Gel,4\n", [2, 3, 4, 5]),
        ("item,qty,note\nA,5,\nB,,\nC,7,x\nD,,\n", [2, 3, 4, 5]),  # sparse records
        ("Item,Qty,Price\nPlant A,,\nA1,5,1.5\nPlant B,,\nB1,5,1.5\n", [2, 3, 4, 5]),  # headings within
        ("x,y\n\n1,2\n\n\n3,4\n", [3, 6]),  # blank rows within
        ("item,qty\nA,5\nNotebook,6\n", [2, 3]),
        (
            "name,day,qty,price\nAnn,2026-01-01,5,1.5\nBob,2026-01-02,6,2.5\nThis one has blanks,,,\nUnicode,,,\n",
            [2, 3, 4, 5],
        ),
        ("code,area,pop,group\n0001,,11,TOTAL PERSONS\n0002,Bonn,5,TOTAL PERSONS\n0003,,7,TOTAL PERSONS\n", [2, 3, 4]),
        ("a,b,c,d\n1,b,b,c\n2,b,b,c\n", [2, 3]),
        ("id,name\n1,Ann\n2,Bob\n3,\n", [2, 3, 4]),
        ("item,qty\nA,5\nB,6\nAverage,5\n", [2, 3, 4]),
    ],
)
def test_what_could_be_a_record_is_one(csv: Csv, text: str, rows: list[int]) -> None:
    grid = csv(text)
    assert _rows(grid, find_table(grid)) == rows


@pytest.mark.parametrize(
    "foot",
    ["Source: Eurostat", "\nSource: Eurostat", "* preliminary", "(1) As of July 1.", "*** END OF REPORT ***",
     "2 records", "Note: rates, as agreed, are final"],
)  # fmt: skip
def test_a_footnote_is_no_record(csv: Csv, foot: str) -> None:
    grid = csv(f"state,year,pop,area\nAlabama,2019,4903185,52420\nAlaska,2019,731545,665384\n{foot}\n")
    found = find_table(grid)
    assert _rows(grid, found) == [2, 3]
    assert "footer" in _outside(found)


def test_another_table_below_is_not_read_and_that_is_said(csv: Csv) -> None:
    grid = csv("item,qty,price\nA,5,1.5\nB,7,2.5\n\nStock\nsite,month,pieces\nP1,2026-01,5\nP2,2026-01,7\n")
    found = find_table(grid)
    assert (_rows(grid, found), _outside(found)["another table"]) == ([2, 3], [5, 6, 7, 8])
    assert [remark.message for remark in found.remarks] == ["rows 5 to 8 are another table, which is not read"]


def test_of_two_tables_the_more_substantial_is_read(csv: Csv) -> None:
    grid = csv("Sales\nitem,qty\nA,5\nB,7\nC,8\n\nsite,month,pieces,value\nP1,2026-01,5,6\nP2,2026-01,7,8\n")
    found = find_table(grid)
    assert (found.header_rows, _outside(found)["another table"]) == ((7,), [2, 3, 4, 5])


def test_the_table_goes_on_over_pages(csv: Csv) -> None:
    first, second = csv("item,qty\nA,5\nB,7\n"), csv("C,5\nitem,qty\nD,7\nTotal,24\n")
    second = Grid("x.csv", None, second.cells.with_columns(pl.col("row") + 3))
    found = find_table(first)
    page = carry_on(second, found)
    assert (_rows(second, page), _outside(page)) == ([4, 6], {"repeated header": [5], "total": [7]})
    assert page.headers == found.headers
    ended = find_table(csv("item,qty\nA,5\nB,7\n\nsite,manager\nP1,Ann\nP2,Bob\n"))
    assert not _rows(second, carry_on(second, ended))


def test_a_record_with_shifted_cells_is_told(csv: Csv) -> None:
    lines = "".join(f"2026-01-{day:02},A{day},{day},1.5\n" for day in range(1, 28))
    found = find_table(csv(f"date,item,qty,price\n{lines}2026-01-28A28,28,A1,\n"))
    assert [(remark.code, remark.row) for remark in found.remarks] == [("I118", 29)]


WORD = st.text(string.ascii_lowercase, min_size=3, max_size=8).map(str.title).filter(lambda word: look(word) == "text")
TITLES = st.lists(
    st.one_of(WORD.map(lambda word: [f"Report {word}"]), WORD.map(lambda word: ["Plant:", word]), st.just([""])),
    max_size=4,
)
FOOTERS = st.lists(st.sampled_from([["Source: ledger"], [""], ["* preliminary"], ["Printed 2026-11-24"]]), max_size=3)


@st.composite
def _laid_out(draw: st.DrawFn) -> tuple[list[list[str]], list[int], list[str]]:
    """Rows of a file, the rows of its header, and the numbers of its records as text."""
    names = draw(st.lists(WORD, min_size=3, max_size=6, unique=True))
    months = draw(
        st.sampled_from([[], ["2026-01", "2026-02"], ["Jan 26", "Feb 26", "Mar 26"], ["2024", "2025", "2026"]])
    )
    height = draw(st.integers(3, 12))
    group = draw(st.booleans()) and bool(months)
    records = [
        [f"A{row:03}", *(f"{draw(WORD)} {row}" for _ in names[2:]), str(draw(st.integers(3_000, 90_000)))]
        + [f"{draw(st.integers(1, 99))}.5" for _ in months]
        for row in range(height)
    ]
    rows = draw(TITLES)
    first = len(rows) + 1
    if group:
        rows.append([""] * len(names) + ["Plan"] + [""] * (len(months) - 1))
    rows.append([*names, *months])
    heads = list(range(first, len(rows) + 1))
    body: list[list[str]] = []
    for record in records:
        body += [[""]] * draw(st.sampled_from([0, 0, 0, 1])) + [record]
    rows += body + draw(FOOTERS)
    # A grid is as wide as its widest row; what is missing at the end of a row is empty.
    return rows, heads, [record[0] for record in records]


@pytest.mark.parametrize(
    "text",
    [
        "Item,Site,2024,2025\nA,X,2023,2024\nB,X,10,2000\n",
        "Teil,Ort,2024,2025\nA,X,2023,2024\nB,X,12,30\nC,X,15,40\nD,Y,11,30\n",
        "Teil,Ort,Zahl,Wert\nA,X,open,free\nB,X,12,30\nC,X,15,40\nD,Y,11,30\n",
    ],
)
def test_a_first_record_of_years_or_words_is_no_second_row_of_the_header(csv: Callable[..., Grid], text: str) -> None:
    found = find_table(csv(text))
    assert (found.header_rows, found.first_row) == ((1,), 2)


def test_a_row_of_words_that_no_record_repeats_is_a_header_only_with_a_doubt(csv: Callable[..., Grid]) -> None:
    found = find_table(csv("Teil,Ort,Zahl,Wert\nPump,North,open,free\nB,X,12,30\nC,X,15,40\nD,Y,11,30\n"))
    assert found.header_rows == (1, 2)
    assert [(one.code, one.row) for one in found.remarks] == [("I113", 1), ("I114", 2)]


@pytest.mark.parametrize(
    "other",
    [
        "Code,Meaning\nX,closed\nY,open\n",
        "Contacts\nName,Role,Town\nAnn,Buyer,Rome\nBob,Planner,Paris\n",
        "\nName,Role\nAnn,Buyer\nBob,Planner\n",
    ],
)
def test_a_second_table_of_nothing_but_words_is_another_table(csv: Callable[..., Grid], other: str) -> None:
    grid = csv(f"Item,Site,Qty\nA,P,1\nB,P,2\n\n{other}")
    found = find_table(grid)
    assert _rows(grid, found) == [2, 3]
    assert "I111" in [one.code for one in found.remarks]


def test_records_that_lack_their_numbers_after_a_gap_are_still_records(csv: Callable[..., Grid]) -> None:
    grid = csv("Item,Site,Qty\nA,P,1\nB,P,2\n\nC,P,\nD,P,3\n")
    assert _rows(grid, find_table(grid)) == [2, 3, 5, 6]


def test_the_header_of_a_later_page_is_told_but_no_reason_to_worry(csv: Callable[..., Grid]) -> None:
    found = find_table(csv("Item,Site,Qty\nA,P,1\nB,P,2\nItem,Site,Qty\nC,P,1\n"))
    assert [(one.code, one.severity) for one in found.remarks if one.code == "I111"] == [("I111", "info")]


@given(_laid_out())
@settings(max_examples=40, deadline=None)
def test_a_table_is_found_among_titles_blank_rows_and_footnotes(
    laid_out: tuple[list[list[str]], list[int], list[str]],
) -> None:
    rows, heads, keys = laid_out
    grid = _grid(rows)
    found = find_table(grid)
    assert found.records(grid)["0"].to_list() == keys
    assert list(found.header_rows) == heads


@given(st.lists(st.lists(st.text("ab1.-: \n", max_size=4), min_size=1, max_size=5), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_every_row_is_header_record_or_outside_with_a_reason(rows: list[list[str]]) -> None:
    grid = _grid(rows)
    found = find_table(grid)
    parts = [*found.header_rows, *_rows(grid, found), *found.outside["row"].to_list()]
    assert sorted(parts) == grid.cells["row"].to_list()
