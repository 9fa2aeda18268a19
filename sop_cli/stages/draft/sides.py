"""Ledgers whose sign stands beside the amount: a mark for debit or credit, or a column of its own for each."""

from dataclasses import replace

from sop_cli.schemas.draft import Candidate
from sop_cli.schemas.looked import Looked
from sop_cli.stages.draft.words import each, glued

_MARKS = (
    "shkzg drcrk sh shkz sollhaben sollhabenkennzeichen habensoll dc drcr debitcredit debitcreditindicator "
    "debitcreditind creditdebit creditdebitindicator sens debehaber dareavere debetcredit"
)
_DEBITS = "debit debits debitamount debitbalance soll sollbetrag debet debe debito dare dr"
_CREDITS = "credit credits creditamount creditbalance haben habenbetrag haber credito avere cr"
_IS_CREDIT = "h haben c cr credit k haber a avere"
_IS_DEBIT = "s soll d dr debit debe dare debet"


def with_sides_told(draft: Candidate, looked: Looked) -> Candidate:
    """The candidate with what is to be declared where the sign of its amounts stands beside them."""
    if draft.table.name != "ledger":
        return draft
    told = [*_marked(draft, looked), *_in_two_columns(draft, looked)]
    return replace(draft, doubts=(*draft.doubts, *told)) if told else draft


def _marked(draft: Candidate, looked: Looked) -> list[str]:
    for at, header in looked.headers.items():
        if header not in draft.unplaced or glued(header) not in each(_MARKS):
            continue
        texts = looked.records[at].drop_nulls().unique(maintain_order=True).to_list()
        credit = [text for text in texts if glued(text) in each(_IS_CREDIT)]
        debit = [text for text in texts if glued(text) in each(_IS_DEBIT)]
        if credit and len(credit) + len(debit) == len(texts):
            kept = f"`keep: [{{column: {header}, equals: {credit[0]}}}]` and `scale: {{amount: -1}}`"
            other = f"`keep: [{{column: {header}, equals: {(debit or ['S'])[0]}}}]`"
            return [f"{header!r} says which amounts are credits, and is not read: make two sources of it, one with "
                    f"{other}, one with {kept}"]  # fmt: skip
    return []


def _in_two_columns(draft: Candidate, looked: Looked) -> list[str]:
    open_ = [header for header in looked.headers.values() if header in draft.unplaced]
    debits = [header for header in open_ if glued(header) in each(_DEBITS)]
    credits_ = [header for header in open_ if glued(header) in each(_CREDITS)]
    if "amount" not in draft.missing or len(debits) != 1 or len(credits_) != 1:
        return []
    one, other = (
        f"`columns: {{amount: {header}}}` and `exclude: [{{rule: {rule}, column: {header}, blank: true}}]`"
        for header, rule in ((debits[0], "no debit"), (credits_[0], "no credit"))
    )
    return [f"{debits[0]!r} and {credits_[0]!r} are one amount in two columns: make two sources of it, one with {one}, "
            f"one with {other} and `scale: {{amount: -1}}`"]  # fmt: skip
