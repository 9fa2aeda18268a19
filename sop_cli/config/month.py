"""A month as people write it in the config and on the command line: 2026-11."""

import re
from typing import Annotated

from pydantic import AfterValidator

MONTH_PATTERN = r"\d{4}-(?:0[1-9]|1[0-2])"


def is_month(text: str) -> bool:
    """Whether `text` is a month written `YYYY-MM`."""
    return re.fullmatch(MONTH_PATTERN, text) is not None


def _month(text: str) -> str:
    if not is_month(text):
        raise ValueError("should be a month written like 2026-11")
    return text


Month = Annotated[str, AfterValidator(_month)]
