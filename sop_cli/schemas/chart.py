"""The chart of accounts as the config has it: lines of the plan, each with codes or beginnings of codes."""

from collections.abc import Iterable, Mapping, Sequence

REST = "*"


def of_chart(chart: Mapping[str, Sequence[str]], codes: Iterable[str]) -> dict[str, list[str]]:
    """`chart` with the `codes` that a beginning such as `40*` stands for in its place; it stays where it is none.

    A code that is named counts before a beginning, and a longer beginning before a shorter one.
    """
    line_of = {text: line for line, own in chart.items() for text in own}
    begun = sorted((text for text in line_of if text.endswith(REST)), key=len, reverse=True)
    found = {line: [text for text in own if text not in begun] for line, own in chart.items()}
    codes = list(codes)
    for code in codes:
        if code not in line_of and (first := next((text for text in begun if _begins(code, text)), None)):
            found[line_of[first]].append(code)
    for text in begun:
        if not any(_begins(code, text) for code in codes):
            found[line_of[text]].append(text)
    return found


def _begins(code: str, text: str) -> bool:
    return code.startswith(text.removesuffix(REST))
