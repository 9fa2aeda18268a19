"""pack: everything the stages left -> the executive pack, Excel and Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sop_cli.pipeline.cycle import Cycle
from sop_cli.workspace.step import Step, StepResult

if TYPE_CHECKING:
    from sop_cli.stages.pack.facts import PackFacts


def pack_step(cycle: Cycle) -> Step:
    """The step for this cycle."""
    return Step("pack", "writing the executive pack", lambda: _inputs(cycle), lambda folder, _: _work(cycle, folder))


def _inputs(cycle: Cycle) -> dict[str, str]:
    return cycle.loaded.part_hashes("company", "currency", "owners", "budget", "fiscal_year_start", "horizon")


def _work(cycle: Cycle, folder: Path) -> StepResult:
    from sop_cli.stages.pack.pack import pack
    from sop_cli.write.markdown import write_markdown
    from sop_cli.write.workbook import write_workbook

    content = pack(_facts(cycle))
    name = f"sop-pack-{cycle.folder.name}"
    write_workbook(content, folder / f"{name}.xlsx")
    write_markdown(content, folder / f"{name}.md")
    return StepResult(
        summary=f"{len(content.sections) + len(content.appendix)} pages"
        + (", stamped NOT RECONCILED" if content.stamp else ""),
        figures={"pages": len(content.sections) + len(content.appendix)},
        opens=(f"{name}.xlsx", f"{name}.md"),
    )


def _facts(cycle: Cycle) -> PackFacts:
    from sop_cli.stages.pack.facts import PackFacts
    from sop_cli.stages.reconcile.breaks import gate

    config = cycle.loaded.config
    breaks = cycle.table("reconcile", "breaks")
    ingested = cycle.folder.manifest("ingest")
    return PackFacts(
        company=config.company,
        currency=config.currency,
        calendar=cycle.calendar,
        approved=config.budget.approved,
        owners=config.owners.model_dump(),
        gate=gate(breaks) and (ingested is None or ingested.result.gate == "passed"),
        dataset=cycle.table("reconcile", "reconciled"),
        breaks=breaks,
        tie_outs=cycle.table("reconcile", "tie_outs"),
        controls=cycle.table("ingest", "controls"),
        items=cycle.table("reconcile", "plan_items"),
        costs=cycle.table("reconcile", "plan_costs"),
        lever_costs=cycle.table("reconcile", "plan_lever_costs"),
        projection=cycle.table("project", "projection"),
        plan=cycle.table("project", "plan"),
        load=cycle.table("project", "load"),
        exceptions=cycle.table("project", "findings"),
        months=cycle.table("variance", "variance"),
        landing=cycle.table("variance", "landing"),
        bridge=cycle.table("variance", "bridge"),
        to_go=cycle.table("variance", "to_go"),
        flags=cycle.table("variance", "flags"),
    )
