"""Records over several lines: those joined all at once are what one gets who reads them one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_cli.read.text import records
from sop_cli.read.text.records import Split, split_records
from sop_cli.schemas.grid import Dialect

_cell = st.one_of(
    st.sampled_from(["1", "22.5", "FG-1", "", "a note", '1/4" screw', '"quoted, with comma"', '"he said ""no"""']),
    st.lists(
        st.sampled_from(["first", "second, part", "A,1,2.5,x", '""word""', 'inch" ', ""]), min_size=2, max_size=4
    ).map(lambda lines: '"' + "\n".join(lines) + '"'),
    st.sampled_from(['"open', 'closed"', '"after"text']),
)
_row = st.lists(_cell, min_size=4, max_size=4).map(",".join)


def _split(text: str, escape: str | None = None) -> tuple[list[tuple[object, ...]], list[object], int]:
    dialect = Dialect("utf-8", ",", '"', escape, "\n", True)
    found: Split = split_records(text, dialect)
    return found.records.select("row", "fields").rows(), list(found.odd), found.lines


@settings(max_examples=200)
@given(st.lists(_row, min_size=1, max_size=12), st.sampled_from([None, "\\"]))
def test_joined_at_once_or_read_one_by_one_the_records_are_the_same(rows: list[str], escape: str | None) -> None:
    text = "\n".join(["item,quantity,price,note", *rows]) + "\n"
    at_once = _split(text, escape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_NEAR", 0)
        assert at_once == _split(text, escape)


def test_line_breaks_in_cells_keep_the_line_the_record_begins_on() -> None:
    rows, odd, _ = _split('a,b\n1,"x\ny"\n2,"z\n\nz, z"\n3,c\n')
    assert rows == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (4, ["2", "z\n\nz, z"]), (7, ["3", "c"])]
    assert odd == []
