"""Which sign separates decimals in a column of numbers: told by what its cells allow, all of them together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sop_cli.findings.rule import Severity
from sop_cli.findings.values import ROUNDED, TWO_WAYS, UNCLEAR_DECIMAL
from sop_cli.stages.ingest.values.clues import Around, Clue, beside, hints
from sop_cli.stages.ingest.values.numbers import numbers
from sop_cli.stages.ingest.values.told import Told

_MANY, _SAMPLE = 200_000, 20_000  # beyond so many cells a sample is looked at first, then all if it tells nothing
LONG = len("0.123456789")  # characters of the shortest number with more decimals than are kept
_NAMES = {".": "point", ",": "comma"}
_OTHER = {".": ",", ",": "."}


@dataclass(frozen=True)
class Seen:
    """Different texts of one kind: how many, and the shortest."""

    count: int
    example: str


@dataclass(frozen=True)
class Signs:
    """The texts that can only be read with a point, only with a comma, or with both but to other ends."""

    point: Seen
    comma: Seen
    unclear: Seen

    @property
    def proven(self) -> str | None:
        """The sign that more texts ask for; None where none asks."""
        if not self.point.count and not self.comma.count:
            return None
        return "." if self.point.count >= self.comma.count else ","


@dataclass(frozen=True)
class Sign:
    """The decimal sign of a column, what is to be told about it, and whether it is no more than a guess."""

    sign: str
    told: tuple[Told, ...]
    guess: bool


def signs(texts: pl.Series) -> Signs:
    """What the texts of one column say about their decimal sign."""
    if texts.len() > _MANY:
        found = _signs(texts.gather_every(texts.len() // _SAMPLE))
        if found.proven:
            return found
    return _signs(texts.filter(texts.str.contains("[.,]")))


def decimal_signs(
    columns: Mapping[str, pl.Series],
    headers: Mapping[str, str],
    around: Around,
    settled: Collection[str] = (),
    strict: Collection[str] = (),
) -> dict[str, Sign]:
    """The decimal sign of each of `columns` (our name: its texts) that has any cell with a point or a comma.

    A column that proves nothing follows the others of its file, those `settled` before and those `around` it that
    nothing uses. Failing that, hints are weighed: how its numbers are shaped, how dates are written, the delimiter.
    Those `strict` must not be taken wrongly by a factor of 1000: there a bold guess is an error.
    """
    found = {name: signs(texts) for name, texts in columns.items()}
    proven = {sign.proven for sign in found.values() if sign.proven} | set(settled)
    by_file = proven.pop() if len(proven) == 1 else None
    if by_file is None and any(seen.unclear.count and not seen.proven for seen in found.values()):
        clue = beside(around)
        by_file = clue.sign if clue else None
    decided = {}
    for name, seen in found.items():
        sign = seen.proven or by_file
        if sign and seen.point.count and seen.comma.count:
            decided[name] = Sign(sign, (_two_ways(seen, headers[name], sign),), guess=False)
        elif sign and (seen.proven or seen.unclear.count):
            decided[name] = Sign(sign, (), guess=False)
        elif seen.unclear.count:
            decided[name] = _guessed(seen, headers[name], hints(columns[name], around), strict=name in strict)
    return decided


def _signs(texts: pl.Series) -> Signs:
    once = texts.drop_nulls().unique()
    read = pl.DataFrame({"text": once, "point": numbers(once, "."), "comma": numbers(once, ",")})
    point, comma = pl.col("point").is_not_null(), pl.col("comma").is_not_null()

    def those(condition: pl.Expr) -> Seen:
        chosen = read.filter(condition)
        shortest = chosen.sort(pl.col("text").str.len_chars(), "text").head(1)["text"].to_list()
        return Seen(chosen.height, shortest[0] if shortest else "")

    return Signs(those(point & ~comma), those(comma & ~point), those(pl.col("point") != pl.col("comma")))


def _two_ways(seen: Signs, header: str, sign: str) -> Told:
    most, few = (seen.point, seen.comma) if sign == "." else (seen.comma, seen.point)
    return Told(
        TWO_WAYS,
        header,
        few.example,
        f"different numbers with a decimal {_NAMES[sign]}: {most.count}, such as '{most.example}'; with a decimal "
        f"{_NAMES[_OTHER[sign]]}: {few.count}, such as '{few.example}'; read with decimal {_NAMES[sign]}",
    )


def _guessed(seen: Signs, header: str, clues: Sequence[Clue], *, strict: bool) -> Sign:
    """The sign the first of `clues` speaks for; a point, where there is none.

    1.234 as a thousand is what most people mean; as little more than one it takes more than a delimiter to believe.
    """
    text = seen.unclear.example
    chosen = clues[0] if clues else Clue(".", "because nothing in the file says otherwise")
    against = next((clue.why for clue in clues if clue.sign != chosen.sign), None)
    bold = chosen.sign in text
    point, comma = (f"{numbers(pl.Series([text]), each).item().normalize():f}" for each in (".", ","))
    read, other = (point, comma) if chosen.sign == "." else (comma, point)
    severity: Severity = "warning"
    if clues and not against and (len(clues) > 1 or not bold):
        severity = "info"
    elif bold and strict and (against or not clues):
        severity = "error"
    told = Told(
        UNCLEAR_DECIMAL,
        header,
        text,
        f"'{text}' could be {read} or {other}; read as {read}, with decimal {_NAMES[chosen.sign]}, {chosen.why}"
        + (f"; against it stands that {against.removeprefix('because ')}" if against else ""),
        hint=f'If that is wrong, declare `decimal: "{_OTHER[chosen.sign]}"`; if it is right, '
        f'`decimal: "{chosen.sign}"` says so for good.',
        severity=severity,
    )
    return Sign(chosen.sign, (told,), guess=True)


def rounded(texts: pl.Series, header: str, sign: str) -> list[Told]:
    """That numbers of a column have more decimals than are kept; empty where none have."""
    length = texts.str.len_bytes().max()
    if not isinstance(length, int) or length < LONG:
        return []
    long = texts.filter(texts.str.contains(rf"[{sign}]\d{{8}}\d*[1-9]")).to_frame("text")
    # What a computer adds to 0.3 from the sixteenth digit on was never meant.
    digits = pl.col("text").str.replace_all(r"[^\d]", "").str.strip_chars_start("0")
    meant = long.filter((digits.str.len_chars() < 16) & ~pl.col("text").str.contains("(?i)e"))
    if meant.is_empty():
        return []
    some = meant["text"][0]
    kept = numbers(pl.Series([some]), sign).item()
    count = f"{meant.height} number has" if meant.height == 1 else f"{meant.height} numbers have"
    return [Told(ROUNDED, header, some, f"{count} more than eight decimals; '{some}' is kept as {kept}")]
