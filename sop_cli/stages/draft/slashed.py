"""Days and months between slashes, in the order in which a column has them."""

import re
from collections.abc import Sequence

_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(20\d\d)")


def days_first(texts: Sequence[str]) -> Sequence[str]:
    """`10/28/2026` as 28.10.2026, and 28/10/2026 too, where all of them tell which of the two is the day."""
    parts = [found.groups() for text in texts if (found := _SLASHED.match(text.strip()))]
    if not parts or len(parts) < len(texts):
        return texts
    first, second = (max(int(part[at]) for part in parts) for at in (0, 1))
    if (first > 12) == (second > 12):
        return texts
    day, month = (0, 1) if first > 12 else (1, 0)
    return [f"{part[day]}.{part[month]}.{part[2]}" for part in parts]
