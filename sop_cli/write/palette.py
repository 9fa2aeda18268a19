"""One set of colours and one typeface for every chart and sheet; a role has the same colour everywhere."""

from collections import Counter
from collections.abc import Sequence

from sop_cli.schemas.pack import Series

FONT = "Arial"

INK = "#262626"
MUTED = "#595959"
RULE = "#BFBFBF"
GRID = "#E3E3E3"
HEADER = "#E8EDF2"
STAMP = "#9A3B00"
PAPER = "#FFFFFF"

# After Okabe and Ito: told apart with every kind of colour blindness, and in grey by lightness or dash.
ROLES = {
    "actual": "#363C45",
    "projection": "#0072B2",
    "budget": "#E69F00",
    "target": "#009E73",
    "limit": "#D55E00",
    "demand": "#56B4E9",
    "overtime": "#CC79A7",
    "other": "#8C8C8C",
}
# What was set by somebody is dashed, what happened or is expected is solid.
DASHED = ("budget", "target", "limit")

UP, DOWN, TOTAL = "#0072B2", "#E69F00", "#363C45"

# Load in percent: the fuller, the darker, so that it also reads in grey.
HEAT = ((70, "#FFFFFF"), (100, "#F9DDB0"), (130, "#E08A2C"))


def colours(series: Sequence[Series]) -> tuple[str, ...]:
    """The colour of each series: its role's; a second or third of one role gets a shade of it."""
    seen: Counter[str] = Counter()
    chosen = []
    for one in series:
        chosen.append(_shade(ROLES[one.role], seen[one.role]))
        seen[one.role] += 1
    return tuple(chosen)


def _shade(colour: str, step: int) -> str:
    towards, share = ((0, 0.0), (255, 0.5), (0, 0.4), (255, 0.75), (0, 0.65), (255, 0.25))[step % 6]
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (towards - part) * share):02X}" for part in parts)
