"""What the config declares about how a file is to be read; what it leaves open is found out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class How:
    """None everywhere means: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None  # "" where no field is quoted
    escape: str | None = None  # "" where there is none
    sheet: str | None = None
    fitting: bool = False  # the sheet was not declared, but is the one whose headers fit
