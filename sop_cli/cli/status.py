"""`sop status`: where this cycle stands, stage by stage, and what blocks."""

from __future__ import annotations

import shutil
import sys
from io import StringIO
from typing import TYPE_CHECKING

from sop_cli.cli import options as given
from sop_cli.cli.leave import leave
from sop_cli.cli.speak import answer, answer_json, speaking

if TYPE_CHECKING:
    from sop_cli.workspace.standing import StageStanding, Standing

EXAMPLE = "sop status --cycle 2026-11"
HEADINGS = ("stage", "state", "last run", "findings", "gate")


def status(
    config: given.ConfigOption = given.CONFIG,
    cycle: given.CycleOption = None,
    format: given.FormatOption = "text",
    quiet: given.QuietOption = False,
    fail_on: given.FailOnOption = "never",
    no_color: given.NoColorOption = False,
) -> None:
    """Show where this cycle stands: fresh, stale and why, what blocks.

    Changes nothing; the exit code is 0 unless --fail-on asks for more.
    """
    with speaking(format, config, no_color):
        from sop_cli import pipeline
        from sop_cli.workspace.request import Request

        request = Request("status", config, cycle, fail_on)
        standing = pipeline.status(request)
        if format == "json":
            answer_json(standing.as_json())
        else:
            answer(_text(standing))
        leave(request)


def _text(standing: Standing) -> str:
    from sop_cli.cli.findings import few_blocks
    from sop_cli.schemas.pack import PackColumn
    from sop_cli.write.terminal import print_table

    closed = f", closed by {standing.closed_by}" if standing.closed_by else ""
    table = StringIO()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    print_table([_row(stage) for stage in standing.stages], [PackColumn(name) for name in HEADINGS], table, width=width)
    lines = [f"cycle {standing.cycle}{closed}", "", table.getvalue().rstrip()]
    blocks = [
        f"{stage.stage}: {text}"
        for stage in standing.stages
        if stage.result
        for text in few_blocks(stage.result.blocks, stage.stage)
    ]
    if blocks:
        lines += ["", "what blocks:", *(f"  {text}" for text in blocks)]
    return "\n".join(lines)


def _row(stage: StageStanding) -> tuple[str, ...]:
    state = f"stale: {stage.reason}" if stage.reason else stage.state
    if stage.result is None:
        return (stage.stage, state, "-", "-", "-")
    findings = ", ".join(_counted(count, severity) for severity, count in stage.result.findings.items() if count)
    return (stage.stage, state, stage.ended[:16].replace("T", " ") or "-", findings or "none", stage.result.gate)


def _counted(count: int, severity: str) -> str:
    plural = "s" if severity in ("error", "warning") and count != 1 else ""
    return f"{count:,} {severity}{plural}"
