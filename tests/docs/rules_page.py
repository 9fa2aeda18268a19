"""docs/rules.md: every verdict `sop` can pass, what it means, why it matters and what to do."""

from pathlib import Path

from sop_cli.findings import completeness, ingest, mapping, project, reading, reconcile, table, values, variance
from sop_cli.findings.rule import Rule
from tests.docs.markdown import fence, page
from tests.docs.markdown import table as grid

MUSEUM = Path(__file__).parents[1] / "museum"
ROOMS = (
    (
        "Reading the extracts",
        "1-ingested/findings.csv",
        "A record that cannot be read is left out and listed in `1-ingested/rejects.csv`; `controls.csv` shows what "
        "it was worth. I301 and I302 stop the run (exit code 5): last month's file must not be planned with.",
        (*reading.RULES, *table.RULES, *mapping.RULES, *values.RULES, *ingest.RULES),
    ),
    (
        "Whether the extracts are complete",
        "1-ingested/findings.csv",
        "Held against last cycle, against their own history, and against what people have corrected by hand. An error "
        "of I225 stops the run like a stale extract (exit code 5); any other verdict on the extracts that the config "
        "makes an error under [checks](config.md#checks) fails the data gate (exit code 3, the pack is stamped).",
        completeness.RULES,
    ),
    (
        "Holding the extracts against each other",
        "2-reconciled/breaks.csv",
        "These are the breaks. Each has an id such as `R101/F03/2026-08` that stays the same from cycle to cycle. "
        "An **error** fails the data gate (exit code 3, the pack is stamped) until it is mended or waived by id in "
        "[waivers.yaml](config.md#waiversyaml).",
        reconcile.RULES,
    ),
    ("Planning", "3-projected/findings.csv", "What the plan cannot do, and where it rests on a guess.", project.RULES),
    (
        "Holding the plan against the budget",
        "4-variance/flags.csv",
        "What counts as material is set under [materiality](config.md#materiality). With `--fail-on material` any of "
        "them leaves with exit code 4.",
        variance.RULES,
    ),
)


def rules_page() -> str:
    """The page."""
    return page(
        "# Rules",
        "Every verdict `sop` passes on the numbers has a code. `sop explain R101` prints the same as this page. "
        "An **error** must be mended or waived, a **warning** should be looked at, **info** is good to know.",
        *(_room(*room) for room in ROOMS),
    )


def _room(title: str, file: str, words: str, rules: tuple[Rule, ...]) -> str:
    listed = grid(
        ("code", "severity", "name"), [(f"[{rule.code}](#{_anchor(rule)})", rule.severity, rule.name) for rule in rules]
    )
    return page(f"## {title}", f"Found in `{file}`. {words}", listed, *(_rule(rule) for rule in rules)).rstrip()


def _rule(rule: Rule) -> str:
    return page(
        f"### {rule.code} {rule.name}",
        f"*{rule.severity}*",
        rule.means,
        f"- **Why it matters:** {rule.matters}\n- **What to do:** {rule.do}",
        *_spoken(rule),
    ).rstrip()


def _spoken(rule: Rule) -> list[str]:
    """What it says in the museum's case, without the hint."""
    case = MUSEUM / rule.code / "expected.txt"
    said = case.read_text(encoding="utf-8").splitlines() if case.exists() else []
    return ["For example:", fence(next(line for line in said if line.startswith(rule.code)))] if said else []


def _anchor(rule: Rule) -> str:
    """The address GitHub gives the rule's heading."""
    kept = "".join(letter for letter in f"{rule.code} {rule.name}".lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")
