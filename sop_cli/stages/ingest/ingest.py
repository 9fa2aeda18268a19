"""Extracts become typed tables; what cannot be read is listed, and nothing is lost on the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import polars as pl

from sop_cli.findings.finding import all_findings
from sop_cli.findings.table import WRONG_TOTAL
from sop_cli.schemas.correction import Correction
from sop_cli.schemas.grid import Dialect, Grid, Remark
from sop_cli.stages.ingest.added import added_up
from sop_cli.stages.ingest.again import AGAIN, rows_again
from sop_cli.stages.ingest.columns.across import with_months_across
from sop_cli.stages.ingest.columns.heading import find_declared_table
from sop_cli.stages.ingest.columns.layout import Layout, lay_out
from sop_cli.stages.ingest.columns.mapped import mapped
from sop_cli.stages.ingest.completeness.files import columns, files
from sop_cli.stages.ingest.completeness.stale import by_file
from sop_cli.stages.ingest.control import moved, summed, with_corrected
from sop_cli.stages.ingest.crosswalk import not_in_crosswalk
from sop_cli.stages.ingest.currencies import other_currency
from sop_cli.stages.ingest.damaged import spoilt_codes
from sop_cli.stages.ingest.earlier import with_page
from sop_cli.stages.ingest.guards import unguarded
from sop_cli.stages.ingest.idle import Met, idle_exclusions
from sop_cli.stages.ingest.keys import fingerprints
from sop_cli.stages.ingest.late import placed
from sop_cli.stages.ingest.mend import APPLIED, mend
from sop_cli.stages.ingest.page import take, type_page
from sop_cli.stages.ingest.repeats import repeat_lines
from sop_cli.stages.ingest.rules import SourceRules, refuse_contradictions
from sop_cli.stages.ingest.table.table import Found, carry_on
from sop_cli.stages.ingest.table.totals import Earlier
from sop_cli.stages.ingest.ties import untied, wrong_totals
from sop_cli.stages.ingest.values.spread import spread, spread_told
from sop_cli.stages.ingest.values.told import as_findings
from sop_cli.stages.ingest.verdicts import corrected_later, remarked, verdicts
from sop_cli.stages.ingest.written import found_out, month_column

Place = tuple[str, str | None]  # file and sheet


@dataclass(frozen=True)
class Ingested:
    """One source after ingest: what was left out, the control totals, the findings."""

    rejects: pl.DataFrame  # REJECTS
    controls: pl.DataFrame  # CONTROLS: read = accepted + rejected + excluded, on every line
    findings: pl.DataFrame
    reach: pl.DataFrame  # REACH: how far each file comes, for `stale` to judge over all sources of a table
    files: pl.DataFrame  # FILES, as yet without what only the disk knows
    columns: pl.DataFrame  # COLUMNS
    corrections: Mapping[Correction, str]  # those that concern the source: APPLIED, or why not


@dataclass
class Intake:
    """A source while it is read, page by page; it remembers what is to be said, not the records.

    `as_of` is the first day of the last closed month.
    """

    rules: SourceRules
    as_of: date
    corrections: Sequence[Correction] = ()
    tables: dict[Place, Found] = field(default_factory=dict)  # where the table of each file lies
    layouts: dict[Place, Layout] = field(default_factory=dict)
    prints: list[pl.Series] = field(default_factory=list)  # fingerprints of the keys accepted
    late: list[pl.DataFrame] = field(default_factory=list)  # records of open months that correct earlier ones, placed
    _rules: dict[Place, SourceRules] = field(default_factory=dict)  # the source's, as the file has it
    _rejects: list[pl.DataFrame] = field(default_factory=list)
    _controls: list[pl.DataFrame] = field(default_factory=list)
    _reach: list[pl.DataFrame] = field(default_factory=list)
    _remarked: list[pl.DataFrame] = field(default_factory=list)
    _met: list[tuple[Met, ...]] = field(default_factory=list)
    _unlisted: list[pl.DataFrame] = field(default_factory=list)
    _marked: list[pl.DataFrame] = field(default_factory=list)
    _spoilt: list[pl.DataFrame] = field(default_factory=list)
    _untied: list[pl.DataFrame] = field(default_factory=list)
    _dialects: dict[Place, Dialect | None] = field(default_factory=dict)
    _pages: dict[Place, Callable[[], Iterable[Grid]]] = field(default_factory=dict)
    _earlier: dict[Place, list[Earlier]] = field(default_factory=dict)
    _outcomes: dict[Correction, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        refuse_contradictions(self.rules)

    def take(self, page: Grid, pages: Callable[[], Iterable[Grid]] = tuple) -> pl.DataFrame:
        """The accepted records of `page`, typed, with provenance on every row; months may still be quarters or weeks.

        Wrong cells are rejects and findings; SopError only where a column cannot be found. `pages` gives all pages of
        the file anew, to be looked at where this one leaves open how a column is written.
        """
        page, pages = unguarded(page), partial(_unguarded, pages)
        place = (page.file, page.sheet)
        first = place not in self.layouts
        if first:
            found = self.tables[place] = find_declared_table(page, self.rules)
            self._rules[place] = with_months_across(page, found, self.rules)
            self.layouts[place] = lay_out(page, found, self._rules[place])
            self._dialects[place] = page.dialect
            self._pages[place] = pages
        found, layout, rules = self.tables[place], self.layouts[place], self._rules[place]
        found = found if first or found.ended else found.clean(page)
        begins = found.begins if first else 1
        mended = mend(page, layout, begins, self.corrections)
        layout = replace(layout, forms=found_out(mended.page, found, pages, layout, rules, self.as_of))
        self.layouts[place] = layout
        typed = type_page(mended.page, begins, layout, rules, self.as_of)
        if not first and (typed.doubts or found.ended):  # where every cell can be read, every row is a record
            found = carry_on(page, found, self._earlier[place])
        self.tables[place] = found
        changed = [one.row for one, outcome in mended.outcomes.items() if outcome == APPLIED]
        self._untied.append(untied(typed.read, found, self._earlier.get(place, ()), layout, rules, changed))
        if page.sheet is None:  # a sheet is one page
            self._earlier[place] = with_page(self._earlier.get(place, ()), typed.read, found, layout, rules)
        taken = take(typed, mended.page, found.outside, layout, rules, self.as_of)
        controls = taken.controls
        if mended.cells:
            raw = type_page(page, begins, layout, rules, self.as_of)
            before = take(raw, page, found.outside, layout, rules, self.as_of).controls
            controls = with_corrected(controls, before, mended.cells)
        self._outcomes.update(mended.outcomes)
        self._remarked.append(remarked(_of_layout(found.told(page)), page, layout, self.rules))
        self._rejects.append(taken.rejects)
        self._controls.append(controls)
        self._reach.append(taken.reach)
        self._met.append(taken.met)
        self._unlisted.append(taken.unlisted)
        self._marked.append(taken.marked)
        self._spoilt.append(taken.spoilt)
        if taken.late.height:
            self.late.append(placed(taken.late, taken.table, sum(map(len, self.prints))))
        self.prints.append(fingerprints(taken.table, self.rules.table))
        return taken.table

    def again(self, suspects: pl.DataFrame) -> pl.DataFrame:
        """AGAIN of those of the `suspects` that are of this source, whose files are read once more for it."""
        own = suspects.filter(pl.col("source") == self.rules.name)
        parts = [pl.DataFrame(schema=AGAIN)]
        for (file, sheet), layout in self.layouts.items():
            here = own.filter(pl.col("file").eq(file) & pl.col("sheet").eq_missing(pl.lit(sheet, pl.String)))
            if here.height:
                rows = here["row"].unique()
                parts.append(rows_again(self._pages[file, sheet](), rows, layout, self._rules[file, sheet]))
        return pl.concat(parts)

    def settle(self, repeats: pl.DataFrame) -> Ingested:
        """What came of the source when the `repeats` that `repeated` found in its table are taken out."""
        own = repeats.filter(pl.col("source") == self.rules.name)
        rejects = pl.concat([*self._rejects, *repeat_lines(own, self.layouts, self.rules)])
        rejects = rejects.sort(_order(self.layouts), "row", nulls_last=True, maintain_order=True)
        controls = moved(summed(self._controls), own)
        found = verdicts(rejects, controls, list(self.layouts.values()), self.rules, self.as_of)
        idle = idle_exclusions(self._met, list(self.layouts), self.rules)
        taken = mapped(self.layouts, self.tables, self._rules, self.rules)
        codes = [not_in_crosswalk(self._unlisted, self.rules), other_currency(self._marked, self.rules)]
        codes.append(spoilt_codes(self._spoilt, self.rules))
        later = corrected_later(own, self.rules)
        reach = by_file(self._reach)
        totals = wrong_totals(self._untied, own, self.rules)
        findings = [
            *self._remarked,
            totals,
            found,
            *self._written(controls),
            taken,
            *codes,
            idle,
            later,
            added_up(own, self.rules),
        ]
        return Ingested(
            rejects,
            controls,
            all_findings(findings),
            reach,
            files(self._dialects, controls, reach, self.rules),
            columns(self.layouts, self._rules),
            self._outcomes,
        )

    def spread(self, records: pl.DataFrame) -> pl.DataFrame:
        """Accepted `records` of the source with those by quarter or week placed in months; all others as they are."""
        parts = []
        for place, layout in self.layouts.items():
            own = pl.col("file").eq(place[0]) & pl.col("sheet").eq_missing(place[1])
            month, form = month_column(layout, self._rules[place])
            parts.append(spread(records.filter(own), self.rules.table, month, form.span))
        return pl.concat(parts) if parts else records

    @property
    def spreads(self) -> bool:
        """Whether any file of the source is by quarter or week."""
        return any(
            month_column(layout, self._rules[place])[1].span != "month" for place, layout in self.layouts.items()
        )

    def _written(self, controls: pl.DataFrame) -> Iterable[pl.DataFrame]:
        """What is to be said about how each file is written."""
        for (file, sheet), layout in self.layouts.items():
            yield as_findings([*layout.told, *layout.forms.every()], self.rules.name, file, sheet)
            own = pl.col("file").eq(file) & pl.col("sheet").eq_missing(sheet) & pl.col("column").eq("records")
            form = month_column(layout, self._rules[file, sheet])[1]
            yield spread_told(int(controls.filter(own)["accepted"].sum()), form, self.rules.name, file, sheet)


def _of_layout(remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks without those on totals, which are judged when it is known how their columns are written."""
    return [remark for remark in remarks if remark.code != WRONG_TOTAL.code]


def _unguarded(pages: Callable[[], Iterable[Grid]]) -> Iterator[Grid]:
    return map(unguarded, pages())


def _order(layouts: Mapping[Place, Layout]) -> pl.Expr:
    """The place of each file in the source."""
    order = {f"{file}|{sheet}": at for at, (file, sheet) in enumerate(layouts)}
    place = pl.concat_str("file", pl.col("sheet").fill_null("None"), separator="|")
    return place.replace_strict(order, return_dtype=pl.Int64)
