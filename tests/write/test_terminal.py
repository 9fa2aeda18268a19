import io
from decimal import Decimal

import polars as pl

from sop_cli.findings.finding import all_findings, findings, no_findings
from sop_cli.findings.ingest import UNUSED_COLUMN
from sop_cli.findings.reconcile import REVENUE_TIE, UNKNOWN_ITEM
from sop_cli.findings.table import ROWS_OUTSIDE
from sop_cli.schemas.pack import PackColumn, Value
from sop_cli.write.terminal import print_findings, print_table

COLUMNS = (PackColumn("Step"), PackColumn("Gap", "money"), PackColumn("What to do next"))
ROWS: tuple[tuple[Value, ...], ...] = (
    ("Demand review", Decimal("-1234567"), "Correct the item master and run the step again"),
    ("Supply", None, ""),
)


def some_findings() -> pl.DataFrame:
    unknown = [{"message": f"item A{at} is unknown", "file": "shipments.csv", "row": at} for at in range(2, 14)]
    tie = {"message": "expected 10, found 9", "file": "gl.xlsx", "sheet": "GL", "row": 14, "place": "F03 / 2026-08"}
    return all_findings([findings(UNKNOWN_ITEM, unknown), findings(REVENUE_TIE, [tie])])


def printed(**options: object) -> list[str]:
    stream = io.StringIO()
    print_findings(some_findings(), stream, **options)  # type: ignore[arg-type]
    return stream.getvalue().splitlines()


def test_errors_come_first_with_file_row_and_place() -> None:
    assert printed()[0] == "error R101 gl.xlsx!GL:14 F03 / 2026-08: expected 10, found 9"


def test_ten_of_a_code_are_shown_then_how_many_more() -> None:
    lines = printed()
    assert sum(line.startswith("warning R201") for line in lines) == 10
    assert "  and 2 more in breaks.csv" in lines


def test_what_to_do_is_said_once_per_code() -> None:
    hints = [line for line in printed() if line.startswith("  hint: ")]
    assert hints == [f"  hint: {REVENUE_TIE.do}", f"  hint: {UNKNOWN_ITEM.do}"]


def test_a_terminal_gets_lines_that_fit_and_loses_no_word() -> None:
    narrow = printed(width=40)
    assert all(len(line) <= 40 for line in narrow)
    assert " ".join(" ".join(narrow).split()) == " ".join(" ".join(printed()).split())


def test_colour_is_only_there_when_asked_for() -> None:
    assert not any("\x1b" in line for line in printed())
    assert printed(colour=True)[0].startswith("\x1b[1;31merror\x1b[0m R101")


def test_text_of_an_extract_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    print_findings(findings(UNKNOWN_ITEM, [{"message": "item \x1b[2J\nA"}]), stream)
    assert stream.getvalue().splitlines()[0] == "warning R201: item [2J A"


def test_no_findings_print_nothing() -> None:
    stream = io.StringIO()
    print_findings(no_findings(), stream)
    assert stream.getvalue() == ""


def test_a_piped_table_is_aligned_and_never_wrapped() -> None:
    stream = io.StringIO()
    print_table(ROWS, COLUMNS, stream)
    assert stream.getvalue().splitlines() == [
        "Step                  Gap  What to do next",
        "-------------  ----------  ----------------------------------------------",
        "Demand review  -1,234,567  Correct the item master and run the step again",
        "Supply                  –",
    ]


def test_a_table_on_a_terminal_wraps_text_and_keeps_numbers_whole() -> None:
    stream = io.StringIO()
    print_table(ROWS, COLUMNS, stream, width=50)
    lines = stream.getvalue().splitlines()
    assert all(len(line) <= 50 for line in lines)
    assert "-1,234,567" in stream.getvalue()
    assert "…" not in stream.getvalue()


def test_an_empty_table_still_has_its_headings() -> None:
    stream = io.StringIO()
    print_table((), COLUMNS, stream, width=20)
    assert stream.getvalue().startswith("Step  Gap")


def test_what_is_said_of_many_rows_alike_is_said_once() -> None:
    rows = [{"message": "item is empty", "file": "a.csv", "row": at} for at in range(2, 1_500)]
    stream = io.StringIO()
    print_findings(
        findings(UNKNOWN_ITEM, [*rows, {"message": "item A1 is unknown", "file": "a.csv", "row": 9}]), stream
    )
    assert stream.getvalue().splitlines()[:2] == [
        "warning R201 a.csv:2: item is empty (and 1,497 more such)",
        "warning R201 a.csv:9: item A1 is unknown",
    ]


def test_what_is_merely_info_can_be_one_line_per_code_with_its_first_case() -> None:
    titles = [{"message": f"{at} rows are left out", "file": "a.csv", "row": at} for at in range(1, 15)]
    unused = [{"message": "stock: not used: Lot", "source": "stock"}]
    stream = io.StringIO()
    told = [findings(UNUSED_COLUMN, unused), findings(ROWS_OUTSIDE, titles), some_findings()]
    print_findings(all_findings(told), stream, rest="findings.csv", fold_info=True)
    lines = stream.getvalue().splitlines()
    assert lines[:-4] == printed(rest="findings.csv")
    assert lines[-4:] == [
        "info I116 a.csv:1: 1 rows are left out (the first of 14 in findings.csv)",
        f"  hint: {ROWS_OUTSIDE.do}",
        "info I304: stock: not used: Lot",
        f"  hint: {UNUSED_COLUMN.do}",
    ]
