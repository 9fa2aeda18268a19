"""config.yaml is read to the letter, and every mistake has its line."""

from pathlib import Path

import pytest

from sop_cli.config.load import load_config
from sop_cli.errors import SopError

GOOD = "company: Toy\ncurrency: EUR\nsources:\n  items:\n    files: extracts/{cycle}/items.csv\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(folder: Path, text: str | bytes) -> SopError:
    with pytest.raises(SopError) as caught:
        load_config(written(folder, text))
    assert caught.value.code == 2
    return caught.value


def test_a_good_config_is_loaded_with_its_folder_and_defaults(tmp_path: Path) -> None:
    loaded = load_config(written(tmp_path, GOOD))
    assert loaded.base == tmp_path
    assert loaded.config.horizon == 18
    assert loaded.config.sources["items"].files == ["extracts/{cycle}/items.csv"]


@pytest.mark.parametrize("given", ["family", "[family]"])
def test_one_column_to_fill_down_needs_no_list(tmp_path: Path, given: str) -> None:
    loaded = load_config(written(tmp_path, GOOD + f"    fill_down: {given}\n"))
    assert loaded.config.sources["items"].fill_down == ["family"]


@pytest.mark.parametrize("word", ["NO", "007", "2026-02-30", "1e3", "1:30", "on", "1.10"])
def test_words_that_yaml_takes_for_something_else_stay_as_written(tmp_path: Path, word: str) -> None:
    assert load_config(written(tmp_path, GOOD.replace("Toy", word))).config.company == word


def test_account_numbers_need_no_quotes_and_keep_their_zeros(tmp_path: Path) -> None:
    loaded = load_config(written(tmp_path, GOOD + "ledger:\n  revenue: [0400, 4010]\n  cogs: 0500\n"))
    assert loaded.config.ledger.revenue == ["0400", "4010"]
    assert loaded.config.ledger.cogs == ["0500"]


def test_an_unknown_key_names_its_line_and_the_key_that_was_meant(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD + "    encodng: cp1252\n")
    assert problem.line == 6
    assert f"{tmp_path / 'config.yaml'}:6:5: sources.items.encodng: unknown key; did you mean 'encoding'?" in str(
        problem
    )


def test_an_unknown_key_unlike_any_other_lists_the_known_ones(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD + "budget:\n  zzz: 1\n")
    assert ":7:3: budget.zzz: unknown key; known here: approved, proposed" in str(problem)


def test_a_value_of_the_wrong_type_shows_what_was_found(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD + "horizon: lots\n")
    assert problem.line == 6
    assert ":6:10: horizon: should be a whole number" in str(problem)
    assert "(got 'lots')" in str(problem)


def test_every_mistake_is_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD + "horizon: 99\ncycle: 2026-13\nledgr: {}\n")
    lines = str(problem).splitlines()
    assert lines[0].endswith("config.yaml:6: 3 mistakes in this file")
    assert [line.split("config.yaml:")[1].split(":")[0] for line in lines[1:]] == ["6", "7", "8"]


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD + "company: Other\n")
    assert ":6:1: key 'company' stands here twice, first in line 1" in str(problem)


def test_a_missing_key_points_at_the_group_it_belongs_to(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD.replace("    files: extracts/{cycle}/items.csv\n", "    header: 2\n"))
    assert "sources.items.files: this key is missing" in str(problem)
    assert problem.line == 4


def test_a_group_whose_entries_are_all_comments_names_them(tmp_path: Path) -> None:
    text = "company: A\ncurrency: EUR\nsources:\n\n  # missing: site\n  # items:\n  #   files: a.csv\n  #\n"
    error = str(refused(tmp_path, text + "  # stock:\n# ledger:\nbudget: {approved: AOP}\n"))
    assert (
        "sources: has no value; complete what stands below it as a comment and take the # away: items, stock" in error
    )
    assert "or remove the key" not in error


def test_a_required_key_without_value_is_not_to_be_removed(tmp_path: Path) -> None:
    error = str(refused(tmp_path, "company:\ncurrency: EUR\nsources: {items: {files: a.csv}}\n"))
    assert "company: has no value, and is required: give it one" in error


