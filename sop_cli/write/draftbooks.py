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


def credits_of(draft: Draft, source: DraftSource) -> list[Account]:
    """The accounts of a ledger whose sign is to be turned, where it has revenue with a minus sign as credits have."""
    if source.found.table.name != "ledger" or not any(one.negative for one in draft.ledger.get("revenue", ())):
        return []
    known = [one for own in draft.ledger.values() for one in own]
    return [one for one in (*known, *draft.unplaced) if one.negative]


def credit_signs(draft: Draft, source: DraftSource) -> Iterator[str]:
    """What to say below a ledger with credit signs: how its revenue becomes positive as sop has it."""
    turned = credits_of(draft, source)
    if not turned:
        return
    yield from comment(
        f"check: revenue stands with a minus sign ({_some(turned)}), as credits are booked; revenue and costs should "
        "both be positive."
    )
    if all_turned(draft):
        yield from comment("All costs do too, so this turns the sign of the whole file round:")
        yield "# scale: {amount: -1}"
        return
    yield from comment(f"Leave these accounts out here, and read them with {source.name}_credits below:")
    yield f"# exclude: [{{rule: credit signs, {_accounts(source, turned)}}}]"


def turned_round(turned: Sequence[Account], source: DraftSource) -> Iterator[str]:
    """What the source that reads these accounts once more says besides its columns."""
    yield f"  keep: [{{{_accounts(source, turned)}}}]"
    yield "  scale: {amount: -1}"


def all_turned(draft: Draft) -> bool:
    """Whether costs stand with a minus sign as well."""
    costs = [one for line in _COSTS for one in draft.ledger.get(line, ())]
    return bool(costs) and all(one.negative for one in costs)


def _accounts(source: DraftSource, accounts: Sequence[Account]) -> str:
    header = next(one.headers[0] for one in source.found.taken if one.column == "gl_account")
    return f"column: {scalar(header)}, equals: {flow_list([one.code for one in accounts])}"


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
