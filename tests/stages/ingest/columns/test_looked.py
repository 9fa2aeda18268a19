"""What a look at a file with nothing declared tells of its headers."""

from collections.abc import Callable

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.columns.looked import look_at

Csv = Callable[..., Grid]


def test_months_are_seen_below_the_group_they_stand_in(csv: Csv) -> None:
    grid = csv(";;Forecast;;;\nMaterial;Werk;Nov 26;Dez 26;Jan 27;Feb 27\n001;P1;10;20;30;40\n002;P1;1;2;3;4\n", ";")
    seen = look_at(grid, alone=True)
    assert list(seen.headers.values()) == ["Material", "Werk"]
    assert list(seen.months.values()) == ["Nov 26", "Dez 26", "Jan 27", "Feb 27"]
