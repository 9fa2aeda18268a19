"""A result as one JSON document: keys sorted, exact numbers as text, dates as ISO."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from sop_cli.write import numbers


def write_json(value: Any, path: Path) -> None:  # noqa: ANN401 - anything that `json_text` takes
    """Write `value` to `path` as `json_text` has it."""
    path.write_text(json_text(value), encoding="utf-8", newline="\n")


def json_text(value: Any) -> str:  # noqa: ANN401 - mappings, sequences, dataclasses, numbers, dates, text
    """`value` as indented JSON with sorted keys; the same value always gives the same text.

    Decimals are text, so that no reader rounds them; sets are sorted. Raises ValueError for NaN and
    infinity, which JSON cannot say, and TypeError for what is no value at all.
    """
    return json.dumps(_plain(value), sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is not a number JSON can say")
        return numbers.plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
