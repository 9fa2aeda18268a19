"""A folder of files becomes sources: with patterns, what the company is like, and what nobody could tell."""

from sop_cli.schemas.draft import Draft, DraftSource
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked

STOCK = "Period;Material;Location;Closing stock\n"
SHIPPED = "Order;Line;Item;Site;Customer;Promised;Shipped;Qty;Net value;Curr\n"


def _stock(file: str, *months: str) -> object:
    rows = [f"{month};A{at};P1;{at}" for month in months for at in range(3)]
    return looked(STOCK + "\n".join(rows), file)


def _shipped(file: str, first: int, month: str = "2026-10") -> object:
    rows = [f"{first + at};10;A;P1;C1;{month}-05;{month}-06;1;2;USD" for at in range(4)]
    return looked(SHIPPED + "\n".join(rows), file)


def _draft(*seen: object) -> Draft:
    return draft(seen)  # type: ignore[arg-type]


def _files(found: Draft) -> tuple[str, ...]:
    [source] = found.sources
    return source.files


def test_the_folder_of_a_cycle_becomes_a_pattern() -> None:
    months = ("2026-08", "2026-09", "2026-10")
    seen = [_stock(f"e/2026-{at}/stock.csv", *months[: at - 8]) for at in (9, 10, 11)]
    assert _files(_draft(*seen)) == ("e/{cycle}/stock.csv",)
    assert _draft(*seen).cycle is None


def test_a_history_beside_the_cycles_is_read_first_unless_it_is_in_them_too() -> None:
    cycle = _stock("e/2026-11/stock.csv", "2026-09", "2026-10")
    assert _files(_draft(cycle, _stock("e/old/stock.csv", "2025-12"))) == ("e/old/stock.csv", "e/{cycle}/stock.csv")
    found = _draft(cycle, _stock("e/copy/stock.csv", "2026-09", "2026-10"))
    assert _files(found) == ("e/{cycle}/stock.csv",)
    assert "e/copy/stock.csv is left out" in found.sources[0].reasons[-1]


def test_files_that_go_on_from_each_other_are_all_read() -> None:
    seen = [_shipped(f"e/sales_{month}.csv", at * 100, f"2026-{month}") for at, month in enumerate(("08", "09", "10"))]
    assert _files(_draft(*seen)) == ("e/sales_*.csv",)
    cycles = [_shipped(f"e/2026-{month}/sales.csv", at * 100) for at, month in enumerate(("09", "10", "11"))]
    assert _files(_draft(*cycles)) == ("e/*/sales.csv",)


def test_of_issues_of_the_same_the_newest_counts() -> None:
    seen = [_shipped(f"e/sales_2026{month}.csv", 100) for month in ("08", "09", "10")]
    assert _files(_draft(*seen)) == ("e/sales_202610.csv",)


def test_the_day_of_an_export_is_left_open_in_the_folder_of_a_cycle() -> None:
    assert _files(_draft(_shipped("e/2026-11/sales_20261103.csv", 1))) == ("e/{cycle}/sales_*.csv",)


def test_the_company_is_guessed_from_its_files_with_reasons() -> None:
    found = _draft(_shipped("e/sales.csv", 1))
    assert (found.currency.value, found.cycle and found.cycle.value) == ("USD", "2026-11")
    assert found.currency.reason == "in 100 % of the records seen that name a currency"


def test_the_fiscal_year_starts_where_a_budget_of_twelve_months_does() -> None:
    months = ";".join(["Apr-26", "May-26", "Jun-26", "Jul-26", "Aug-26", "Sep-26", "Oct-26", "Nov-26", "Dec-26"])
    text = f"Budget;Measure;Family;{months};Jan-27;Feb-27;Mar-27\n"
    text += f"AOP 27;revenue;F1;{';'.join('1' * 12)}\nAOP 27;units;F1;{';'.join('1' * 12)}\n"
    found = _draft(looked(text, "aop.csv"))
    assert (found.fiscal_year_start.value, found.budgets) == ("4", ("AOP 27",))


def test_accounts_that_sound_like_a_line_are_proposed() -> None:
    text = "Periode;Konto;Text;Betrag\n10.2026;400;Umsatzerlöse;5\n10.2026;120;Forderungen aus LuL;5\n"
    found = _draft(looked(text + "10.2026;999;Sonstiges;5\n", "gl.csv"))
    assert {line: [one.code for one in own] for line, own in found.ledger.items()} == {
        "receivables": ["120"],
        "revenue": ["400"],
    }


def test_a_file_named_for_the_month_of_its_records_is_not_named_for_the_cycle() -> None:
    found = _draft(_shipped("e/Sales_2026-10.csv", 1))
    assert (_files(found), found.cycle and found.cycle.value) == (("e/Sales_*.csv",), "2026-11")
    assert _files(_draft(_shipped("e/2026-11/Sales_2026-10.csv", 1))) == ("e/{cycle}/Sales_*.csv",)


