import json
import sys
from pathlib import Path

import pytest

from sop_cli.cli.main import main

LIST = "Stock list;;\n\nItem;Qty;Value\n001;5;1,5\n002;7;2,5\nTotal;13;4,0\nSource: ledger;;\n"
SAID = """list.csv
  written  utf-8, fields parted by semicolon, quoted by ", LF line ends
  header   row 3, high confidence
  records  2 in rows 4 to 5, 3 columns

outside the table
          1  title            Stock list
          2  blank
          6  total            Total | 13 | 4,0
          7  footer           Source: ledger

   header  kind                   filled  empty  for example
-  ------  ---------------------  ------  -----  -----------
1  Item    code, leading zeros         2      0  001 | 002
2  Qty     whole number                2      0  5 | 7
3  Value   number, decimal comma       2      0  1,5 | 2,5

to look at
  info    I116 row 1: 3 rows are left out: 1 title, 1 total and 1 footer
"""


def _sop(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> int:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["sop", "peek", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    assert isinstance(leaving.value.code, int)
    return leaving.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path


def test_a_file_is_shown_on_one_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _sop(monkeypatch, folder, "list.csv") == 0
    assert capsys.readouterr().out == SAID


def test_json_says_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _sop(monkeypatch, folder, "list.csv", "--format", "json", "--dump", "dump.csv") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["header_rows"], document["records"], document["dumped"]) == ([3], 2, "dump.csv")
    assert document["outside"][-1] == {"row": 7, "reason": "footer", "text": "Source: ledger"}
    assert (folder / "dump.csv").read_bytes() == b'Item,Qty,Value\r\n001,5,"1,5"\r\n002,7,"2,5"\r\n'


def test_a_declared_header_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _sop(monkeypatch, folder, "list.csv", "--header", "0") == 0
    assert "  header   none\n" in capsys.readouterr().out


def test_what_cannot_be_read_leaves_with_2_and_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _sop(monkeypatch, folder, "none.csv") == 2
    assert capsys.readouterr().err == "error: none.csv: no such file\nhint: check its name and the folder you are in\n"
