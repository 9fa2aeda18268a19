"""The map: one function per command; the only room that knows all the others."""

from sop_cli.pipeline.commands import explain, findings, init, run, status
from sop_cli.pipeline.draft import draft_workspace
from sop_cli.pipeline.peek import peek

__all__ = ["draft_workspace", "explain", "findings", "init", "peek", "run", "status"]
