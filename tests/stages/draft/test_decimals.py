"""The decimal sign of a file that does not prove its own is that of all others, and says so."""

from sop_cli.schemas.draft import DraftSource
from sop_cli.stages.draft.draft import draft
from tests.stages.draft.looks import looked


def _stock(number: str, prices: str) -> DraftSource:
    seen = [
        looked(f"Period;Material;Plant;Quantity\n2026-10;A;P;{number}\n2026-10;B;P;{number}\n", "e/stock.csv"),
        looked(f"Item;Segment;Price\nA;S;{prices}\nB;S;{prices}\n", "e/prices.csv"),
    ]
    return next(source for source in draft(seen).sources if source.name == "stock")


def test_what_could_be_read_either_way_is_read_as_in_the_other_files() -> None:
    decimal = _stock("500,000", "3,40").decimal
    assert decimal is not None
    assert (decimal.value, "check" in decimal.reason) == (",", True)
    assert _stock("1.234", "3,40").decimal is not None


def test_nothing_is_said_where_nothing_is_in_doubt_or_the_others_do_not_say_either() -> None:
    assert _stock("500", "3,40").decimal is None  # a whole number
    assert _stock("500,50", "3,40").decimal is None  # it proves its own
    assert _stock("500,000", "3.40").decimal is None  # the others have a point, as is usual
    assert _stock("500,000", "7").decimal is None
