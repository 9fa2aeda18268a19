"""A drafted config as the text of config.yaml: every guess with its reason behind it, what is missing as comments."""

from collections.abc import Iterator

from sop_cli.findings.words import counted
from sop_cli.schemas.draft import Draft, DraftSource, Fact
from sop_cli.write.draftbooks import budget_section, credit_signs, ledger_section
from sop_cli.write.yamltext import comment, flow_list, pairs, reasoned, scalar, scalars

_WORDS = 20  # words of a column that are listed to be told which of ours each is
_OPEN = "..."


def draft_text(draft: Draft, looked_through: str) -> str:
    """The whole of config.yaml."""
    parts = (_head(draft, looked_through), _sources(draft), ledger_section(draft), budget_section(draft))
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(draft: Draft, looked_through: str) -> Iterator[str]:
    unfinished = len(draft.sources) - len(draft.sure)
    yield f"# Drafted by `sop init --from` from the files in {looked_through}:"
    yield "# " + ", ".join(
        [
            f"{counted(len(draft.sure), 'source')} ready",
            *([f"{unfinished} with something missing"] if unfinished else []),
            *(
                [f"{counted(len(draft.untold), 'file or sheet', 'files or sheets')} not recognised"]
                * bool(draft.untold)
            ),
        ]
    )
    yield from comment(
        "Behind or above every line stands why it is there; one that says `check` wants a look. Then: sop reconcile"
    )
    yield from comment(
        "How a file is written (delimiter, encoding, header, decimal sign, dates) is found out whenever it is read; "
        "docs/config.md lists what can be declared instead."
    )
    yield ""
    yield from reasoned("company: My company", "the name on the pack: check")
    yield from _fact("currency", draft.currency)
    yield from _fact("fiscal_year_start", draft.fiscal_year_start)
    yield from reasoned("horizon: 18", "months projected")
    yield from _cycle(draft)


def _cycle(draft: Draft) -> Iterator[str]:
    """The cycle, or where it comes from, and the records that would make it another one."""
    in_folders = any("{cycle}" in pattern for source in draft.sure for pattern in source.files)
    if draft.cycle:
        yield from _fact("cycle", draft.cycle)
    elif not in_folders:
        yield from reasoned("# cycle: 2026-11", "no file says which month is closed: name the one after it, without #")
    elif draft.closed:
        yield from comment(f"The cycle is the newest folder there is. The files say {draft.closed.cycle.value}:")
        yield from comment(draft.closed.cycle.reason)
    for stray in draft.closed.strays if draft.closed else ():
        yield from comment(f"check: {stray.place} is dated after the cycle and did not count for it")


def _sources(draft: Draft) -> Iterator[str]:
    yield ""
    if not draft.sure:
        yield from comment(
            "None is ready: complete one of the blocks below, take the # away from its lines, and check it with "
            "`sop ingest`."
        )
    yield "sources:"
    for source in draft.sure:
        yield ""
        yield from (f"  {line}".rstrip() for line in _source(draft, source))
    unfinished = [source for source in draft.sources if not source.active]
    if unfinished:
        yield ""
        yield "  # --- Something is missing: fill it in and take the # away ------------------"
    for source in unfinished:
        yield "  #"
        yield from (f"  # {line.removeprefix('# ')}".rstrip() for line in _source(draft, source))
    if draft.untold:
        yield ""
        yield "  # --- Not recognised: name its table with `table:`, its columns by `columns:`"
        for one in draft.untold:
            yield from (f"  {line}" for line in comment(f"{one.place}: {one.why}"))


def _source(draft: Draft, source: DraftSource) -> Iterator[str]:
    found = source.found
    yield from comment(f"{source.confidence}: {'; '.join(source.reasons)}")
    for doubt in found.doubts:
        yield from comment(f"check: {doubt}")
    yield f"{source.name}:"
    if source.name != found.table.name:
        yield f"  table: {found.table.name}"
    yield from _read(source)
    if found.unplaced:
        yield from (f"  {line}" for line in comment(f"not used: {', '.join(found.unplaced)}"))
    yield from (f"  {line}" for line in credit_signs(draft, source))


def _read(source: DraftSource) -> Iterator[str]:
    """Which files, and which of our columns is what in them."""
    found = source.found
    yield f"  files: {scalars(source.files)}"
    if source.sheet is not None:
        yield f"  sheet: {scalar(source.sheet)}"
    if source.decimal:
        yield from reasoned(f'  decimal: "{source.decimal.value}"', source.decimal.reason)
    if found.months:
        yield from reasoned(f'  months: "{found.months.value}"', found.months.reason)
    if found.year:
        yield from reasoned(f"  year: {found.year.value}", found.year.reason)
    if found.join:
        yield from reasoned(f'  join: "{found.join.value}"', found.join.reason)
    if source.later_counts:
        yield from reasoned("  repeats: last", "of a record that stands in several files the later one counts")
    if found.taken:
        yield "  columns:"
        for taken in found.taken:
            yield from reasoned(f"    {taken.column}: {scalars(taken.headers)}", taken.reason)
    if found.across:
        yield from reasoned(
            f"  wide: {found.across[1]}",
            f"months run across: each header is the {found.across[0]} of what stands below it",
        )
    if found.fill_down:
        yield from reasoned(f"  fill_down: {flow_list(found.fill_down)}", "empty below the cell they repeat")
    yield from _constants(source)
    if found.scale:
        yield "  scale:"
        for name, fact in found.scale.items():
            yield from reasoned(f"    {name}: {fact.value}", fact.reason)
    if found.values or found.unmapped:
        yield "  values:"
    for name, words in found.values.items():
        yield f"    {name}: {pairs(words)}"
    for name, theirs in found.unmapped.items():
        choices = " or ".join(found.table.column(name).choices)
        more = f", and for {len(theirs) - _WORDS} more" if len(theirs) > _WORDS else ""
        words = {text: ours or _OPEN for text, ours in [*theirs.items()][:_WORDS]}
        yield from reasoned(f"    {name}: {pairs(words)}", f"missing: {choices} for each of its words{more}")


def _constants(source: DraftSource) -> Iterator[str]:
    """What holds for every record, and what is missing: a column of few words as a constant to be confirmed."""
    found = source.found
    offered = [name for name in found.missing if found.table.column(name).choices and name not in found.unmapped]
    open_ = [name for name in found.missing if name not in (*offered, *found.unmapped)]
    if found.constants or offered:
        yield "  constants:"
    for name, fact in found.constants.items():
        yield from reasoned(f"    {name}: {scalar(fact.value)}", fact.reason)
    for name in offered:
        column = found.table.column(name)
        what = column.description.rstrip(".")
        choices = "" if all(word in what for word in column.choices) else f" ({' or '.join(column.choices)})"
        why = f"missing: {what}{choices}; one for every record, or its header under `columns`"
        yield from reasoned(f"    {name}: {column.choices[0]}", why)
    for name in open_:
        yield from reasoned(f"  # missing: {name}", found.table.column(name).description.rstrip("."))
    if open_:
        gaps = ", ".join(f"{name}: ..." for name in open_)
        yield "  # name its header under `columns`, or one value for the whole file:"
        yield f"  # constants: {{{gaps}}}"


def _fact(key: str, fact: Fact) -> Iterator[str]:
    return reasoned(f"{key}: {fact.value}", fact.reason)
