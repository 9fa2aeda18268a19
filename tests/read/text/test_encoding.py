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


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(SopError, match="this is not a text file"):
        find_encoding(bytes(range(32)) * 100, "x.csv")
