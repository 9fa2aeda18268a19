"""Which month is closed: the one most files end in, whatever a single mistyped date says."""

from sop_cli.schemas.draft import Draft
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked

SHIPPED = "Order;Line;Item;Site;Customer;Promised;Shipped;Qty;Net value\n"


def _shipped(*dates: str, file: str = "e/sales.csv") -> Looked:
    rows = [f"{at};10;A;P1;C1;{date};{date};1;2" for at, date in enumerate(dates)]
    return looked(SHIPPED + "\n".join(rows), file)


def _days(month: str, many: int = 4) -> list[str]:
    return [f"{month}-{day:02d}" for day in range(1, many + 1)]


def _stock(*months: str) -> Looked:
    rows = [f"{month};A{at};P1;{at}" for month in months for at in range(3)]
    return looked("Period;Material;Location;Closing stock\n" + "\n".join(rows), "e/stock.csv")


def _cycle(found: Draft) -> str | None:
    return found.closed.cycle.value if found.closed else None


def test_a_date_far_beyond_all_others_is_named_and_not_believed() -> None:
    found = draft([_shipped(*_days("2026-09"), *_days("2026-10"), "2027-10-14", *_days("2026-10"))])
    assert found.closed is not None
    assert found.closed.cycle.value == "2026-11"
    [stray] = found.closed.strays
    assert stray.place == "e/sales.csv, row 10, Shipped: 2027-10-14"


def test_dates_that_many_records_have_are_no_strays() -> None:
    found = draft([_shipped(*_days("2026-05"), *_days("2026-10"))])
    assert (_cycle(found), found.closed and found.closed.strays) == ("2026-11", ())


def test_the_month_most_sources_end_in_wins_and_who_disagrees_is_told() -> None:
    ledger = looked("Month;Account;Amount\n2026-09;400;1\n2026-10;400;2\n", "e/ledger.csv")
    found = draft([_shipped(*_days("2026-10"), *_days("2026-12")), _stock("2026-09", "2026-10"), ledger])
    assert found.closed is not None
    assert found.closed.cycle.value == "2026-11"
    assert "2 of 3 sources end: stock, ledger; check: shipments in 2026-12" in found.closed.cycle.reason
    assert [(one.row, one.more) for one in found.closed.strays] == [(6, 3)]


def test_a_month_that_has_only_begun_is_the_cycle_itself() -> None:
    months = [day for month in ("2026-07", "2026-08", "2026-09", "2026-10") for day in _days(month, 20)]
    found = draft([_shipped(*months, "2026-11-01", "2026-11-02")])
    assert (_cycle(found), found.closed and found.closed.strays) == ("2026-11", ())


def test_where_nothing_has_happened_no_cycle_is_made_up() -> None:
    prices = looked("Item;Segment;Price\nA;S;1\nB;S;2\n", "e/prices.csv")
    assert draft([prices]).closed is None


def test_month_columns_that_are_filled_tell_the_month_too() -> None:
    found = draft([looked("Account;Aug 2026;Sep 2026;Oct 2026;Nov 2026\n400;1;2;3;\n500;1;2;3;\n", "e/ledger.csv")])
    assert _cycle(found) == "2026-11"
