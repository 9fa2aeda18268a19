"""What the pack is written from: the tables the earlier stages left."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sop_cli.schemas.calendar import Calendar


@dataclass(frozen=True)
class PackFacts:
    """One cycle's figures, as the stages left them."""

    company: str
    currency: str
    calendar: Calendar
    approved: str  # version of the budget
    owners: Mapping[str, str]  # data, demand, supply, inventory, finance -> role
    gate: bool  # whether the dataset may be planned with
    # reconcile
    dataset: pl.DataFrame
    breaks: pl.DataFrame
    tie_outs: pl.DataFrame
    controls: pl.DataFrame
    items: pl.DataFrame
    costs: pl.DataFrame
    lever_costs: pl.DataFrame
    # project
    projection: pl.DataFrame
    plan: pl.DataFrame
    load: pl.DataFrame
    exceptions: pl.DataFrame  # the findings of the plan
    # variance
    months: pl.DataFrame
    landing: pl.DataFrame
    bridge: pl.DataFrame
    to_go: pl.DataFrame  # the bridge of the months still to come
    flags: pl.DataFrame
