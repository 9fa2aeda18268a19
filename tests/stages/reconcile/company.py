"""A company small enough to check by hand: two items, one DC, two months, everything ties."""

from datetime import date
from decimal import Decimal

import polars as pl

from sop_cli.stages.reconcile.reconcile import ReconcileRules
from sop_cli.stages.reconcile.tie_outs import Tolerance
from tests.inline_tables import inline


def tables() -> dict[str, pl.DataFrame]:
    """Shipments of 2026-09 and 2026-10 in two units and two currencies, with stock, receipts and a ledger that tie."""
    written = {
        "items": """
            item  family policy supply site uom case_size status
            00123 SOAP   mts    make   P1   EA  12        active
            X-77  TOOLS  mts    buy    D1   EA  -         active""",
        "customers": """
            account segment strategic
            A1      RETAIL  y
            A2      US      n""",
        "shipments": """
            order line item  site account promised   shipped    quantity uom amount  currency
            1     1    00123 D1   A1      2026-09-10 2026-09-12 10       CS  240.00  EUR
            2     1    00123 D1   A2      2026-09-28 2026-10-02 24       EA  50.00   USD
            3     1    X-77  D1   A1      2026-10-05 2026-10-05 3        -   30.30   -
            4     1    00123 D1   A1      2026-10-20 2026-10-20 -1       CS  -24.00  EUR""",
        "orders": """
            order line item  site account promised   quantity uom amount currency
            9     1    00123 D1   A1      2026-11-15 5        CS  120.00 EUR
            9     2    X-77  D1   A2      2026-12-15 7        EA  80.00  USD""",
        "forecast": """
            item  segment month   quantity uom
            00123 RETAIL  2026-11 8        CS""",
        "stock": """
            month   item  site quantity uom
            2026-08 00123 D1   100      EA
            2026-09 00123 D1   40       EA
            2026-10 00123 D1   40       EA
            2026-09 X-77  D1   10       EA
            2026-10 X-77  D1   7        EA""",
        "production": """
            order item  site to_site date       quantity uom status
            77    00123 P1   D1      2026-09-15 5        CS  actual
            78    00123 P1   D1      2026-10-15 1        CS  actual
            79    00123 P1   D1      2026-11-15 9        CS  planned""",
        "purchases": """
            order item supplier site date       quantity status
            55    X-77 S1       D1   2026-09-03 10       actual""",
        "costs": """
            item  valid_from cost currency uom
            00123 2026-01    1.00 EUR      EA
            00123 2026-10    1.25 EUR      EA
            X-77  2026-01    4.00 USD      EA""",
        "prices": """
            item  segment price currency uom
            00123 RETAIL  24.00 EUR      CS
            X-77  US      12.00 USD      EA""",
        "rates": """
            currency type   month   rate
            USD      actual 2026-01 0.90
            USD      actual 2026-09 0.91
            USD      actual 2026-10 0.92
            USD      actual 2026-11 0.92
            USD      actual 2026-12 0.92""",
        "aop": """
            version measure family month   value
            AOP     revenue SOAP   2026-09 250.00""",
        "ledger": """
            month   gl_account family amount
            2026-09 4000       SOAP   240.00
            2026-10 4000       SOAP   22.00
            2026-10 4000       TOOLS  30.30
            2026-09 1300       SOAP   40.00
            2026-09 1300       TOOLS  36.00
            2026-10 1300       SOAP   50.00
            2026-10 1300       TOOLS  25.20""",
    }
    return {name: inline(name, text) for name, text in written.items()}


def rules(cycle: date = date(2026, 11, 1)) -> ReconcileRules:
    """Tolerances of one unit of money and none on stock; nobody has waived anything."""
    cent = Tolerance(Decimal(1), Decimal(0))
    return ReconcileRules(
        cycle=cycle,
        currency="EUR",
        accounts={"revenue": ["4000"], "inventory_value": ["1300"]},
        revenue=cent,
        inventory=cent,
        roll_forward=Tolerance(Decimal(0), Decimal(0)),
        owners={"": "S&OP lead"},
        waivers=(),
    )
