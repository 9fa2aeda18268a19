from collections.abc import Callable
from datetime import date

import pytest

from sop_cli.errors import SopError
from sop_cli.schemas.grid import Grid
from sop_cli.schemas.tables import TABLES
from sop_cli.stages.ingest.rules import SourceRules
from tests.stages.ingest.source import Source, ingest

AS_OF = date(2026, 10, 1)

Csv = Callable[..., Grid]

BESIDE = """\
item,site,Menge Nov 26,Menge Dez 26,Menge Jan 27,Umsatz Nov 26,Umsatz Dez 26,Umsatz Jan 27
A,P1,100,110,120,1000,1100,1200
B,P1,200,210,220,4000,4200,4400
"""
ABOVE = """\
item,site,Menge,,,Umsatz,,
,,Nov 26,Dez 26,Jan 27,Nov 26,Dez 26,Jan 27
A,P1,100,110,120,1000,1100,1200
B,P1,200,210,220,4000,4200,4400
"""
BELOW = """\
item,site,Nov 26,,Dez 26,,Jan 27,
,,Menge,Umsatz,Menge,Umsatz,Menge,Umsatz
A,P1,100,1000,110,1100,120,1200
B,P1,200,4000,210,4200,220,4400
"""


def _ingest(grid: Grid, table: str = "forecast", **rules: object) -> Source:
    given = {"constants": {"segment": "all"}, **rules} if table == "forecast" else rules
    return ingest([grid], SourceRules("plan", TABLES[table], **given), AS_OF)  # type: ignore[arg-type]


def _values(source: Source, name: str = "quantity") -> list[tuple[str, int, int]]:
    months = source.table.sort("item", "month").select("item", "month", name).rows()
    return [(item, month.month, int(value)) for item, month, value in months]


@pytest.mark.parametrize("text", [BESIDE, ABOVE, BELOW])
def test_of_two_measures_across_the_one_that_is_called_like_the_number_is_taken(csv: Csv, text: str) -> None:
    wanted = [("A", 11, 100), ("A", 12, 110), ("A", 1, 120), ("B", 11, 200), ("B", 12, 210), ("B", 1, 220)]
    source = _ingest(csv(text))
    assert _values(source) == wanted
    told = source.findings.filter(code="I323")["message"].to_list()
    assert any("months run across for Menge and Umsatz; those of Menge are taken" in one for one in told)


@pytest.mark.parametrize("text", [BESIDE, ABOVE, BELOW])
def test_the_hint_for_two_measures_reads_as_well_as_the_guess(csv: Csv, text: str) -> None:
    guessed = _ingest(csv(text))
    hints = guessed.findings.filter(code="I323")["hint"].str.extract('`months: "(.+?)"`').drop_nulls()
    assert _values(_ingest(csv(text), wide="quantity", months=hints[0])) == _values(guessed)


def test_measures_of_which_none_is_the_number_are_asked_for_with_a_line_for_each(csv: Csv) -> None:
    text = csv("item,Volumen Nov 26,Volumen Dez 26,Volumen Jan 27,CA Nov 26,CA Dez 26,CA Jan 27\nA,1,2,3,4,5,6\n")
    budget = {"constants": {"version": "AOP", "measure": "units"}}
    with pytest.raises(SopError) as stop:
        _ingest(text, "aop", **budget)
    assert "months run across for Volumen and CA" in stop.value.hint
    assert 'declare `wide: value` and `months: "Volumen %b %y"` or `months: "CA %b %y"`' in stop.value.hint
    with pytest.raises(SopError, match="no header is a month") as stop:
        _ingest(text, "aop", wide="value", **budget)
    assert 'declare `months: "Volumen %b %y"` or `months: "CA %b %y"`' in stop.value.hint
    assert _values(_ingest(text, "aop", wide="value", months="CA %b %y", **budget), "value") == [
        ("A", 11, 4),
        ("A", 12, 5),
        ("A", 1, 6),
    ]


def test_one_measure_alone_may_be_called_anything_but_another_number(csv: Csv) -> None:
    text = "item,Plan Nov 26,Plan Dez 26,Plan Jan 27\nA,1,2,3\n"
    assert _values(_ingest(csv(text))) == [("A", 11, 1), ("A", 12, 2), ("A", 1, 3)]
    with pytest.raises(SopError) as stop:
        _ingest(csv(text.replace("Plan", "Umsatz")))
    assert 'declare `wide: quantity` and `months: "Umsatz %b %y"`' in stop.value.hint
