"""What the stages that just ran have found, on stderr: worst first, a few of each kind, the files for the rest."""

import shutil
import sys
from collections.abc import Sequence

from sop_cli.cli.options import Options
from sop_cli.cli.speak import wants_color
from sop_cli.workspace.outcome import Outcome

# Where all findings of a stage stand in full.
LISTED = {
    "ingest": "1-ingested/findings.csv",
    "reconcile": "2-reconciled/findings.csv",
    "project": "3-projected/findings.csv",
    "variance": "4-variance/flags.csv",
}
FEW, MANY = 3, 10  # findings of one code: after a whole run, after the one stage that was asked for


def few_blocks(blocks: Sequence[str], stage: str) -> list[str]:
    """The first of what holds a gate shut, and how much more there is and where."""
    more = len(blocks) - MANY
    return [*blocks[:MANY], *([f"and {more:,} more in {LISTED[stage]}"] if more > 0 else [])]


def show_findings(outcome: Outcome, through: str, options: Options) -> None:
    """Print the findings of every stage that ran; the one asked for by name also says what is merely info."""
    ran = [report for report in outcome.reports if report.state == "ran" and report.stage in LISTED]
    ran = [report for report in ran if (report.folder / "findings.parquet").is_file() and any(report.result.findings)]
    if options.quiet or not ran:
        return
    from sop_cli import pipeline
    from sop_cli.write.terminal import print_findings

    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    for report in ran:
        asked = report.stage == through
        print_findings(
            pipeline.findings(report, with_info=asked),
            sys.stderr,
            width=width,
            colour=wants_color(options.no_color),
            most=MANY if asked else FEW,
            rest=LISTED[report.stage],
            fold_info=report.stage == "ingest",  # of every file the same; those of later stages are few and differ
        )
