"""How a text file separates and quotes its fields, found out from a sample of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sop_cli.read.how import How
from sop_cli.read.text.aligned import find_cuts
from sop_cli.read.text.cellkinds import kind_of
from sop_cli.read.text.fields import Oddity, Splitter
from sop_cli.schemas.grid import Dialect

# How usual a delimiter is.
_USUAL = (
    dict.fromkeys(",;\t|\x1f\x01", 1.0)
    | dict.fromkeys("^~¦¬¤\x02\x03\x1c\x1d\x1e", 0.95)
    | dict.fromkeys("§þ", 0.9)
    | {" ": 0.72, ":": 0.7}
    | dict.fromkeys("#&*\\", 0.6)
    | dict.fromkeys("!@$=", 0.5)
)
_IN_SENTENCES = {", ", "; ", ": "}
_HEAD, _PART = 300, 100  # records looked at from the start, and from the middle and the end each
_LONGEST = 40  # lines a quoted field may span in the sample
_CHARS = 150_000  # characters the lines of each of the three may have


_Record = tuple[list[str], list[bool], float]  # fields, which of them are quoted, how wrong the quotes are


@dataclass(frozen=True)
class Verdict:
    """How well a file reads under one dialect: the higher the better."""

    dialect: Dialect
    score: float
    declared: bool  # whether the config says the delimiter


def verdicts(text: str, encoding: str, how: How) -> list[Verdict]:
    """The dialects a text may be written in, the best first, one per delimiter."""
    newline = _newline(text)
    lines = _sample(re.split(r"\r\n|\n|\r", text)) or [""]
    said = re.match(r"\ufeff?\"?sep=(.)\"?\s*[\r\n]", text)  # a first line that spreadsheet programs obey
    if how.delimiter is not None:
        delimiters: list[str | None] = [how.delimiter]
    elif said:
        delimiters = [said[1]]
    else:
        delimiters = [None, *_possible(lines)]
    quotes = [how.quote or None] if how.quote is not None else _quotes(lines)
    ways: list[tuple[str | None, str | None]] = [(quote, None) for quote in quotes]
    ways += [(quote, "\\") for quote in quotes if quote and any("\\" + quote in line for line in lines)]
    found = [_best_quote([_weigh(lines, mark, *way, how) for way in ways]) for mark in delimiters]
    if any(one.faultless and one.quote == '"' for one in found):
        # Where quotes make sense under one delimiter, to be blind to them speaks against another.
        found = [one if one.quote == '"' else replace(one, score=one.score * 0.5) for one in found]
    if how.delimiter is None and not said:
        found = [_lengthened(lines, one, how) for one in found]
    best, *others = sorted(found, key=_by_score, reverse=True)
    best = _escaped(lines, best, how)
    declared = how.delimiter is not None
    found_out = [Verdict(_dialect(weighed, encoding, newline), weighed.score, declared) for weighed in (best, *others)]
    if best.delimiter in (None, " ") and not declared and not said and (cuts := find_cuts(lines)):
        return [Verdict(Dialect(encoding, None, None, None, newline, True, cuts), 1.0, declared), *found_out]
    return found_out


@dataclass(frozen=True)
class _Weighed:
    delimiter: str | None
    quote: str | None
    escape: str | None
    score: float
    wrong: float  # how many records have wrong quotes, by how wrong they are
    faultless: bool  # some fields are quoted, and every quote is right
    even: bool  # all records have the same number of fields
    slashed: bool  # there are quotes within fields that are not quoted, and a backslash is before every one


def _best_quote(weighed: Sequence[_Weighed]) -> _Weighed:
    plain = {one.quote: one for one in weighed if one.escape is None}
    weighed = [one for one in weighed if one is plain.get(one.quote) or _explains(one, plain.get(one.quote))]
    slashed = any(one.quote == '"' and one.slashed for one in weighed)
    right = [one for one in weighed if one.quote == '"' and one.faultless and (one.escape is not None or not slashed)]
    return right[0] if right else max(weighed, key=_by_score)


def _explains(escaped: _Weighed, plain: _Weighed | None) -> bool:
    """Whether an escape makes most of the quotes right that are wrong without it; a few it does so by chance."""
    return plain is None or escaped.wrong <= plain.wrong / 2


def _by_score(weighed: _Weighed) -> float:
    return weighed.score


def _dialect(weighed: _Weighed, encoding: str, newline: str) -> Dialect:
    return Dialect(encoding, weighed.delimiter, weighed.quote, weighed.escape, newline, weighed.escape is None)


def _newline(text: str) -> str:
    kinds = Counter(re.findall(r"\r\n|\n|\r", text))
    return next(iter(kinds)) if len(kinds) == 1 else "" if kinds else "\n"


def _sample(lines: Sequence[str]) -> list[str]:
    """Lines from the start, the middle and the end; blank ones do not tell anything."""
    filled = [line for line in lines if line.strip()]
    if len(filled) <= _HEAD + 2 * _PART and sum(map(len, filled)) <= _CHARS:
        return filled
    middle = max(len(filled) // 2, _HEAD)
    last = max(len(filled) - _PART, middle + _PART)
    parts = (filled[:_HEAD], filled[middle : middle + _PART], filled[last:])
    return [line for part in parts for line in _within(part)]


def _within(lines: Sequence[str]) -> list[str]:
    sizes = list(accumulate(map(len, lines)))
    return [line for line, size in zip(lines, sizes, strict=True) if size <= _CHARS or line is lines[0]]


def _possible(lines: Sequence[str]) -> list[str]:
    """Characters, single or doubled, that may delimit: those that are in enough lines."""
    present = Counter(char for line in lines for char in set(line))
    single = [
        char
        for char, times in present.items()
        if char in _USUAL and times >= min(2, len(lines)) and times >= 0.1 * len(lines)
    ]
    double = [
        char * 2
        for char in single
        if char != " "
        and sum(line.count(char * 2) * 2 for line in lines) >= 0.9 * sum(line.count(char) for line in lines)
    ]
    return single + double


def _quotes(lines: Sequence[str]) -> list[str | None]:
    """The quotes that may be in use; a double quote also where the sample has none, for the rest may have some."""
    return ['"', *(["'"] if sum(line.count("'") for line in lines) > 1 else [])]


def _weigh(lines: Sequence[str], delimiter: str | None, quote: str | None, escape: str | None, how: How) -> _Weighed:
    escape = how.escape or None if how.escape is not None else escape
    records = _records(lines, Splitter(delimiter, quote, escape))
    widths = Counter(len(fields) for fields, _, _ in records)
    common = max(widths, key=lambda width: (widths[width] * (1 if width > 1 else 0.3), -width))
    used = {at for fields, _, _ in records if len(fields) == common for at, text in enumerate(fields) if text.strip()}
    gain, torn, before, even = 0.0, 0.0, 0, 0
    for fields, quoted, odd in records:
        torn += odd
        even += len(fields) == before
        likely = sum(_likely(text, sure, delimiter) for text, sure in zip(fields, quoted, strict=True)) / len(fields)
        if delimiter is None:
            gain += 0.6 * likely
        elif len(fields) == 1:
            gain += 0.5 * likely
        else:
            width = min(len(fields), len(used)) if len(fields) == common else len(fields)
            fits = len(fields) in (common, before)
            gain += likely * (1 - 0.75 / max(width, 1)) * (1.0 if fits else 0.25)
        before = len(fields)
    count = len(records)
    regular = (even + 1) / count
    sound = max(0.0, 1 - 2 * torn / count)
    usual = 1.0 if delimiter is None else max(_USUAL.get(sign, 0.0) for sign in delimiter) or 1.0
    if delimiter and len(delimiter) > 1 and delimiter.strip():  # nobody writes `::` by chance
        usual = max(usual, 0.95)
    score = gain / count * (0.6 + 0.4 * regular) * (0.3 + 0.7 * sound) * usual
    if common == 2 and delimiter in {",", ":", " ", *_IN_SENTENCES} and len(records[0][0]) == 1:
        score *= 0.7  # names such as `Smith, John` below a header that has no comma
    score *= _alike(records, common)
    faultless = torn == 0 and any(any(quoted) for _, quoted, _ in records)
    return _Weighed(delimiter, quote, escape, score, torn, faultless, len(widths) == 1, _slashed(records, quote))


def _slashed(records: Sequence[_Record], quote: str | None) -> bool:
    bare = [
        text.split(quote)[:-1]
        for fields, quoted, _ in records
        for text, sure in zip(fields, quoted, strict=True)
        if quote and not sure and quote in text
    ]
    return bool(bare) and all(before.endswith("\\") for text in bare for before in text)


def _likely(text: str, quoted: bool, delimiter: str | None) -> float:
    """How much a field looks like a cell; words after a comma and a space are rather the rest of a sentence."""
    if quoted:
        return 1.0
    kind, sure = kind_of(text.strip())
    if kind not in ("words", "sentence", "several"):
        return sure
    return sure * (0.6 if text[:1] == " " else 0.75 if delimiter in _IN_SENTENCES else 1.0)


def _alike(records: Sequence[_Record], width: int) -> float:
    """Columns whose cells are all of one kind speak for a dialect."""
    columns: list[Counter[str]] = [Counter() for _ in range(width)]
    for fields, _, _ in records:
        if len(fields) == width:
            for column, text in zip(columns, fields, strict=True):
                column[kind_of(text.strip())[0]] += 1
    shares = []
    for column in columns:
        filled = sum(times for kind, times in column.items() if kind != "empty")
        if filled:
            words = column["words"] + column["code"] + column["sentence"]
            shares.append(max(words, *(column[kind] for kind in ("number", "date", "time", "url", "several"))) / filled)
    return 0.7 + 0.3 * (sum(shares) / len(shares) if shares else 0.0)


def _records(lines: Sequence[str], splitter: Splitter) -> list[_Record]:
    """Fields of every record, which of them are quoted, and how wrong its quotes are."""
    strict = list(_joined(lines, splitter))
    widths = Counter(len(fields) for _, fields in strict if fields is not None)
    width = widths.most_common(1)[0][0] if widths else None
    found: list[_Record] = []
    for record, fields in strict:
        if fields is not None:
            found.append((fields, splitter.quoted(record, fields), 0.0))
        else:
            torn = splitter.torn(record, width)
            inner = all(oddity is Oddity.INNER for _, oddity in torn.oddities)
            found.append((torn.fields, [False] * len(torn.fields), 0.15 if inner else 1.0))
    return found


def _joined(lines: Sequence[str], splitter: Splitter) -> Iterator[tuple[str, list[str] | None]]:
    """Every record, over several lines where a quote is open, and its fields unless its quotes are wrong."""
    at = 0
    while at < len(lines):
        record, used = lines[at], 1
        fields = splitter.strict(record)
        if fields is None and splitter.left_open(record):
            longer = record
            for used in range(2, min(_LONGEST, len(lines) - at) + 1):
                longer += "\n" + lines[at + used - 1]
                fields = splitter.strict(longer)
                if fields is not None:
                    record = longer
                    break
            else:
                used = 1
        at += used
        yield record, fields


def _lengthened(lines: Sequence[str], best: _Weighed, how: How) -> _Weighed:
    """The delimiter with what always stands beside it: `, ` rather than `,`, `~|~` rather than `|`."""
    mark = best.delimiter
    if mark is None or mark == " ":
        return best
    plain = Splitter(mark, best.quote, best.escape)
    widths = [len(fields) for fields, _, _ in _records(lines, plain)]
    if max(widths) < 2:
        return best
    first = next(line for line in lines if mark in line)
    at = first.index(mark)
    left, right = first[at - 1 : at], first[at + len(mark) : at + len(mark) + 1]
    signs = [sign if sign and not sign.isalnum() and sign not in "\"'-+.($€£" else "" for sign in (left, right)]
    for longer in (signs[0] + mark + signs[1], mark + signs[1], signs[0] + mark):
        if longer != mark:
            wider = Splitter(longer, best.quote, best.escape)
            if [len(fields) for fields, _, _ in _records(lines, wider)] == widths:
                longest = _weigh(lines, longer, best.quote, best.escape, how)
                return longest if longest.score >= best.score else best
    return best


def _escaped(lines: Sequence[str], best: _Weighed, how: How) -> _Weighed:
    """With the escape that makes more of the quotes right, if some do."""
    if how.escape is not None or (best.faultless and best.even):
        return best
    sign = best.quote or best.delimiter or "\n"
    before = Counter(
        line[found.start() - 1] for line in lines for found in re.finditer(re.escape(sign), line) if found.start()
    )
    if best.delimiter and any("\\" + best.delimiter in line for line in lines):
        before["\\"] += 1
    likely = [
        char
        for char in before
        if char == "\\"
        or not (char.isalnum() or char.isspace() or char in (best.quote, best.delimiter, *".,;:)!?%/-'"))
    ]
    tried = [_weigh(lines, best.delimiter, best.quote, char, how) for char in likely]
    return max([best, *(one for one in tried if _explains(one, best))], key=_by_score)
