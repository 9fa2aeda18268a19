"""What config.yaml may say: frozen models, unknown keys refused, every field described."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from sop_cli.config.checks import Checks
from sop_cli.config.month import Month
from sop_cli.config.sources import Source, Strict, Texts


class TieOut(Strict):
    """How far two figures may lie apart before it is a break: within either tolerance they tie."""

    absolute: Decimal = Field(default=Decimal("1.00"), ge=0, description="Difference that is let pass.")
    percent: Decimal = Field(default=Decimal(0), ge=0, description="Share of the expected figure let pass, in percent.")


class TieOuts(Strict):
    """The identities checked before anybody talks about plans."""

    revenue_to_ledger: TieOut = Field(default_factory=TieOut, description="Shipments against GL revenue, in money.")
    inventory_to_ledger: TieOut = Field(
        default_factory=TieOut, description="Stock x standard cost against GL inventory, in money."
    )
    stock_roll_forward: TieOut = Field(
        default_factory=lambda: TieOut(absolute=Decimal(0)),
        description="Closing = opening + receipts - shipments, in base units.",
    )


class Materiality(Strict):
    """When a divergence from budget is worth the executives' time: percent AND floor."""

    percent: Decimal = Field(default=Decimal(5), ge=0, description="Share of the budget, in percent.")
    floor: Decimal = Field(default=Decimal(50_000), ge=0, description="Money below which nothing is material.")
    escalate_percent: Decimal = Field(default=Decimal(15), ge=0, description="Percent from which it is escalated.")
    landing_percent: Decimal = Field(default=Decimal(3), ge=0, description="Percent the year-end landing may miss.")


class Plan(Strict):
    """The rules of the projection."""

    demand_fence: int = Field(default=1, ge=0, description="Months in which open orders alone are the demand.")
    frozen: int = Field(default=1, ge=0, description="Months in which the ERP's plan of record stands.")
    demand: tuple[Literal["sales forecast", "statistical"], ...] = Field(
        default=("sales forecast", "statistical"),
        description="Which forecast counts beyond the fence, first one present wins.",
    )
    unmet: Literal["backlog", "lost"] = Field(
        default="backlog", description="What becomes of make-to-stock demand that cannot be shipped."
    )
    holding_percent: Decimal = Field(
        default=Decimal(12), ge=0, description="Yearly cost of holding stock, percent of standard cost."
    )
    payables_days: Decimal = Field(default=Decimal(45), ge=0, description="Days until suppliers are paid: DPO on COGS.")


class Owners(Strict):
    """Who answers for a break, a flag or a decision."""

    data: str = Field(default="S&OP lead", description="Breaks in the extracts and master data.")
    demand: str = Field(default="Head of sales", description="Demand and price.")
    supply: str = Field(default="COO", description="Capacity and suppliers.")
    inventory: str = Field(default="Supply chain leader", description="Stock and working capital.")
    finance: str = Field(default="CFO", description="Ledger, budget, landing.")


class Budget(Strict):
    """Which version in the AOP extracts is the approved budget, and which is proposed for the next year."""

    approved: str = Field(default="AOP", description="Version name of the approved budget.")
    proposed: str | None = Field(default=None, description="Version name of next year's proposal, stress-tested.")


class Ledger(Strict):
    """Which accounts make each line of the plan: codes, or beginnings such as `40*`, of which the longest counts."""

    revenue: Texts = Field(default_factory=list, description="Net revenue.")
    cogs: Texts = Field(default_factory=list, description="Cost of goods sold at standard.")
    inventory_value: Texts = Field(default_factory=list, description="Inventory, closing balance.")
    receivables: Texts = Field(default_factory=list, description="Trade receivables, closing balance.")
    payables: Texts = Field(default_factory=list, description="Trade payables, closing balance.")
    expedite: Texts = Field(default_factory=list, description="Reactive cost: expedited freight.")
    overtime: Texts = Field(default_factory=list, description="Reactive cost: unplanned overtime.")
    fines: Texts = Field(default_factory=list, description="Reactive cost: customer fines.")
    spot: Texts = Field(default_factory=list, description="Reactive cost: spot purchases.")
    fixed_cost: Texts = Field(default_factory=list, description="Costs that do not follow volume.")

    @model_validator(mode="after")
    def _each_account_once(self) -> Self:
        lines: dict[str, str] = {}
        for line in type(self).model_fields:
            for account in getattr(self, line):
                if account in lines:
                    raise ValueError(f"account {account} stands under {lines[account]} and under {line}; keep one")
                lines[account] = line
        return self


class Completeness(Strict):
    """When an extract looks incomplete beside last cycle's, or beside its own history."""

    short_percent: Decimal = Field(
        default=Decimal(50),
        ge=0,
        description="Rows or sums of a source, or rows of one of its files, in percent of last cycle's, below which: "
        "I225.",
    )
    short_error_percent: Decimal = Field(
        default=Decimal(10), ge=0, description="The same, below which it is an error and the run stops."
    )
    half_month_percent: Decimal = Field(
        default=Decimal(50), ge=0, description="Last month in percent of the usual month, below which: I231."
    )


class Config(Strict):
    """The whole of config.yaml."""

    company: str = Field(description="Name on the pack.")
    currency: str = Field(description="Reporting currency, e.g. EUR.")
    fiscal_year_start: int = Field(default=1, ge=1, le=12, description="Month the fiscal year starts in.")
    horizon: int = Field(default=18, ge=1, le=60, description="Months projected.")
    cycle: Month | None = Field(
        default=None,
        description="The cycle to work on; by default the newest one that the extracts are there for.",
    )
    sources: dict[str, Source] = Field(min_length=1, description="The extracts, by a name of your choice.")
    checks: Checks = Field(
        default_factory=dict,
        description="How serious the verdicts on the extracts are, by code, see [checks](#checks).",
    )
    completeness: Completeness = Field(default_factory=Completeness, description="When an extract is incomplete.")
    ledger: Ledger = Field(default_factory=Ledger, description="Accounts of the general ledger, by line.")
    budget: Budget = Field(default_factory=Budget, description="Which budget is compared with.")
    plan: Plan = Field(default_factory=Plan, description="Rules of the projection.")
    tie_outs: TieOuts = Field(default_factory=TieOuts, description="Tolerances of the tie-outs.")
    materiality: Materiality = Field(default_factory=Materiality, description="When a divergence is flagged.")
    owners: Owners = Field(default_factory=Owners, description="Who answers for what.")
    registers: str = Field(
        default=".",
        description="Folder of waivers.yaml and the other registers people keep, beside the config or below it.",
    )
