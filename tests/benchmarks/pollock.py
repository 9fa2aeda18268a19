"""`python -m tests.benchmarks pollock FOLDER [WEIGHTS]`: how much of ragged and polluted CSV files is read right.

FOLDER holds csv/ with the files, clean/ with the same tables as they should be read, and parameters/ with how many
header lines each has. Ten measures per file: whether it is read at all, then precision, recall and F1 of the cells of
the header, of the records, and of the cells of the records; their means add up to at most 10. Nothing is declared.
WEIGHTS is a JSON object of file name and weight.
"""

import csv
import importlib.util
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sop_cli.errors import SopError
from sop_cli.pipeline.peek import peek

MEASURES = (
    "success",
    *(f"{what} {how}" for what in ("header", "record", "cell") for how in ("precision", "recall", "F1")),
)
Lines = list[list[str]]
Reader = Callable[[Path], Lines]


def main(words: Sequence[str]) -> None:
    """Print the score of every file, and of every reader the ten means and their sum."""
    folder = Path(words[0])
    weights = json.loads(Path(words[1]).read_text()) if words[1:] else None
    csv.field_size_limit(sys.maxsize)
    scores = {name: {path.name: _score(reader, path, folder) for path in _files(folder)} for name, reader in _readers()}
    for file in scores["sop"]:
        print(f"{file:40}", *(f"{name} {sum(of[file]):5.2f}  " for name, of in scores.items()))
    print(f"\n{'mean of each measure':24}", *(f"{name:>10}" for name in scores))
    means = {name: _means(of, None) for name, of in scores.items()}
    for at, measure in enumerate(MEASURES):
        print(f"{measure:24}", *(f"{of[at]:10.3f}" for of in means.values()))
    print(f"{'sum':24}", *(f"{sum(of):10.3f}" for of in means.values()))
    if weights:
        print(f"{'sum, weighted':24}", *(f"{sum(_means(of, weights)):10.3f}" for of in scores.values()))


def measures(loaded: Lines, expected: Lines, has_header: bool) -> tuple[float, ...]:
    """The ten measures of a file that was read as `loaded` and should have been `expected`."""
    head = 1 if has_header else 0
    found = [[cell.strip() for cell in line] for line in loaded]
    wanted = [[cell.strip() for cell in line] for line in expected]
    header = _overlap(_cells(found[:head]), _cells(wanted[:head]))
    records = _overlap(_records(found[head:]), _records(wanted[head:]))
    return (1.0, *header, *records, *_overlap(_cells(found[head:]), _cells(wanted[head:])))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "csv").iterdir() if (folder / "clean" / path.name).is_file())


def _score(reader: Reader, path: Path, folder: Path) -> tuple[float, ...]:
    parameters = json.loads((folder / "parameters" / f"{path.name}_parameters.json").read_text())
    try:
        loaded = reader(path)
    except Exception:
        return (0.0,) * len(MEASURES)
    return measures(loaded, _plain(folder / "clean" / path.name), parameters["header_lines"] > 0)


def _overlap(loaded: Iterable[str], expected: Iterable[str]) -> tuple[float, float, float]:
    found, wanted = Counter(loaded), Counter(expected)
    if not wanted:
        return 1.0, 1.0, 1.0
    both = (found & wanted).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / found.total(), both / wanted.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _cells(lines: Lines) -> list[str]:
    return [cell for line in lines for cell in line]


def _records(lines: Lines) -> list[str]:
    return ["".join(cell or "null" for cell in line) for line in lines if line]


def _means(scores: dict[str, tuple[float, ...]], weights: dict[str, float] | None) -> list[float]:
    by = {file: (weights.get(file, 0.0) if weights else 1.0) for file in scores}
    whole = sum(by.values())
    return [sum(by[file] * score[at] for file, score in scores.items()) / whole for at in range(len(MEASURES))]


def _readers() -> list[tuple[str, Reader]]:
    peers: list[tuple[str, Reader]] = [("sop", _sop), ("csv", _sniffed)]
    return [*peers, ("duckdb", _duckdb)] if importlib.util.find_spec("duckdb") else peers


def _sop(path: Path) -> Lines:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.csv"
        try:
            peek(path, None, None, dump)
        except SopError as problem:
            print(f"{path.name}: {problem.message}")
            raise
        return _plain(dump)


def _sniffed(path: Path) -> Lines:
    """Python's csv module with what its sniffer makes of the file."""
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text)
    except csv.Error:
        dialect = csv.excel
    return list(csv.reader(text.splitlines(keepends=True), dialect))


def _duckdb(path: Path) -> Lines:
    duckdb = importlib.import_module("duckdb")
    table = duckdb.sql(f"select * from read_csv('{path}', all_varchar = true, ignore_errors = true)")
    named = [] if table.columns[:1] == ["column0"] or table.columns[:1] == ["column00"] else [list(table.columns)]
    return named + [[cell or "" for cell in row] for row in table.fetchall()]


def _plain(path: Path) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
