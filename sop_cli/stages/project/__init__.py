"""Step 3: the projection of demand, supply, inventory and money."""

from sop_cli.stages.project.facts import Facts, PlanRules, Projection
from sop_cli.stages.project.projection import project

__all__ = ["Facts", "PlanRules", "Projection", "project"]
