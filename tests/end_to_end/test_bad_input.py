"""What an S&OP lead is told when an extract, the config or a register is wrong: where, what, and what to do.

Exit 2: nothing was replaced. Exit 5: ingest says what is lacking, and no later stage has run on it.
"""

import re
from collections.abc import Callable

import openpyxl
import pytest

from tests.end_to_end.company import NOW, Ask, Company

Break = Callable[[Company], object]


def config(old: str, new: str) -> Break:
    return lambda company: company.change("config.yaml", old, new)


def written(name: str, text: str | bytes) -> Break:
    content = text if isinstance(text, bytes) else text.encode()

    def write(company: Company) -> None:
        company.path(name).write_bytes(content)

    return write


def only_header(company: Company) -> None:
    path = company.path(f"{NOW}/rates.csv")
    path.write_text(path.read_text().splitlines()[0] + "\n")


def cut_short(company: Company) -> None:
    path = company.path(f"{NOW}/supplier-limits.xlsx")
    path.write_bytes(path.read_bytes()[:3000])


def renamed_in_workbook(company: Company) -> None:
    path = company.path(f"{NOW}/supplier-limits.xlsx")
    book = openpyxl.load_workbook(path)
    header = next(cell for cell in book["Limits"][3] if cell.value == "Lead time (days)")
    header.value = "Lead time days"
    book.save(path)


def last_months(company: Company) -> None:
    company.path(f"{NOW}/stock.tsv").write_bytes(company.path("sample_data/2026-10/stock.tsv").read_bytes())


