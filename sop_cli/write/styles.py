"""Cell formats of the workbook, each made once."""

from typing import Any

from sop_cli.write import palette


class Styles:
    """Formats of one workbook, by what they are for."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.place = self._of(font_color=palette.MUTED, valign="vcenter")
        self.link = self._of(font_color=palette.UP, underline=1, align="right", valign="vcenter")
        self.entry = self._of(font_color=palette.UP, underline=1, valign="top", bottom=1, bottom_color=palette.GRID)
        self.told = self._of(text_wrap=True, valign="top", bottom=1, bottom_color=palette.GRID)
        self.title = self._of(bold=True, font_size=16, text_wrap=True, valign="vcenter")
        self.stamp = self._of(
            bold=True, font_size=12, font_color=palette.PAPER, bg_color=palette.STAMP, text_wrap=True, valign="vcenter"
        )
        self.sentence = self._of(font_size=11, text_wrap=True, valign="top")
        self.table_title = self._of(bold=True, font_size=12, valign="vcenter")
        self.note = self._of(italic=True, font_color=palette.MUTED)

    def header(self, *, right: bool, indent: int = 0) -> Any:  # noqa: ANN401
        """Heading of a table column."""
        return self._of(
            bold=True,
            text_wrap=True,
            valign="bottom",
            align="right" if right else "left",
            indent=indent,
            bg_color=palette.HEADER,
            bottom=2,
            bottom_color=palette.INK,
        )

    def value(self, pattern: str, *, right: bool, total: bool = False, indent: int = 0, tall: bool = False) -> Any:  # noqa: ANN401
        """A value of a table; the total row is bold under a line, a row of several lines reads from its top."""
        edge = {"top": 2, "top_color": palette.INK} if total else {"bottom": 1, "bottom_color": palette.GRID}
        return self._of(
            num_format=pattern,
            align="right" if right else "left",
            indent=indent,
            text_wrap=not right,
            valign="top" if tall else "vcenter",
            bold=total,
            **edge,
        )

    def _of(self, **properties: Any) -> Any:  # noqa: ANN401
        wanted = {"font_name": palette.FONT, "font_size": 10, "font_color": palette.INK} | properties
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]
