import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sop_cli.write.summary import json_text, write_json


@dataclass(frozen=True)
class Gap:
    family: str
    worth: Decimal


def test_a_result_becomes_json_with_sorted_keys_and_exact_numbers(tmp_path: Path) -> None:
    result = {
        "gaps": (Gap("F03", Decimal("1204331.25000000")),),
        "as_of": date(2026, 10, 1),
        "codes": {"R201", "R101"},
        "file": Path("cycles") / "2026-11",
        date(2026, 11, 1): None,
        "ok": True,
        "rows": 3,
    }
    write_json(result, tmp_path / "run.json")
    text = (tmp_path / "run.json").read_text(encoding="utf-8")
    assert json.loads(text) == {
        "2026-11-01": None,
        "as_of": "2026-10-01",
        "codes": ["R101", "R201"],
        "file": "cycles/2026-11",
        "gaps": [{"family": "F03", "worth": "1204331.25"}],
        "ok": True,
        "rows": 3,
    }
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert text.endswith("}\n")


@pytest.mark.parametrize("value", [float("nan"), Decimal("NaN"), Decimal("Infinity")])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"not JSON compliant|JSON can say"):
        json_text({"value": value})


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be written"):
        json_text(object())
