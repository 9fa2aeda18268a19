"""A linear programme, put together block by block from arrays and solved the same way every time."""

from dataclasses import dataclass

import highspy
import numpy as np

from sop_cli.errors import SopError
from sop_cli.stages.project.grid import Floats, Wholes

THREADS = 1  # the solver's thread pool is one per process: a second number would fail silently


@dataclass(frozen=True)
class Solution:
    """The value of every column, the dual of every row, and the least cost."""

    columns: Floats
    duals: Floats
    cost: float


class Programme:
    """Minimise cost over columns within bounds, subject to rows within bounds."""

    def __init__(self) -> None:
        self._columns: list[tuple[Floats, Floats, Floats]] = []
        self._rows: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Wholes, Wholes, Floats]] = []

    def columns(self, cost: Floats, lower: Floats | float, upper: Floats) -> Wholes:
        """Adds a column per element of the (broadcast) arrays; their numbers, in that shape."""
        shape = np.broadcast_shapes(cost.shape, np.shape(lower), upper.shape)
        first = sum(len(block[0]) for block in self._columns)
        spread = [np.broadcast_to(np.asarray(part, dtype=np.float64), shape).ravel() for part in (cost, lower, upper)]
        self._columns.append((spread[0], spread[1], spread[2]))
        return first + np.arange(spread[0].size, dtype=np.int64).reshape(shape)

    def rows(self, lower: Floats, upper: Floats) -> Wholes:
        """Adds a row per element of the arrays; their numbers, in that shape."""
        first = sum(len(block[0]) for block in self._rows)
        self._rows.append((lower.ravel(), upper.ravel()))
        return first + np.arange(lower.size, dtype=np.int64).reshape(lower.shape)

    def enter(self, rows: Wholes, columns: Wholes, factor: Floats | float) -> None:
        """Puts `factor` where rows and columns meet, element by element."""
        values = np.broadcast_to(np.asarray(factor, dtype=np.float64), rows.shape).ravel()
        self._entries.append((rows.ravel(), columns.ravel(), values))

    def solve(self) -> Solution:
        """The optimum; of nothing it is nothing. SopError if the solver finds none."""
        cost, lower, upper = (np.concatenate([block[part] for block in self._columns]) for part in range(3))
        row_lower, row_upper = (np.concatenate([block[part] for block in self._rows]) for part in range(2))
        rows, columns, values = (np.concatenate([block[part] for block in self._entries]) for part in range(3))
        order = np.lexsort((rows, columns))
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(cost), len(row_lower)
        programme.col_cost_, programme.col_lower_, programme.col_upper_ = cost, lower, upper
        programme.row_lower_, programme.row_upper_ = row_lower, row_upper
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.searchsorted(columns[order], np.arange(len(cost) + 1)).astype(np.int32)
        programme.a_matrix_.index_ = rows[order].astype(np.int32)
        programme.a_matrix_.value_ = values[order]
        solver = _Silent()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", THREADS)
        solver.passModel(programme)
        solver.run()
        status = solver.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
            raise SopError(
                f"The supply plan has no optimum: expected an optimal plan, the solver says "
                f"{solver.modelStatusToString(status)!r}.",
                hint="Look for quantities, hours or costs that are out of all proportion in this cycle's extracts.",
            )
        answer = solver.getSolution()
        return Solution(np.array(answer.col_value), np.array(answer.row_dual), solver.getObjectiveValue())


class _Silent(highspy.Highs):
    """The solver, mute from the start: as it is born it would print its banner among our answers."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # the first thing it does, and what makes it speak
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
