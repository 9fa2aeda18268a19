from sop_cli.schemas.chart import of_chart


def test_a_beginning_stands_for_all_accounts_that_begin_so() -> None:
    assert of_chart({"revenue": ["40*"], "cogs": ["5000"]}, ["4000", "4010", "4100", "5000"]) == {
        "revenue": ["4000", "4010"],
        "cogs": ["5000"],
    }


def test_an_account_is_in_one_line_only_the_one_that_names_most_of_it() -> None:
    chart = {"revenue": ["4*"], "fines": ["49*"], "spot": ["4990"]}
    assert of_chart(chart, ["4000", "4900", "4990"]) == {"revenue": ["4000"], "fines": ["4900"], "spot": ["4990"]}


def test_a_beginning_that_no_account_has_stays_as_it_is_to_be_told() -> None:
    assert of_chart({"revenue": ["4*", "8*"]}, ["4000"]) == {"revenue": ["4000", "8*"]}
    assert of_chart({"revenue": ["40*"]}, []) == {"revenue": ["40*"]}
