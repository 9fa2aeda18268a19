"""The pack as one Markdown page with its charts beside it; reads well rendered and as plain text."""

import re
from collections.abc import Iterable
from pathlib import Path

from sop_cli.schemas.pack import Chart, Pack, PackTable, Section
from sop_cli.write import numbers
from sop_cli.write.charts import chart_svg

CHARTS = "charts"
_LONGEST_NAME = 80  # characters of a chart's file name


def write_markdown(pack: Pack, path: Path) -> None:
    """Write `pack` to `path` and each chart to `charts/<name>.svg` beside it; the same pack gives the same bytes."""
    sections = (*pack.sections, *pack.appendix)
    charts = list(dict.fromkeys(chart for section in sections for chart in section.charts))
    pictures = dict(zip(charts, file_names(chart.name for chart in charts), strict=True))
    if charts:
        (path.parent / CHARTS).mkdir(parents=True, exist_ok=True)
    for chart, name in pictures.items():
        (path.parent / CHARTS / name).write_text(chart_svg(chart), encoding="utf-8", newline="\n")
    path.write_text(_page(pack, pictures), encoding="utf-8", newline="\n")


def file_names(wanted: Iterable[str]) -> list[str]:
    """A file name for each wanted name: letters, digits, dots and hyphens, each once without regard to case."""
    names: list[str] = []
    for name in wanted:
        clean = re.sub(r"[^\w.-]+", "-", name)[:_LONGEST_NAME].strip("-.") or "chart"
        candidate, number = f"{clean}.svg", 1
        while candidate.casefold() in {used.casefold() for used in names}:
            number += 1
            candidate = f"{clean}-{number}.svg"
        names.append(candidate)
    return names


def _page(pack: Pack, pictures: dict[Chart, str]) -> str:
    blocks = [
        f"# {_escaped(pack.company)}: S&OP pack {pack.cycle}",
        *_stamp(pack),
        f"As of {pack.as_of}, money in {_escaped(pack.currency)}.",
    ]
    for number, section in enumerate(pack.sections, start=1):
        blocks += _section(f"{number}.", section, pack, pictures)
    for number, section in enumerate(pack.appendix, start=1):
        blocks += _section(f"Appendix {number}.", section, pack, pictures)
    return "\n\n".join(blocks) + "\n"


def _section(number: str, section: Section, pack: Pack, pictures: dict[Chart, str]) -> list[str]:
    says = section.title if section.title.casefold().startswith(section.name.casefold()) else ""
    heading = _escaped(says or f"{section.name}: {section.title}")
    return [
        f"## {number} {heading}",
        *_stamp(pack),
        *map(_paragraph, section.sentences),
        *(_picture(chart, pictures[chart]) for chart in section.charts),
        *(block for table in section.tables for block in _table(table, pack.currency)),
    ]


def _stamp(pack: Pack) -> list[str]:
    return [f"> **{_escaped(pack.stamp)}**"] if pack.stamp else []


def _paragraph(sentence: str) -> str:
    """A sentence that begins like a heading, a list or a quotation is still a sentence."""
    return re.sub(r"^(#{1,6}(?= )|[-+>](?= )|\d+(?=[.)] ))", _defused, _escaped(sentence))


def _defused(begins: re.Match[str]) -> str:
    return f"{begins[0]}\\" if begins[0].isdigit() else f"\\{begins[0]}"


def _picture(chart: Chart, name: str) -> str:
    alt = _escaped(chart.alt or chart.title).replace("[", "\\[").replace("]", "\\]")
    return f"![{alt}]({CHARTS}/{name})"


def _table(table: PackTable, currency: str) -> list[str]:
    title, headings = numbers.headings(table, currency)
    blocks = [f"**{_escaped(title)}**"] if title else []
    if not table.columns:
        return blocks
    places = numbers.column_decimals(table.columns, table.rows)
    cells = [[_cell(heading) for heading in headings]]
    for at, row in enumerate(table.rows):
        texts = [
            _cell(numbers.text(value, column.format, digits))
            for value, column, digits in zip(row, table.columns, places, strict=True)
        ]
        total = table.total and at == len(table.rows) - 1
        cells.append([_bold(text) for text in texts] if total else texts)
    rights = [column.format != "text" for column in table.columns]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
    rule = ["-" * (width - 1) + ":" if right else "-" * width for width, right in zip(widths, rights, strict=True)]
    rows = [cells[0], rule, *cells[1:]]
    blocks.append("\n".join(_line(row, widths, rights) for row in rows))
    return blocks if table.rows else [*blocks, "Nothing to report."]


def _bold(text: str) -> str:
    return text if text in ("", numbers.MISSING) else f"**{text}**"


def _line(row: list[str], widths: list[int], rights: list[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(row, widths, rights, strict=True)
    )
    return f"| {' | '.join(padded)} |"


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text on one line, in which nothing is taken for emphasis, code, a link or HTML."""
    text = " ".join(text.split())
    text = re.sub(r"([\\`*])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    return re.sub(r"<(?=[A-Za-z/!?])|(?<=\])\(", lambda found: f"\\{found[0]}", text)
