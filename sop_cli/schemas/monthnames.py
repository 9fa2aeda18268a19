"""The names of the months in sixteen languages, in cells, in titles, and in the names of files."""

import re
import unicodedata
from datetime import date

Counted = tuple[tuple[str, int], ...]  # words, and the number behind each
Order = tuple[Counted, date, Counted, str]

# English first, then German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish, Norwegian, Polish, Czech,
# Finnish, Turkish, Romanian, Russian, without accents; no name means two months.
MONTH_NAMES = (
    "january jan januar jaenner janner jaen janv janvier ene enero gen gennaio januari janeiro styczen stycznia sty "
    "leden ledna tammikuu tammikuuta tammi ocak oca "
    "ianuarie ian январь января янв",
    "february feb februar feber febr fev fevr fevrier febrero febbraio februari fevereiro luty lutego lut "
    "unor unora helmikuu helmikuuta helmi subat sub "
    "februarie фев февр февраль февраля",
    "march mar marz maerz mrz maer mars marzo mrt maart marco marts marzec marca brezen brezna "
    "maaliskuu maaliskuuta maalis mart "
    "martie март марта мар",
    "april apr avr avril abr abril aprile kwiecien kwietnia kwi duben dubna huhtikuu huhtikuuta huhti nisan nis "
    "aprilie апрель апреля апр",
    "may mai mayo mag maggio mei maio maj maja kveten kvetna toukokuu toukokuuta touko mayis mayıs маи мая",
    "june jun juni juin junio giu giugno junho czerwiec czerwca cze cerven cervna kesakuu kesakuuta kesa haziran haz "
    "iunie iun июнь июня июн",
    "july jul juli juil juillet julio lug luglio julho lipiec lipca lip cervenec cervence "
    "heinakuu heinakuuta heina temmuz tem "
    "iulie iul июль июля июл",
    "august aug aout aou ago agosto augustus augusti sierpien sierpnia sie srpen srpna elokuu elokuuta elo agustos agu "
    "август августа авг",
    "september sep sept septembre septiembre setiembre set sett settembre setembro wrzesien wrzesnia wrz zari "
    "syyskuu syyskuuta syys eylul eyl "
    "septembrie сентябрь сентября сен сент",
    "october oct okt oktober octobre octubre ott ottobre outubro out pazdziernik pazdziernika paz rijen rijna "
    "lokakuu lokakuuta loka ekim eki "
    "octombrie октябрь октября окт",
    "november nov novembre noviembre novembro listopad listopada listopadu lis "
    "marraskuu marraskuuta marras kasim kasım kas "
    "noiembrie ноябрь ноября ноя нояб",
    "december dec dez dezember decembre dic diciembre dicembre dezembro desember des grudzien grudnia gru "
    "prosinec prosince joulukuu joulukuuta joulu aralik aralık ara "
    "decembrie декабрь декабря дек",
)
# Words of other kinds too: a name, a shop, a way; alone they look like no month.
_ALSO_WORDS = frozenset(["marco", "mart", "out", "sub", "lip", "sie", "elo", "tem", "ara", "des", "kas", "ian"])

