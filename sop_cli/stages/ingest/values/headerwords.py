"""What the header over a column of months says about them: that they are weeks, fiscal ones, or no more than years."""

import re
import unicodedata

from sop_cli.schemas.headers import said

_WEEK = frozenset(
    said("""
    week, weeks, wk, wks, kw, cw, yyyyww, woche, wochen, semaine, semaines, semana, semanas, settimana, settimane, uge,
    vecka, veckor, uke, tydzien, tyden, viikko, hafta, saptamana
    """)
)
_WEEK_ENDS = ("week", "woche", "wochen", "weekno", "weeknumber")  # ISOWeek, Kalenderwoche
_MONTH = frozenset(said("month, months, monat, mois, mes, mese, maand, period, periode, periodo"))  # 4-4-5 weeks
_FISCAL = frozenset(said("fy, gj, gjahr, boekjaar, exercice, ejercicio, esercizio"))
_FISCAL_BEGINS = ("fiscal", "fiskal", "geschaftsjahr", "geschaeftsjahr", "wirtschaftsjahr")
_YEAR = frozenset(said("year, yr, jahr, annee, ano, anno, jaar, boekjaar, gjahr, exercice, ejercicio, esercizio, fy"))
_YEAR_ENDS = ("jahr", "year")  # Kalenderjahr, Geschäftsjahr
_BESIDE = frozenset(said("calendar, financial, posting, no, comptable, civile, contabile"))  # a year, not a word more


def says_week(header: str) -> bool:
    """Whether `header` speaks of weeks, and not of months too."""
    words = _words(header)
    return any(word in _WEEK or word.endswith(_WEEK_ENDS) for word in words) and _MONTH.isdisjoint(words)


def says_fiscal(header: str) -> bool:
    """Whether `header` speaks of the fiscal year."""
    words = _words(header)
    financial = {"financial", "year"} <= set(words)
    return financial or any(word in _FISCAL or word.startswith(_FISCAL_BEGINS) for word in words)


def says_year(header: str) -> bool:
    """Whether `header` speaks of a year and of nothing else."""
    words = _words(header)
    years = [word for word in words if word in _YEAR or word.endswith(_YEAR_ENDS)]
    others = [word for word in words if word not in years and word not in _BESIDE]
    return bool(years) and all(word.startswith("fiscal") for word in others)


def _words(header: str) -> list[str]:
    plain = unicodedata.normalize("NFD", header.casefold())
    return re.findall(r"[^\W\d_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