REFUSED: dict[str, tuple[Break, str, str]] = {
    "an extract is missing": (
        lambda company: company.path(f"{NOW}/rates.csv").unlink(),
        f"{NOW}/rates.csv: no such file",
        f"files in {NOW}/: capacity.xlsx",
    ),
    "an extract is empty": (written(f"{NOW}/rates.csv", ""), f"{NOW}/rates.csv: the file is empty", "export it again"),
    "a text is named like a workbook": (
        written(f"{NOW}/supplier-limits.xlsx", "a,b\n1,2\n"),
        f"{NOW}/supplier-limits.xlsx:3: row 3 should be the header, but nothing is there",
        "the first row that holds anything is 1",
    ),
    "a workbook is cut short": (
        cut_short,
        f"{NOW}/supplier-limits.xlsx: the workbook is damaged or cut short",
        "copy or download it again",
    ),
    "a workbook is of no bytes": (
        written(f"{NOW}/supplier-limits.xlsx", ""),
        f"{NOW}/supplier-limits.xlsx: the file is empty",
        "export it again",
    ),
    "a sheet has another name": (
        config("sheet: Limits", "sheet: Limit"),
        f"{NOW}/supplier-limits.xlsx: there is no sheet 'Limit'",
        "sheets: 'Limits'; declare one of them",
    ),
    "a column of a text file was renamed": (
        lambda company: company.change(f"{NOW}/shipments.csv", "Net Amount", "Net value"),
        f"{NOW}/shipments.csv:1: there is no column headed 'Net Amount', which the config declares for amount",
        "if it is called 'Net value' now, declare `columns: {amount: Net value}`; headers found: Sales Order, Pos",
    ),
    "a column of a workbook was renamed": (
        renamed_in_workbook,
        f"{NOW}/supplier-limits.xlsx:3: sheet 'Limits': there is no column headed 'Lead time (days)'",
        "declare `columns: {lead_time_days: Lead time days}`",
    ),
    "a column like an already used one is not proposed": (
        lambda company: company.change(f"{NOW}/rates.csv", "Rate type", "Kind"),
        f"{NOW}/rates.csv:1: there is no column headed 'Rate type'",
        "hint: headers found: Currency, Kind, Month, Rate",
    ),
    "no column fits": (
        written(f"{NOW}/sites.csv", "a,b\n1,2\n"),
        f"{NOW}/sites.csv:1: no column holds site (Site code) and type (plant or dc)",
        "headers found: a, b",
    ),
    "the encoding is another": (
        config("encoding: cp1252", "encoding: utf-8"),
        f"{NOW}/customers.csv:2: byte 0xE4 is not utf-8",
        "`encoding: cp1252`",
    ),
    "the delimiter is another": (
        config('delimiter: ";"\n    decimal: ","\n    dates', 'delimiter: "|"\n    decimal: ","\n    dates'),
        f"{NOW}/open-orders.csv:1: there is no column headed 'Auftrag'",
        "there is only one header, so check `delimiter`",
    ),
    "no header is a month": (
        config('months: "%b-%y"', 'months: "%B %Y"'),
        f"{NOW}/sales-forecast.xlsx:5: sheet 'Forecast': no header is a month",
        "declare how months are written as `months` (now %B %Y)",
    ),
    "a key of the config is unknown": (
        config("horizon: 18", "horizn: 18"),
        "config.yaml:{line}: 1 mistake in this file",
        "config.yaml:8:1: horizn: unknown key; did you mean 'horizon'?",
    ),
    "a value of the config is of the wrong type": (
        config("horizon: 18", "horizon: eighteen"),
        "config.yaml:{line}: 1 mistake in this file",
        "horizon: should be a whole number (got 'eighteen')",
    ),
    "a table is unknown": (
        config("table: aop", "table: aopp"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources.aop_units: there is no table called 'aopp'; did you mean aop?",
    ),
    "a source is named like no table": (
        config("  rates:\n", "  fx:\n"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources.fx: there is no table called 'fx'; say `table:` with one of items, ",
    ),
    "a column is mapped that the table does not have": (
        config("order: Sales Order", "ordre: Sales Order"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources.shipments: `columns` names ordre, which table shipments does not have there; did you mean order?",
    ),
    "values are mapped in a column that the table does not have": (
        config("Lead time months\n", "Lead time months\n    values:\n      suply: {E: make}\n"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources.items: `values` names suply, which table items does not have there; did you mean supply?",
    ),
    "dates are written the way offices do": (
        config('dates: "%d.%m.%Y"', "dates: TT.MM.JJJJ"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources.orders.dates: should say with % signs how it is written; did you mean '%d.%m.%Y'?",
    ),
    "a source stands there twice": (
        config("  customers:\n", "  items:\n"),
        "config.yaml:{line}: 1 mistake in this file",
        "key 'items' stands here twice, first in line ",
    ),
    "an account belongs to two lines": (
        config('cogs: "500000"', 'cogs: "400100"'),
        "config.yaml:{line}: 1 mistake in this file",
        "ledger: account 400100 stands under revenue and under cogs; keep one",
    ),
    "the config names no source": (
        written("config.yaml", "company: X\ncurrency: EUR\nsources: {}\n"),
        "config.yaml:{line}: 1 mistake in this file",
        "sources: needs at least one entry",
    ),
    "a waiver has an unknown key": (
        lambda company: company.change("sample_data/waivers.yaml", "who:", "whom:"),
        "sample_data/waivers.yaml:2: 2 mistakes in this file",
        "entry 1.whom: unknown key; did you mean 'who'?",
    ),
    "waivers are indented askew": (
        written("sample_data/waivers.yaml", "- break: R101\n who: CFO\n"),
        "sample_data/waivers.yaml:2: 1 mistake in this file",
        "is this line, or the one above it, indented as its neighbours are?",
    ),
}

# What stands in the line of the config that is wrong, where the line is told.
AT = {
    "a key of the config is unknown": "horizn:",
    "a value of the config is of the wrong type": "horizon:",
    "a table is unknown": "table: aopp",
    "a source is named like no table": "  fx:",
    "a column is mapped that the table does not have": "ordre:",
    "values are mapped in a column that the table does not have": "suply:",
    "dates are written the way offices do": "TT.MM.JJJJ",
    "a source stands there twice": '  items:\n    files: "sample_data/{cycle}/customers.csv',
    "an account belongs to two lines": "revenue: [",
    "the config names no source": "sources:",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place_and_the_last_results_stand(
    case: str, company: Company, ask: Ask
) -> None:
    spoil, message, hint = REFUSED[case]
    spoil(company)
    before = company.left()
    said = ask("run")
    assert (said.code, said.out) == (2, "")
    assert said.errors.startswith(message.format(line=company.line(AT.get(case, ""))))
    assert hint in said.errors
    assert company.left() == before
    assert not company.path("sop.log").exists()


LACKING: dict[str, tuple[Break, str]] = {
    "only the header is there": (
        only_header,
        f"I302 {NOW}/rates.csv: no record was accepted: 0 read, 0 rejected, 0 excluded",
    ),
    "the decimal sign is another": (
        config('decimal: ","\n    dates', 'decimal: "."\n    dates'),
        "684 rejected, 0 excluded; line 2, Offener Wert: expected a number with decimal point, found '33.707,93'",
    ),
    "dates are written otherwise": (
        config('dates: "%d.%m.%Y"', 'dates: "%m/%d/%Y"'),
        "684 rejected, 0 excluded; line 2, Bestätigt: expected a date such as 11/30/2026, found '08.10.2026'",
    ),
    "months are written otherwise": (
        config('months: "%Y/%m"', 'months: "%m/%Y"'),
        f"I302 {NOW}/stock.tsv: no record was accepted: 1512 read, 1512 rejected, 0 excluded; line 2, Period: "
        "expected a month such as 11/2026, found '2026/04'",
    ),
    "it is last month's file": (
        last_months,
        f"I301 {NOW}/stock.tsv: expected month to reach 2026-10, the last closed month; the newest is 2026-09",
    ),
}


@pytest.mark.parametrize("case", LACKING)
def test_an_extract_without_this_cycles_records_stops_the_run(case: str, company: Company, ask: Ask) -> None:
    spoil, message = LACKING[case]
    spoil(company)
    before = company.left()
    said = ask("run")
    assert said.code == 5
    assert message in said.err
    changed = {name for name, value in company.left().items() if before.get(name) != value}
    assert changed
    assert all("1-ingested" in name for name in changed)


def test_every_missing_extract_of_a_cycle_is_named_at_once_and_no_folder_is_made(company: Company, ask: Ask) -> None:
    said = ask("run", "--cycle", "2027-03")
    assert said.code == 2
    assert said.errors.startswith("16 things are wrong with the extracts\n  sample_data/2027-03/shipments.csv: no such")
    assert said.errors.count("hint:") == 1
    assert "there is no folder sample_data/2027-03/; folders in sample_data/: 2026-09, 2026-10, 2026-11" in said.errors
    assert not company.path("cycles/2027-03").exists()


def test_status_still_answers_when_an_extract_has_gone(company: Company, ask: Ask) -> None:
    company.path(f"{NOW}/rates.csv").unlink()
    said = ask("status")
    assert said.code == 0
    assert f"stale: {NOW}/rates.csv: no such file" in said.out


def test_two_sources_that_give_the_same_records_count_them_once(company: Company, ask: Ask) -> None:
    header, first, *_ = company.path(f"{NOW}/items.csv").read_text().splitlines()
    company.path(f"{NOW}/more.csv").write_text("\n".join([header, first, first.replace("00101", "00999", 1)]))
    columns = "columns: {item: Material, policy: Strategy, supply: Procurement, site: Plant}"
    more = f"  more:\n    table: items\n    files: {NOW}/more.csv\n    {columns}\n"
    company.change("config.yaml", "  sites:\n", more + "  sites:\n")
    said = ask("ingest")
    assert said.code == 0
    assert f"warning I203 {NOW}/more.csv:2: same record as {NOW}/items.csv:2\n" in said.err


def test_an_item_in_two_families_keeps_the_first_and_is_told(company: Company, ask: Ask) -> None:
    path = company.path(f"{NOW}/items.csv")
    text = path.read_text().rstrip("\n").splitlines()
    path.write_text("\n".join([*text, text[1].replace("LAUNDRY", "PROCARE", 1)]) + "\n")
    said = ask("ingest")
    assert said.code == 0
    assert (
        f"warning I221 {NOW}/items.csv:{len(text) + 1}: same Material (00101) as {NOW}/items.csv:2, "
        "but here Family PROCARE instead of LAUNDRY\n"
    ) in said.err


@pytest.mark.parametrize(
    ("name", "column", "value", "message"),
    [
        ("standard-costs.csv", "Standard cost", "-5", "expected a number of 0 or more with decimal point, found '-5'"),
        ("rates.csv", "Rate", "0", "expected a number above 0 with decimal point, found '0'"),
        ("shipments.csv", "Qty", "9" * 25, f"expected a number, found '{'9' * 25}'"),
    ],
)
def test_a_number_that_cannot_be_is_rejected(
    name: str, column: str, value: str, message: str, company: Company, ask: Ask
) -> None:
    company.change_cell(f"{NOW}/{name}", 3, column, value)
    said = ask("ingest")
    assert said.code == 0
    assert f"warning I201 {NOW}/{name}:3 {column}: {message}" in said.err


def test_an_absurd_quantity_is_a_break_and_never_a_crash(company: Company, ask: Ask) -> None:
    company.change_cell(f"{NOW}/shipments.csv", 3, "Qty", "999999999999")
    said = ask("reconcile")
    assert said.code == 3
    assert re.search(r"error R103 .* - shipments [\d,]{15,} = -[\d,]{15,}, stock says ", said.err)


def test_a_gate_shut_by_thousands_names_a_few_and_says_where_the_rest_is(company: Company, ask: Ask) -> None:
    path = company.path("sample_data/history/production.csv")
    header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([header, *rows[-40:]]) + "\n", encoding="utf-8")
    said = ask("reconcile", "--quiet")
    assert said.code == 3
    lines = said.err.splitlines()
    assert len(lines) == 11
    assert lines[-1].endswith("more in 2-reconciled/findings.csv")
    assert ask("status").out.count("reconcile: ") == 11


def test_waivers_of_no_bytes_waive_nothing(company: Company, ask: Ask) -> None:
    company.path("sample_data/waivers.yaml").write_bytes(b"")
    assert ask("reconcile").code == 3


def test_a_waiver_that_misses_is_told_with_the_break_it_may_mean(company: Company, ask: Ask) -> None:
    company.change("sample_data/waivers.yaml", "R101/LAUNDRY/2026-08", "R101/LAUNDRY/2026-8")
    said = ask("reconcile")
    assert said.code == 3
    assert (
        "warning R401 waivers.yaml: CFO waives R101/LAUNDRY/2026-8, which is not broken in this cycle; "
        "did CFO mean R101/LAUNDRY/2026-08?" in said.err
    )


@pytest.mark.parametrize("mend", [lambda raw: raw.replace(b"\n", b"\r\n"), lambda raw: b"\xef\xbb\xbf" + raw])
def test_a_config_saved_on_windows_says_the_same(mend: Callable[[bytes], bytes], company: Company, ask: Ask) -> None:
    company.path("config.yaml").write_bytes(mend(company.path("config.yaml").read_bytes()))
    assert ask("run").code == 0
    company.change("config.yaml", "horizon", "horizn")
    assert "config.yaml:8:1: horizn: unknown key" in ask("run").errors


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("run", "--cycle", "2026-13"),
            "a cycle is a month, expected e.g. 2026-11, found '2026-13'",
            "--cycle 2026-11",
        ),
        (("rnu",), "No such command 'rnu'. Did you mean 'run'?", "sop --help"),
        (("run", "--cylce", "2026-11"), "No such option: --cylce", "sop run --help"),
        (("run", "--format", "xml"), "Invalid value for '--format': 'xml' is not one of 'text', 'json'.", "--help"),
        (("run", "-c", "none.yaml"), "there is no config at none.yaml", "sop init --sample"),
        (("explain", "R999"), "nothing here is called 'R999'", "a rule: sop explain R101"),
    ],
)
def test_a_command_line_that_is_wrong_is_told_how_it_goes(
    words: tuple[str, ...], message: str, hint: str, ask: Ask
) -> None:
    said = ask(*words)
    assert (said.code, said.out) == (2, "")
    assert said.errors.startswith(message)
    assert f"hint: {hint}" in said.errors or hint in said.errors
