"""A drafted config as the text of config.yaml: every guess with its reason behind it, what is missing as comments."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from sop_cli.findings.words import counted
from sop_cli.schemas.draft import Draft, DraftSource, Fact

_PLAIN = re.compile(r"[^\W_][\w ./(){}%+*-]*(?<! )")
_IN_LIST = re.compile(r"[^\W_][\w ./()%+*-]*(?<! )")
_OTHER_MEANING = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "~")
_WIDEST = 40  # columns that the reasons behind are lined up to


def draft_text(draft: Draft, looked_through: str) -> str:
    """The whole of config.yaml."""
    return "\n".join([*_head(draft, looked_through), *_sources(draft), *_ledger(draft), *_budget(draft)]) + "\n"


def _head(draft: Draft, looked_through: str) -> Iterator[str]:
    unfinished = len(draft.sources) - len(draft.sure)
    yield f"# Drafted by `sop init --from` from the files in {looked_through}: " + ", ".join(
        [
            f"{counted(len(draft.sure), 'source')} ready",
            *([f"{unfinished} with something missing"] if unfinished else []),
            *(
                [f"{counted(len(draft.untold), 'file or sheet', 'files or sheets')} not recognised"]
                * bool(draft.untold)
            ),
        ]
    )
    yield "# Behind every line stands why it is there; a line that says `check` wants a look. Then: sop reconcile"
    yield "# How a file is written (delimiter, encoding, header, decimal sign, dates) is found out whenever it is read;"
    yield "# docs/config.md lists what can be declared instead."
    yield ""
    yield _line("company: My company", "the name on the pack: check")
    yield _fact("currency", draft.currency)
    yield _fact("fiscal_year_start", draft.fiscal_year_start)
    yield _line("horizon: 18", "months projected")
    if draft.cycle:
        yield _fact("cycle", draft.cycle)
    elif not any("{cycle}" in pattern for source in draft.sure for pattern in source.files):
        yield _line("# cycle: 2026-11", "no file says which month is closed: name the one after it, without the #")


def _sources(draft: Draft) -> Iterator[str]:
    yield ""
    yield "sources:"
    for source in draft.sure:
        yield ""
        yield from (f"  {line}".rstrip() for line in _source(source))
    unfinished = [source for source in draft.sources if not source.active]
    if unfinished:
        yield ""
        yield "  # --- Something is missing: fill it in and take the # away -------------------------------------------"
    for source in unfinished:
        yield "  #"
        yield from (f"  # {line.removeprefix('# ')}".rstrip() for line in _source(source))
    if draft.untold:
        yield ""
        yield "  # --- Not recognised: name the table with `table:`, and its columns under `columns:` ----------------"
        for one in draft.untold:
            yield f"  # {one.place}: {one.why}"


def _source(source: DraftSource) -> Iterator[str]:
    found = source.found
    yield f"# {source.confidence}: {'; '.join(source.reasons)}"
    for doubt in found.doubts:
        yield f"# check: {doubt}"
    yield f"{source.name}:"
    if source.name != found.table.name:
        yield f"  table: {found.table.name}"
    yield f"  files: {_texts(source.files)}"
    if source.sheet is not None:
        yield f"  sheet: {_text(source.sheet)}"
    if found.taken:
        yield "  columns:"
        for taken in found.taken:
            yield _line(f"    {taken.column}: {_texts(taken.headers)}", taken.reason)
    if found.across:
        yield _line(
            f"  wide: {found.across[1]}",
            f"months run across: each header is the {found.across[0]} of what stands below it",
        )
    if found.fill_down:
        yield _line(f"  fill_down: {_list(found.fill_down)}", "empty below the cell they repeat")
    if found.constants:
        yield "  constants:"
        for name, fact in found.constants.items():
            yield _line(f"    {name}: {_text(fact.value)}", fact.reason)
    for name in found.missing:
        yield _line(f"  # missing: {name}", found.table.column(name).description.rstrip("."))
    if found.missing:
        gaps = ", ".join(f"{name}: ..." for name in found.missing)
        yield f"  # name its header under `columns`, or one value for the whole file: constants: {{{gaps}}}"
    if found.values:
        yield "  values:"
        for name, words in found.values.items():
            yield f"    {name}: {_pairs(words)}"
    if found.unplaced:
        yield f"  # not used: {', '.join(found.unplaced)}"


def _ledger(draft: Draft) -> Iterator[str]:
    if not draft.ledger:
        return
    yield ""
    yield "# Which accounts make each line, as far as their names tell: take the # away where it is right."
    yield "# ledger:"
    for line, accounts in draft.ledger.items():
        names = ", ".join(account.text for account in accounts)
        yield _line(f"#   {line}: {_list([account.code for account in accounts])}", names)


def _budget(draft: Draft) -> Iterator[str]:
    if not draft.budgets:
        return
    approved = next((text for text in draft.budgets if "propos" not in text.lower()), draft.budgets[0])
    yield ""
    yield "budget:"
    more = f"; there {'is' if len(draft.budgets) == 2 else 'are'} also "
    others = [text for text in draft.budgets if text != approved]
    yield _line(
        f"  approved: {_text(approved)}", "the version to compare with" + (more + ", ".join(others) if others else "")
    )


def _fact(key: str, fact: Fact) -> str:
    return _line(f"{key}: {fact.value}", fact.reason)


def _line(text: str, reason: str) -> str:
    return f"{text.ljust(_WIDEST)} # {' '.join(reason.split())}"


def _texts(texts: Sequence[str]) -> str:
    return _text(texts[0]) if len(texts) == 1 else _list(texts)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_text(text, _IN_LIST) for text in texts)}]"


def _pairs(pairs: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{_text(key, _IN_LIST)}: {_text(value, _IN_LIST)}' for key, value in pairs.items())}}}"


def _text(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """A text as YAML has it, in quotes where it could be read otherwise."""
    if plain.fullmatch(text) and text.lower() not in _OTHER_MEANING:
        return text
    return json.dumps(text, ensure_ascii=False)
