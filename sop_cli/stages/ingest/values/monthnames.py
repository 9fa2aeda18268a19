"""Month names as people write them, in fourteen languages, become the English ones that strptime knows."""

import re
import unicodedata

import polars as pl

# English first, then German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish, Norwegian, Polish, Czech,
# Finnish, Turkish, without accents; no name means two months.
_NAMES = (
    "january jan januar jaenner janner jaen janv janvier ene enero gen gennaio januari janeiro styczen stycznia sty "
    "leden ledna tammikuu tammikuuta tammi ocak oca",
    "february feb februar feber febr fev fevr fevrier febrero febbraio februari fevereiro luty lutego lut "
    "unor unora helmikuu helmikuuta helmi subat sub",
    "march mar marz maerz mrz maer mars marzo mrt maart marco marts marzec marca brezen brezna "
    "maaliskuu maaliskuuta maalis mart",
    "april apr avr avril abr abril aprile kwiecien kwietnia kwi duben dubna huhtikuu huhtikuuta huhti nisan nis",
    "may mai mayo mag maggio mei maio maj maja kveten kvetna toukokuu toukokuuta touko mayis mayıs",
    "june jun juni juin junio giu giugno junho czerwiec czerwca cze cerven cervna kesakuu kesakuuta kesa haziran haz",
    "july jul juli juil juillet julio lug luglio julho lipiec lipca lip cervenec cervence "
    "heinakuu heinakuuta heina temmuz tem",
    "august aug aout aou ago agosto augustus augusti sierpien sierpnia sie srpen srpna elokuu elokuuta elo agustos agu",
    "september sep sept septembre septiembre setiembre set sett settembre setembro wrzesien wrzesnia wrz zari "
    "syyskuu syyskuuta syys eylul eyl",
    "october oct okt oktober octobre octubre ott ottobre outubro out pazdziernik pazdziernika paz rijen rijna "
    "lokakuu lokakuuta loka ekim eki",
    "november nov novembre noviembre novembro listopad listopada listopadu lis "
    "marraskuu marraskuuta marras kasim kasım kas",
    "december dec dez dezember decembre dic diciembre dicembre dezembro desember des grudzien grudnia gru "
    "prosinec prosince joulukuu joulukuuta joulu aralik aralık ara",
)
# Words of other kinds too: a name, a shop, a way; alone they look like no month.
_ALSO_WORDS = frozenset(["marco", "mart", "out", "sub", "lip", "sie", "elo", "tem", "ara", "des", "kas"])


_NUMBERS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}


def month_number(word: str) -> int | None:
    """1 to 12 where `word` names a month or is short for one, in any case, with or without accents."""
    plain = unicodedata.normalize("NFD", word.lower())
    return _NUMBERS.get("".join(sign for sign in plain if not unicodedata.combining(sign)))


def has_name(written: str) -> bool:
    """Whether months are `written` with their names."""
    return re.search("%-?[bBh]", written) is not None


def in_english(text: pl.Expr, written: str) -> pl.Expr:
    """`text` with its month names as `written` has them: short for %b and full for %B, in English.

    Names and their usual abbreviations count in any case, with or without accents. A dot after a name is kept,
    or added, only where `written` has one.
    """
    length = None if "%B" in written else 3
    meant = {name: names.split()[0].title()[:length] for names in _NAMES for name in names.split()}
    # Longest first, or "mars" would be "mar" with a letter too many.
    names = sorted(meant, key=lambda name: (-len(name), name))
    plain = text.str.normalize("NFD").str.replace_all(r"\p{M}", "")
    read = plain.str.replace_many(names, [meant[name] for name in names], ascii_case_insensitive=True, leftmost=True)
    dot = "." if re.search(r"%-?[bBh]\.", written) else ""
    return read.str.replace_all(rf"({'|'.join(dict.fromkeys(meant.values()))})\.?", f"${{1}}{dot}")


def month_words() -> frozenset[str]:
    """The names and abbreviations that mean nothing but a month, in lower case and without accents."""
    return frozenset(name for names in _NAMES for name in names.split()) - _ALSO_WORDS
