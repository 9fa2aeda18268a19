"""Waivers: breaks that somebody lets pass, with who, why and until when."""

from pathlib import Path
from typing import Self, TypeVar

from pydantic import Field, model_validator

from sop_cli.config.check import check
from sop_cli.config.document import read_document
from sop_cli.config.month import Month
from sop_cli.config.sources import Strict

NAME = "waivers.yaml"
Entry = TypeVar("Entry", bound=Strict)


class Waiver(Strict):
    """One break that is known and let pass for some cycles."""

    break_id: str = Field(alias="break", min_length=1, description="Id of the break, as breaks.csv shows it.")
    who: str = Field(min_length=1, description="Who lets it pass.")
    why: str = Field(min_length=1, description="Why it may pass.")
    from_cycle: Month | None = Field(default=None, alias="from", description="First cycle it holds; any by default.")
    until: Month = Field(description="Last cycle it holds; after it the break is raised again.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_cycle is not None and self.from_cycle > self.until:
            raise ValueError(f"ends before it begins: from {self.from_cycle} until {self.until}")
        return self

    def holds(self, cycle: str) -> bool:
        """Whether it holds in `cycle` (`YYYY-MM`)."""
        return (self.from_cycle or cycle) <= cycle <= self.until


def load_waivers(folder: Path) -> tuple[Waiver, ...]:
    """The waivers in `folder`/waivers.yaml in the order written; none where the file is absent or empty."""
    return load_register(folder / NAME, Waiver)


def load_register(path: Path, entry: type[Entry]) -> tuple[Entry, ...]:
    """A register people keep as a YAML list of `entry`; empty where the file is absent or says nothing."""
    if not path.exists():
        return ()
    document = read_document(path)
    if document.content is None:
        return ()
    return check(document, tuple[entry, ...])  # type: ignore[valid-type]
