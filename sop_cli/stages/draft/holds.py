"""What the cells below a header hold: how many of them could be what a column wants."""

from sop_cli.schemas.column import Column
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft import words

FITS = 0.9  # share of the cells that must be of the column's kind for values to decide
FEW = 0.5  # below this share a header is not believed
TEXTS = 200  # different texts of a column that are held against the words of its choices
_LONGEST_LINE = 6  # digits of an order line at most


def share_of(looked: Looked, at: str, column: Column) -> float:
    """Share of the cells below a header that could be of the column's kind; 1 where there are none."""
    if column.kind in ("number", "date", "month"):
        return looked.looks[at].get(column.kind, 1.0) if looked.looks[at] else 1.0
    if column.choices and looked.records.height:
        texts = looked.records[at].drop_nulls().unique(maintain_order=True).head(TEXTS).to_list()
        known = [text for text in texts if words.choice_of(column, text)]
        return len(known) / len(texts) if texts else 1.0
    return 1.0


def is_line(looked: Looked, at: str) -> bool:
    """Whether short numbers stand there that repeat from order to order."""
    texts = looked.records[at].drop_nulls()
    once = texts.unique()
    short = all(text.isdigit() and len(text.lstrip("0")) <= _LONGEST_LINE for text in once.to_list())
    return texts.len() > 0 and short and once.len() * 2 <= max(2, texts.len())


def is_key(looked: Looked, at: str) -> bool:
    """Whether every row has a word of its own below a header; numbers and dates are no names."""
    texts = looked.records[at]
    plain = max((share for kind, share in looked.looks[at].items() if kind != "number"), default=0.0)
    return texts.len() > 0 and not texts.null_count() and texts.n_unique() == texts.len() and plain < FEW
