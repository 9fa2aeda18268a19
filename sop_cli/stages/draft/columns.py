"""Where in a file our columns stand, by the headers a source takes them from."""

from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.looked import Looked


def place_of(found: Candidate, looked: Looked, column: str | None) -> str | None:
    """The cell column of `looked` that holds our `column`; None where it has none."""
    header = next((one.headers[0] for one in found.taken if one.column == column), None)
    return next((at for at, name in looked.headers.items() if name == header), None)


def texts_of(found: Candidate, looked: Looked, column: str) -> list[str]:
    """What stands in our `column` of `looked`, without empty cells."""
    at = place_of(found, looked, column)
    return [] if at is None else looked.records[at].drop_nulls().to_list()
