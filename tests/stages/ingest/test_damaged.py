"""Which codes are taken for those a spreadsheet has spoilt."""

from collections.abc import Callable
from datetime import date

import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import ingest

Csv = Callable[..., Grid]


def _told(csv: Csv, codes: list[str]) -> list[tuple[int, str]]:
    """Row and message of every finding on the items of a stock list."""
    grid = csv(
        "month;item;site;quantity\n" + "".join(f"2026-10;{code};P1;{at}\n" for at, code in enumerate(codes)), ";"
    )
    found = ingest([grid], SourceRules("stock", TABLES["stock"]), date(2026, 10, 1)).findings
    return found.filter(found["code"] == "I326").select("row", "message").rows()


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("1,23457E+12", "numbers with an exponent"), ("4E+05", "numbers with an exponent"), ("TRUE", "truth values"),
        ("WAHR", "truth values"), ("2026-03-01", "dates"), ("01. Mrz", "dates"), ("3-Mar", "dates"),
        ("Mar-26", "dates"), ("376104250021234000", "numbers without their last digits"),
    ],
)  # fmt: skip
def test_a_code_that_a_spreadsheet_has_spoilt_is_told_with_its_row(csv: Csv, code: str, form: str) -> None:
    told = _told(csv, ["X-1", "X-2", code])
    assert told == [(4, f"codes have become {form}: 1 code in 1 record, such as '{code}'")]


@pytest.mark.parametrize(
    "codes",
    [
        ["1E5", "2B7", "00123"],  # as they are
        ["TRUE", "FALSE"], ["2026-03-01", "2026-03-02"],  # and so are all of the column
        ["4006381333931", "376104250021234577"], ["1234567890123450"],  # a last digit may be a zero
        ["12-MARK", "JUNE7"],
    ],
)  # fmt: skip
def test_codes_that_only_look_alike_are_left_alone(csv: Csv, codes: list[str]) -> None:
    assert _told(csv, codes) == []


def test_long_numbers_that_all_end_in_zeros_have_lost_their_digits(csv: Csv) -> None:
    codes = ["1234567890123450", "2234567890123450", "3234567890123450"]
    assert len(_told(csv, codes)) == 1
    assert _told(csv, [*codes, "4234567890123451"]) == []
