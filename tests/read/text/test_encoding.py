import pytest

from sop_cli.errors import SopError
from sop_cli.read.text.encoding import decode, find_encoding

_TEXTS = {
    "German": ("Artikel;Größe;Menge\nA1;groß;5\nB2;Kühlschrank weiß;7\n", "cp1252 cp850 cp437 mac-roman iso8859-15"),
    "French": ("Désignation;Quantité\nCafé à côté de la forêt;5\n", "cp1252 cp850 mac-roman"),
    "a single word": ("Kunde,Ort\nMüller,Köln\n", "cp1252 cp850 cp437 mac-roman"),
    "prices": ("Büro;1,50 €\nTür;2 €\n", "cp1252 iso8859-15"),
    "Spanish": ("Año;Descripción\n2020;España\n", "cp1252 cp850 mac-roman"),
    "Swedish": ("Ort;Län\nMalmö;Skåne\nGöteborg;Västra Götaland\n", "cp1252 cp850 mac-roman"),
    "Polish": ("Województwo,Ludność\nŁódzkie,5\nMałopolskie,6\nŚląskie,7\n", "cp1250 iso8859-2 cp852"),
    "Czech": ("Název;Množství\nPříbram;5\nČeské Budějovice;6\n", "cp1250 iso8859-2 cp852"),
    "Greek": ("Όνομα;Ποσότητα\nΑθήνα;5\nΘεσσαλονίκη;6\n", "cp1253 iso8859-7"),
    "German beside French": ("Größe;Désignation\nMüller;Crème\nÄpfel;Forêt\n", "cp1252 cp850 cp437 mac-roman"),
    "German capitals beside French": ("Kunde;Ort\nMÜLLER;Orléans\nBÄCKER;Genève\n", "cp1252 cp850"),
    "French beside Spanish": ("Orléans;Logroño\nGenève;Málaga\n", "cp1252 cp850"),
    "German beside Swedish": ("MÜLLER;Malmö\nGroß;Årjäng\n", "cp1252"),
    "German beside Polish": ("MÜLLER;Łódź\nJÄGER;Kraków\nGroß;Częstochowa\n", "cp1250"),
    "German beside Czech": ("MÜLLER;Příbram\nDvořák;Köln\nJÄGER;Plzeň\n", "cp1250"),
    "German beside Hungarian": ("Kovács;Győr\nMÜLLER;Köln\nTóth;Fürth\n", "cp1250"),
    "Croatian": ("Ime;Grad\nKovačić;Šibenik\nĐorđe;Čakovec\n", "cp1250"),
    "Turkish": ("Yılmaz;Eskişehir\nÇelik;Iğdır\n", "cp1254"),
    "Russian": ("Название;Количество\nМосква;5\n", "cp1251 koi8-r cp866"),
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [pytest.param(text, one, id=f"{name} {one}") for name, (text, all_) in _TEXTS.items() for one in all_.split()],
)
def test_an_old_encoding_is_recognised_by_the_letters_it_gives(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    found = find_encoding(raw, "x.csv")
    assert (decode(raw, found, "x.csv"), found.sure) == (text, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_unicode_is_recognised_for_sure_with_a_mark_and_without(encoding: str) -> None:
    raw = "Größe;Menge\nłódź;5\n".encode(encoding)
    found = find_encoding(raw, "x.csv")
    assert (decode(raw, found, "x.csv"), found.sure) == ("Größe;Menge\nłódź;5\n", True)


def test_a_stray_byte_in_a_file_of_utf_8_is_read_as_windows_text_and_told() -> None:
    raw = "Größe\n".encode() * 20 + "Köln\n".encode("cp1252")
    found = find_encoding(raw, "x.csv")
    assert (found.encoding, found.strays, found.first_stray_line) == ("utf-8", 1, 21)
    assert decode(raw, found, "x.csv").endswith("Köln\n")


_UTF_8 = "100;Müller;Köln\n200;Bäcker;Lübeck\n"
_WINDOWS = "300;Jäger;Nürnberg\n400;Größer;Fürth\n"


@pytest.mark.parametrize(
    ("parts", "line", "other"),
    [
        ((("utf-8", _UTF_8), ("cp1252", _WINDOWS)), 3, "cp1252"),
        ((("cp1252", _WINDOWS), ("utf-8", _UTF_8)), 1, "cp1252"),
        ((("cp1252", _WINDOWS * 20), ("utf-8", "Müller\n")), 1, "cp1252"),
        ((("utf-8", "Größe;"), ("cp1252", "Köln\n")), 1, "cp1252"),
        ((("utf-8", "Łódź;Śląsk\n"), ("cp1250", "Gdańsk;Żary\nPoznań\n")), 2, "cp1250"),
        ((("utf-8", "Łódź;Śląsk\n" * 9), ("cp1250", "Poznań\n")), 10, "cp1250"),
        ((("utf-8", "Москва\n"), ("cp1251", "Казань\n")), 2, "cp1251"),
        ((("utf-8-sig", "Größe\n"), ("cp1252", "Köln\n")), 2, "cp1252"),
    ],
)
def test_where_encodings_are_mixed_every_line_is_read_by_its_own_and_the_first_is_told(
    parts: tuple[tuple[str, str], ...], line: int, other: str
) -> None:
    raw = b"".join(text.encode(encoding) for encoding, text in parts)
    found = find_encoding(raw, "x.csv")
    assert decode(raw, found, "x.csv") == "".join(text for _, text in parts)
    assert (found.strays > 0, found.first_stray_line, found.other) == (True, line, other)


@pytest.mark.parametrize("text", ["»MENÜ«\n", "MENÜ«\n", "Óśmy\n"])
def test_letters_that_could_be_utf_8_by_chance_are_not(text: str) -> None:
    encoding, rest = ("cp1250", "Łódź\n") if "ś" in text else ("cp1252", _WINDOWS)
    raw = (text + rest).encode(encoding)
    found = find_encoding(raw, "x.csv")
    assert (found.encoding, decode(raw, found, "x.csv")) == (encoding, text + rest)


def test_a_character_that_is_cut_off_at_the_end_of_a_file_is_told() -> None:
    raw = "Müller\nKö".encode()[:-1]
    found = find_encoding(raw, "x.csv")
    assert (found.strays, found.first_stray_line, found.first_stray) == (1, 2, "KÃ")


def test_an_encoding_that_was_declared_and_no_longer_holds_is_used_and_told() -> None:
    found = find_encoding(_UTF_8.encode(), "x.csv", "windows-1252")
    assert (found.encoding, found.strays, found.first_stray_line, found.first_stray) == (
        "windows-1252",
        4,
        1,
        "MÃ¼ller",
    )
    assert find_encoding(_WINDOWS.encode("cp1252"), "x.csv", "windows-1252").strays == 0


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(SopError, match="this is not a text file"):
        find_encoding(bytes(range(32)) * 100, "x.csv")