def test_stock_without_a_month_is_that_of_the_last_closed_one() -> None:
    stock = looked("Material;Werk;Frei verwendbar\nA;P1;5\nB;P1;6\n", "e/2026-11/Bestand.csv")
    source = _of(_draft(stock, _shipped("e/2026-11/sales.csv", 1)), "stock")
    assert (source.active, source.found.constants["month"].value, source.confidence) == (True, "2026-10", "unsure")


def test_a_file_that_lacks_a_column_stands_there_with_the_file_that_has_it() -> None:
    lines = looked("SALESORDERID;SALESORDERITEM;PRODUCTID;Plant;Due;Qty\n1;10;A;P1;2026-12-01;5\n", "lines.csv")
    heads = looked("SALESORDERID;PARTNERID;CITY\n1;C1;Ulm\n2;C2;Bonn\n", "heads.csv")
    found = _draft(lines, heads)
    source = _of(found, "orders")
    assert (source.active, source.found.missing) == (False, ("account",))
    assert source.reasons[-1] == ("account stands in heads.csv as PARTNERID, by SALESORDERID: export them together")
    assert [one.place for one in found.untold] == ["heads.csv"]


def test_sources_of_one_table_have_names_of_their_own() -> None:
    text = "Family;2026-04;2026-05;2026-06\nF1;1;2;3\nF2;1;2;3\n"
    version = "Version;" + text.replace("\nF", "\nAOP;F")
    seen = [looked(version, "aop.xlsx", sheet) for sheet in ("Volume", "Revenue")]
    assert [source.name for source in _draft(*seen).sources] == ["aop_volume", "aop_revenue"]


def _of(found: Draft, table: str) -> DraftSource:
    return next(source for source in found.sources if source.found.table.name == table)


def test_files_of_which_the_same_is_to_be_said_are_told_in_one_line() -> None:
    seen = [looked("2026-10-01;5;7.5\n2026-10-02;6;8.5\n", f"e/{name}.csv") for name in "abcdefgh"]
    [untold] = _draft(*seen).untold
    assert untold.place == "e/a.csv, e/b.csv, e/c.csv, e/d.csv, e/e.csv, e/f.csv and 2 more"
    assert "item: column 1" in untold.why


def test_days_and_months_in_american_order_tell_the_cycle_where_one_of_them_can_be_no_month() -> None:
    rows = [f"{at};10;A;P1;C1;10/{at + 10}/2026;10/{at + 10}/2026;1;2;USD" for at in range(5)]
    found = _draft(looked(SHIPPED + "\n".join(rows), "e/shipments.csv"))
    assert found.cycle is not None
    assert found.cycle.value == "2026-11"


def test_late_corrections_are_read_beside_what_they_correct_and_the_later_file_counts() -> None:
    """Orders 100 to 103, of which two are corrected, and a new one: whichever file comes first by name."""
    for late in ("e/shipments_oct_corrections.csv", "e/corrections_shipments_oct.csv"):
        first = _shipped("e/shipments_oct.csv", 100)
        rows = [f"{order};10;A;P1;C1;2026-10-05;2026-10-06;9;2;USD" for order in (101, 102, 104)]
        [source] = _draft(first, looked(SHIPPED + "\n".join(rows), late)).sources
        assert (source.files, source.later_counts) == (("e/shipments_oct.csv", late), True)
        said = "with the order and line of one in {}; both files are read, and of these records those of {} count"
        own, other = sorted((late, "e/shipments_oct.csv"), reverse=True)
        assert source.reasons[-1] == f"check: 2 records of {own} {said.format(other, late)}"


def test_only_a_file_whose_records_are_all_elsewhere_to_the_letter_is_left_out() -> None:
    whole = _shipped("e/shipments.csv", 100)
    row = "100;10;A;P1;C1;2026-10-05;2026-10-06;{};2;USD"
    for quantity, files in (("1", ("e/shipments.csv",)), ("2", ("e/shipments.csv", "e/shipments_late.csv"))):
        assert _files(_draft(whole, looked(SHIPPED + row.format(quantity), "e/shipments_late.csv"))) == files


def test_what_would_count_twice_without_a_key_is_left_out_and_said_to_be_checked() -> None:
    header = "Period;Account;Profit center;Amount\n"
    rows = [f"2026-10;400{at};PC{at};{at}5" for at in range(9)]
    late = looked(header + "\n".join([*rows[:4], "2026-10;4001;PC1;77"]), "e/ledger_late.csv")
    [source] = _draft(looked(header + "\n".join(rows), "e/ledger.csv"), late).sources
    assert source.files == ("e/ledger.csv",)
    assert source.reasons[-1] == (
        "check: 4 records of e/ledger_late.csv found in e/ledger.csv too, and would count twice, so it is left out"
    )
