"""The map: one function per command; the only room that knows all the others."""

from sop_cli.pipeline.commands import explain, init, run, status

__all__ = ["explain", "init", "run", "status"]
