"""Dates, times and durations as texts: 2026-11-03, 2026-11-03T14:30:00, 06:15:00, 36:00."""

from datetime import date, datetime, time, timedelta
from typing import Literal

_DAY = 86_400_000  # milliseconds; Excel shows no less
_AFTER_LAST = 2_958_466  # serial of the day after 9999-12-31


def serial_text(serial: float, kind: Literal["date", "duration"], since_1904: bool) -> str | None:
    """What Excel's `serial` number stands for; None if it is no date.

    Days count from 1900, where Excel has a 29 February that never was, or from 1904. Below 1 it is a time of day.
    """
    if kind == "duration":
        return duration_text(timedelta(milliseconds=round(serial * _DAY))) if abs(serial) < _AFTER_LAST else None
    days, rest = divmod(round(serial * _DAY), _DAY)
    if not 0 <= days < _AFTER_LAST - 1462 * since_1904:
        return None
    clock = timedelta(milliseconds=rest)
    if days == 0:
        return moment_text((datetime.min + clock).time())
    if days == 60 and not since_1904:
        return "1900-02-29" + ("T" + (datetime.min + clock).time().isoformat() if rest else "")
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30 if days > 60 else 31)
    return moment_text(datetime.combine(first + timedelta(days=days), time()) + clock)


def moment_text(moment: date | time) -> str:
    """A date, with its time of day where that is not midnight; or a time of day."""
    if isinstance(moment, datetime) and moment.time() == time():
        moment = moment.date()
    if isinstance(moment, (datetime, time)) and moment.microsecond:
        return moment.isoformat(timespec="microseconds").rstrip("0")
    return moment.isoformat()


def duration_text(span: timedelta) -> str:
    """Hours and minutes, e.g. 36:00; seconds only where there are any."""
    minutes, rest = divmod(abs(span), timedelta(minutes=1))
    seconds = f":{rest.total_seconds():09.6f}".rstrip("0").removesuffix(".") if rest else ""
    return f"{'-' if span < timedelta() else ''}{minutes // 60}:{minutes % 60:02}{seconds}"
