"""Prose is wrapped where the terminal ends; paths and commands stay in one piece."""

import pytest

from sop_cli.cli import speak


def test_what_is_piped_fits_80_columns_and_hangs_behind_its_indent() -> None:
    lines = speak.wrapped("- stock " + "word " * 40, "        ")
    assert max(map(len, lines)) <= 80
    assert all(line.startswith("        word") for line in lines[1:])


def test_a_terminal_is_used_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speak, "width", lambda: 40)
    assert max(map(len, speak.wrapped("word " * 30))) <= 40
    monkeypatch.setattr(speak, "width", lambda: 3)  # too narrow for any word to stand in
    assert speak.wrapped("a word", "      ")


def test_a_path_with_blanks_is_never_broken() -> None:
    path = "extracts/2026-11/Absatzplan der Sparte Nord Nov 2026.xlsx"
    assert any(path in line for line in speak.wrapped(f"check what stands in the twenty columns of {path}: it is odd"))


def test_an_empty_line_stays_one() -> None:
    assert speak.wrapped("") == [""]