_NUMBERS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
_SURE = sorted(_NUMBERS.keys() - _ALSO_WORDS, key=len, reverse=True)
_NAME = rf"(?P<name>(?<![^\W\d_])(?:{'|'.join(_SURE)})(?![^\W\d_])\.?)"
_YEAR = r"(?P<year>20\d\d|(?<=['’])\d\d)(?!\d)"
_SHORT = r"(?P<year>\d\d)(?!\d)"
_DIGITS, _TWO_DIGITS = r"(?P<month>0?[1-9]|1[0-2])", r"(?P<month>0[1-9]|1[0-2])"
_DAY, _LATE_DAY = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[3-9]|2\d|3[01])"  # a late one can be no month
# What names a month, the surest first: with its name, then in digits; a day before or behind it belongs to it.
_MONTHS = tuple(
    re.compile(text, re.IGNORECASE)
    for text in (
        rf"(?:(?<!\d)\d\d?[. _-]+)?{_NAME}[ _-]*['’]?{_YEAR}",
        rf"(?<!\d)(?P<year>20\d\d)[ _-]*{_NAME}",
        rf"{_NAME}[ _-]*{_SHORT}",
        rf"(?<!\d)(?P<year>20\d\d)[-_./]?{_TWO_DIGITS}(?:[-_./]?{_DAY})?(?:[-_T ]?\d{{4,6}})?(?!\d)",
        rf"(?<!\d){_DAY}[.-]{_DIGITS}[.-](?P<year>20\d\d)(?!\d)",
        rf"(?<!\d)(?:0[1-9]|[12]\d|3[01]){_TWO_DIGITS}(?P<year>20\d\d)(?!\d)",
        rf"(?<!\d){_DAY}\.{_TWO_DIGITS}\.(?P<year>\d\d)(?!\d)",
        rf"(?<!\d){_LATE_DAY}/{_DIGITS}/(?P<year>20\d\d)(?!\d)",
        rf"(?<!\d){_DIGITS}/{_LATE_DAY}/(?P<year>20\d\d)(?!\d)",
        rf"(?<![\d/]){_DIGITS}[-_./](?P<year>20\d\d)(?!\d)",
    )
)

_NUMBER = re.compile("[0-9]{1,18}")
_DAY_ALONE = re.compile(rf"(?<![\d.]){_DAY}\.(?:0[1-9]|1[0-2])(?![\d.]|\.\d)")  # 31.10


def month_number(word: str) -> int | None:
    """1 to 12 where `word` names a month or is short for one, in any case, with or without accents."""
    plain = unicodedata.normalize("NFD", word.lower())
    return _NUMBERS.get("".join(sign for sign in plain if not unicodedata.combining(sign)))


def month_words() -> frozenset[str]:
    """The names and abbreviations that mean nothing but a month, in lower case and without accents."""
    return frozenset(_NUMBERS) - _ALSO_WORDS


def month_in(text: str) -> tuple[date, int, int] | None:
    """The month that `text` names, and where in it from and to: `Absatzplan Nov 2026` from 11 to 19; else None.

    The last one counts, as the name of a file is the end of its path.
    """
    plain = _plain(text)
    for pattern in _MONTHS:
        if found := list(pattern.finditer(plain)):
            parts = found[-1].groupdict()
            year = int(parts["year"]) + (0 if len(parts["year"]) > 2 else 2000)
            month = month_number(parts["name"].rstrip(".")) if parts.get("name") else int(parts["month"])
            return date(year, month or 1, 1), found[-1].start(), found[-1].end()
    return None


def month_open(path: str) -> str:
    """The path with `*` for the month, or the day, in the name of the file; as it is where that names none."""
    folder, slash, name = path.rpartition("/")
    stem, dot, kind = name.partition(".") if name.count(".") == 1 else name.rpartition(".")
    found = month_in(stem)
    day = None if found else _DAY_ALONE.search(stem)
    start, end = (found[1], found[2]) if found else day.span() if day else (0, 0)
    return f"{folder}{slash}{stem[:start]}*{stem[end:]}{dot}{kind}" if end else path


def in_order(path: str) -> Order:
    """What files are sorted by: those that differ in a month only come month by month, others by number: v9, v10."""
    found = month_in(path.rpartition("/")[2].rpartition(".")[0])
    return _counted(month_open(path)), found[0] if found else date.min, _counted(path), path


def _counted(path: str) -> Counted:
    """Words and numbers in turn, so that numbers are compared by value."""
    words, numbers = _NUMBER.split(path), _NUMBER.findall(path)
    return tuple(zip(words, [*map(int, numbers), -1], strict=True))


def _plain(text: str) -> str:
    """`text` without accents, letter by letter, so that places in it stay the same."""
    return "".join(unicodedata.normalize("NFD", sign)[:1] for sign in text)