def test_a_key_without_value_says_so(tmp_path: Path) -> None:
    assert ":6:13: materiality: has no value" in str(refused(tmp_path, GOOD + "materiality:\n"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("company: Toy\n\tcurrency: EUR\n", ":2:1: indented with a tab; YAML wants spaces"),
        ("company: Toy: and sons\n", ":1:13: a second colon on this line"),
        (b"company: Toy\ncurrency: \x80\n", ":2:11: byte 0x80 is not UTF-8"),
        ("- Toy\n- EUR\n", "should be a group of keys (got a list of 2)"),
        ("company: !env TOY\ncurrency: EUR\nsources: {}\n", ":1:10: tag '!env' is not understood"),
        ("company: &a [*a]\ncurrency: EUR\nsources: {}\n", "an alias that contains itself"),
        ("# nothing yet\n", "is empty"),
        ("a: 1\n---\nb: 1\n", "expected a single document"),
    ],
)
def test_a_file_that_is_not_a_config_says_why(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in str(refused(tmp_path, text))


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).config.company == "Toy"


def test_a_missing_config_says_how_to_start(tmp_path: Path) -> None:
    with pytest.raises(SopError) as caught:
        load_config(tmp_path / "config.yaml")
    assert "sop init --sample" in caught.value.hint


def test_only_the_part_that_changed_has_another_hash(tmp_path: Path) -> None:
    before = load_config(written(tmp_path, GOOD))
    after = load_config(written(tmp_path, "# a remark\n" + GOOD + "plan:\n  frozen: 2\n"))
    parts = ("sources", "plan")
    assert before.document.text_hash != after.document.text_hash
    assert before.part_hashes(*parts)["config: sources"] == after.part_hashes(*parts)["config: sources"]
    assert before.part_hashes(*parts)["config: plan"] != after.part_hashes(*parts)["config: plan"]


@pytest.mark.parametrize("months", ["P%m/%Y", "Q%q %y", "%G-W%V", "excel", "excel-1904", "M%m"])
def test_periods_quarters_weeks_and_serials_are_ways_of_writing_a_month(tmp_path: Path, months: str) -> None:
    source = load_config(written(tmp_path, GOOD + f'    months: "{months}"\n    year: 2027\n')).config.sources["items"]
    assert (source.months, source.year) == (months, 2027)


def test_how_a_file_is_written_is_found_out_unless_it_is_declared(tmp_path: Path) -> None:
    source = load_config(written(tmp_path, GOOD)).config.sources["items"]
    assert (source.decimal, source.dates, source.months, source.year) == (None, None, None, None)


def test_aliases_of_aliases_that_make_millions_of_values_are_refused_with_their_line_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 9)]
    problem = refused(tmp_path, GOOD + "\n".join(lines))
    assert ":11:5: aliases make more than 100,000 values of it; write out what is meant" in str(problem)


def test_plain_anchors_and_large_maps_stay_allowed(tmp_path: Path) -> None:
    words = "".join(f"        w{at}: item-{at}\n" for at in range(60_000))
    text = GOOD + f"    values:\n      item: &words\n{words}  sites:\n    files: s.csv\n    values: {{site: *words}}\n"
    loaded = load_config(written(tmp_path, text))
    assert loaded.config.sources["sites"].values["site"] == loaded.config.sources["items"].values["item"]


def test_a_file_of_nothing_but_a_tag_is_not_called_empty(tmp_path: Path) -> None:
    problem = refused(tmp_path, "!!python/object/apply:os.system ['true']\n")
    assert ":1:1: tag 'tag:yaml.org,2002:python/object/apply:os.system' is not understood" in str(problem)


@pytest.mark.parametrize("given", ["../out", "linked", "/tmp"])
def test_registers_that_lie_outside_the_folder_of_the_config_are_refused(tmp_path: Path, given: str) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (tmp_path / "out").mkdir()
    (base / "linked").symlink_to(tmp_path / "out")
    problem = refused(base, GOOD + f"registers: {given}\n")
    assert ":6:12: registers: leads out of the folder of the config" in str(problem)


@pytest.mark.parametrize("name", ["corrections.csv", "waivers.yaml"])
def test_a_register_that_is_a_link_out_of_the_folder_is_refused_and_one_within_it_is_read(
    tmp_path: Path, name: str
) -> None:
    base = tmp_path / "base"
    base.mkdir()
    for target in (tmp_path / name, base / f"kept-{name}"):
        target.write_text("")
        (base / name).unlink(missing_ok=True)
        (base / name).symlink_to(target)
        if target.parent == base:
            assert load_config(written(base, GOOD)).registers == base
        else:
            assert "the link leads out of the folder of the config" in str(refused(base, GOOD))


def test_files_that_name_no_file_are_refused_in_the_config(tmp_path: Path) -> None:
    problem = refused(tmp_path, GOOD.replace("extracts/{cycle}/items.csv", '""'))
    assert ":5:5: sources.items.files" in str(problem)
    assert "should name a file, e.g. 'extracts/{cycle}/shipments.csv'" in str(problem)
