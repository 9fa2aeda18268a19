"""Currencies as people write them beside numbers: codes and signs."""

CODES = "eur usd gbp chf sek nok dkk pln czk huf ron try jpy cny inr krw cad aud nzd brl mxn zar sgd hkd"
# Sign: the currencies it stands for, the likeliest first.
SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "TWD", "CLP", "COP", "ARS"),
    "US$": ("USD",), "CA$": ("CAD",), "C$": ("CAD",), "AU$": ("AUD",), "A$": ("AUD",), "NZ$": ("NZD",),
    "HK$": ("HKD",), "S$": ("SGD",), "R$": ("BRL",),
    "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "₹": ("INR",), "RS": ("INR",), "₺": ("TRY",), "₩": ("KRW",),
    "₪": ("ILS",), "฿": ("THB",), "FR": ("CHF",), "SFR": ("CHF",), "KR": ("SEK", "NOK", "DKK", "ISK"), "ZŁ": ("PLN",),
    "KČ": ("CZK",), "FT": ("HUF",), "LEI": ("RON",),
}  # fmt: skip


def meant_by(mark: str) -> tuple[str, ...]:
    """The currencies that a sign or a code may stand for, the likeliest first; a code stands for itself."""
    spelt = mark.upper().rstrip(".")
    return SIGNS.get(spelt, (spelt,))
