"""The parts of a drafted config that are about the books: accounts of the ledger, their signs, the budget."""

from collections.abc import Iterator, Sequence

from sop_cli.config.model import Ledger
from sop_cli.schemas.draft import Account, Draft, DraftSource
from sop_cli.write.yamltext import comment, flow_list, reasoned, scalar

_NAMED = 40  # accounts that are listed one by one
_COSTS = ("cogs", "fixed_cost", "expedite", "overtime", "fines", "spot")


def ledger_section(draft: Draft) -> Iterator[str]:
    """Which accounts make each line, as far as their names tell; nothing where there is no ledger."""
    books = [source for source in draft.sources if source.found.table.name == "ledger"]
    if not books and not draft.ledger:
        return
    yield ""
    yield from comment(
        "Which accounts make each line, told by what they are called: check each of them. Only lines that have "
        "accounts are held against the books."
    )
    if draft.ledger and any(source.active for source in books):
        yield "ledger:"
        yield from (f"  {line}" for line in _lines(draft))
        return
    if not draft.ledger and any(source.active for source in books):
        yield from comment("TODO: no account is called anything that tells its line; fill in and take the # away.")
    else:
        yield from comment("TODO: once the ledger is read, fill in what is missing and take the # away.")
    yield "# ledger:"
    yield from (f"#   {line.removeprefix('# ')}" for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    """The accounts of each line, or what is to be found for it; then those that are in none."""
    for line, field in Ledger.model_fields.items():
        if own := draft.ledger.get(line):
            names = ", ".join(account.text for account in own)
            yield from reasoned(f"{line}: {flow_list([one.code for one in own])}", f"check: {names}")
        else:
            yield from reasoned(f"# {line}: []", f"TODO: {(field.description or '').rstrip('.')}")
    if draft.unplaced:
        more = f" and {len(draft.unplaced) - _NAMED} more" if len(draft.unplaced) > _NAMED else ""
        listed = ", ".join(_account(one) for one in draft.unplaced[:_NAMED])
        yield from comment(f"in no line yet: {listed}{more}")


def credit_signs(draft: Draft, source: DraftSource) -> Iterator[str]:
    """How the records of a ledger whose revenue stands with a minus sign, as credits have it, change their sign."""
    if source.found.table.name != "ledger" or not any(one.negative for one in draft.ledger.get("revenue", ())):
        return
    known = [one for own in draft.ledger.values() for one in own]
    turned = [one for one in (*known, *draft.unplaced) if one.negative]
    yield from comment(
        f"check: revenue stands with a minus sign ({_some(turned)}), as credits are booked; revenue and costs should "
        "both be positive."
    )
    costs = [one for line in _COSTS for one in draft.ledger.get(line, ())]
    if costs and all(one.negative for one in costs):
        yield from reasoned('turn_sign: {gl_account: "*"}', "costs stand with it too, so all of the file is turned")
    else:
        yield f"turn_sign: {{gl_account: {flow_list([one.code for one in turned])}}}"


def budget_section(draft: Draft) -> Iterator[str]:
    """Which version is the approved budget, and which is proposed."""
    if not draft.budgets:
        return
    proposed = [text for text in draft.budgets if "propos" in text.lower()]
    approved = next((text for text in draft.budgets if text not in proposed), draft.budgets[0])
    others = [text for text in draft.budgets if text != approved]
    more = f"; there {'is' if len(others) == 1 else 'are'} also {', '.join(others)}" if others else ""
    yield ""
    yield "budget:"
    yield from reasoned(f"  approved: {scalar(approved)}", "the version to compare with" + more)
    if proposed and proposed[0] != approved:
        yield from reasoned(f"  proposed: {scalar(proposed[0])}", "next year's, as its name says: check")


def _account(account: Account) -> str:
    sign = " (minus sign)" if account.negative and not account.text else ""
    return f"{account.code} {account.text}".rstrip() + sign


def _some(accounts: Sequence[Account]) -> str:
    more = f" and {len(accounts) - 3} more" if len(accounts) > 3 else ""
    return ", ".join(_account(one) for one in accounts[:3]) + more
