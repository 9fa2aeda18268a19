from collections.abc import Callable

import pytest

from sop_cli.schemas.grid import Grid
from sop_cli.stages.ingest.table.table import find_table

# Text, header rows, first and last record, rows outside the table that are not blank.
LAYOUTS = {
    "particulars with numbers stand above a header over two columns": (
        "Interval,0.004\nSource,CH1\nUnit,V\n\nTime,CH1\n0.0,1.25\n0.1,1.31\n0.2,1.28\n",
        (5,),
        (6, 8),
        [1, 2, 3],
    ),
    "a first record of words over codes is no second header row": (
        "ID,DESCRIPTION,LEVEL\n#,Unassigned,Total\nM-01,Bike,ZGOODS1\nM-02,Fork,ZGOODS1\nM-03,Bell,ZGOODS2\n",
        (1,),
        (2, 5),
        [],
    ),
    "nor are several of them": (
        "ID,DESCRIPTION,LEVEL\nCF_A,Cash,CF_C\nCF_B,Depreciation,CF_C\nF1/016,Income,F1/09\nF1/017,Cost,F1/09\n"
        "F1/018,Tax,F1/09\nF1/019,Rent,F1/09\n",
        (1,),
        (2, 7),
        [],
    ),
    "a first record that says open where the others have a number is a record": (
        "Item,Site,Qty\nA,X,open\nB-1,Y,5\nC-1,X1,7\nD-1,Y,9\n",
        (1,),
        (2, 5),
        [],
    ),
    "a first record of numbers in even steps is a record": (
        "Item,Jan,Feb,Mar\nA,10,20,30\nB,15,22,31\nC,18,22,33\n",
        (1,),
        (2, 4),
        [],
    ),
    "one of years that follow each other too": (
        "Item,From,To\nA,2023,2024\nB,2020,2024\nC,2019,2025\n",
        (1,),
        (2, 4),
        [],
    ),
    "and one of numbers that follow each other below two header rows": (
        "Region,Sales,,Cost,\n,2024,2025,2024,2025\nN,5,6,7,8\nS,5,7,8,9\nE,4,4,4,4\n",
        (1, 2),
        (3, 5),
        [],
    ),
    "numbers alone have no header": (
        "1,2,3\n2,4,6\n3,6,9\n4,8,12\n",
        (),
        (1, 4),
        [],
    ),
    "a lone cell like the title, but for its number, is none": (
        "Plant 1000,,\n\nItem,Qty,Note\nA,5,x\n\nPlant 2000,,\nB,6,y\nC,7,z\n",
        (3,),
        (4, 8),
        [1],
    ),
    "numbers of weeks run across": (
        "Item,45,46,47,48\nA,5,6,8,1\nB,6,7,8,1\nC,4,4,4,1\n",
        (1,),
        (2, 4),
        [],
    ),
    "questions below their numbers are header too where the first cell is empty": (
        "Respondent,Q1,Q2\n,How satisfied are you?,Would you come again?\nR1,4,Yes\nR2,2,No\nR3,5,Yes\n",
        (1, 2),
        (3, 5),
        [],
    ),
    "a line of particulars that goes on beyond the table is a title": (
        "TOA5,CR1000,1234,Std.24,CPU,555\nTIMESTAMP,RECORD,Temp\nTS,RN,Deg C\n,Smp,Avg\n"
        "2013-06-01 00:00,0,20.5\n2013-06-01 01:00,1,20.1\n2013-06-01 02:00,2,20.7\n",
        (2, 3, 4),
        (5, 7),
        [1],
    ),
    "notes follow the last record without a gap": (
        "County,Jobs,Rate\nAdams,120,4.1\nAllen,311,5.0\nFor further information: jobs@example.org\nCrown copyright\n",
        (1,),
        (2, 3),
        [4, 5],
    ),
    "a report has a title, a date and years across": (
        "QUARTERLY REPORT,,,\non 31.03.2014,,,\n,,,\nLand,2011,2012,2013\nAruba,1.5,2.0,-1\nBenin,2.5,1.0,0.4\n",
        (4,),
        (5, 6),
        [1, 2],
    ),
    "sections of an instrument come before its data": (
        "[Header]\nVersion,4\nInvestigator,Jane\n[Data]\nSample,Index,Reads\nS1,A001,120\nS2,A002,140\nS3,A003,90\n",
        (5,),
        (6, 8),
        [1, 2, 3, 4],
    ),
}


@pytest.mark.parametrize(("text", "header", "records", "outside"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_table_is_found_where(
    csv: Callable[..., Grid], text: str, header: tuple[int, ...], records: tuple[int, int], outside: list[int]
) -> None:
    found = find_table(csv(text))
    assert found.header_rows == header
    assert (found.first_row, found.last_row) == records
    assert found.outside.filter(found.outside["reason"] != "blank")["row"].to_list() == outside


def test_a_sap_list_is_read_without_its_lines_its_pages_and_the_total_marked_by_stars(csv: Callable[..., Grid]) -> None:
    text = (
        "Bestandsliste Werk 1000   Seite: 1\n\n;Material;Bestand;ME;Wert\n----------------------------\n"
        ";000010;1.200,00;ST;2.400,00\n;000020;5,00-;ST;10,00-\n"
        "Bestandsliste Werk 1000   Seite: 2\n\n;Material;Bestand;ME;Wert\n;000030;7,00;ST;14,00\n*;;;;2.404,00\n"
    )
    grid = csv(text, ";")
    found = find_table(grid)
    assert found.header_rows == (3,)
    assert found.records(grid)["row"].to_list() == [5, 6, 10]
    assert found.totals.select("value", "adds_up").rows() == [("2.404,00", True)]
    assert [remark.code for remark in found.told(grid)] == ["I111", "I116"]
