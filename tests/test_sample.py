import statistics
from pathlib import Path

import pandas as pd
import pytest

import esrdata
from esrdata.errors import StoreError, UsageError
from esrdata.knowledge import load
from esrdata.samples.maker import _code, write
from esrdata.samples.prose import Prose
from esrdata.samples.shapes import SHAPES


def test_the_same_seed_gives_the_same_files(tmp_path):
    first = write(tmp_path / "a", projects=12, short=True, seed=7)
    again = write(tmp_path / "b", projects=12, short=True, seed=7)
    other = write(tmp_path / "c", projects=12, short=True, seed=8)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]
    assert [p.read_bytes() for p in first] != [p.read_bytes() for p in other]


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["txt", "html"])
@pytest.mark.parametrize("form", [*load.form_names(), "mixed"])
def test_every_document_reads_and_says_that_it_is_synthetic(tmp_path, form, format_):
    written = write(tmp_path, projects=30, short=True, form=form, format=format_)
    assert [path.suffix for path in written] == [f".{format_}"] * 30
    portfolio = esrdata.read(tmp_path)
    assert len(portfolio) == 30
    assert portfolio.issues.empty
    assert (portfolio.files["lines"] == portfolio.files["lines_accounted"]).all()
    assert portfolio.projects["name"].str.endswith("(synteettinen)").all()
    told = portfolio.narratives.query("section == 'summary'")["text"]
    assert told.str.contains("synteettinen esimerkkihanke, jota ei ole olemassa").all()
    forms = set(portfolio.projects["form"])
    assert forms == (set(load.form_names()) if form == "mixed" else {form})


@pytest.mark.slow
def test_the_money_is_plausible(tmp_path):
    write(tmp_path, projects=200, short=True, seed=1)
    overview = esrdata.read(tmp_path).overview()
    absorption = overview["public_total_absorption"]
    assert statistics.median(overview["eu_and_state_planned"]) == pytest.approx(270_000, rel=0.02)
    assert absorption.median() == pytest.approx(0.98, abs=0.005)
    assert (absorption < 0.8).mean() == pytest.approx(0.06, abs=0.005)
    assert absorption.min() < 0.5


def test_no_two_of_the_most_projects_have_one_code_and_a_form_reads_each():
    codes = [_code(number) for number in range(49_999)]
    assert (codes[0], codes[9_998], codes[9_999], codes[-1]) == (
        "S90001", "S99999", "S90000", "S50001"
    )  # fmt: skip
    assert len(set(codes)) == 49_999
    assert {len(code) for code in codes} == {6}


@pytest.mark.parametrize("there", ["S90003.txt", "projektilista-2007-2013-synthetic.csv"])
def test_a_file_of_somebody_is_not_written_over(tmp_path, there):
    (tmp_path / there).write_text("Hankekoodi: S90003\n\nOma hanke\n", encoding="utf-8")
    format_ = there.rpartition(".")[2]
    with pytest.raises(StoreError, match=f"{there} is there already and is not of a sample"):
        write(tmp_path, projects=5, format=format_)
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert "Oma hanke" in (tmp_path / there).read_text(encoding="utf-8")


def test_a_link_is_not_written_through(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "S90001.txt").symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(StoreError, match=r"S90001\.txt"):
        write(tmp_path / "in", projects=1)
    assert not (tmp_path / "elsewhere.txt").exists()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sample_is_written_over_a_sample(tmp_path, shape):
    write(tmp_path, projects=2, seed=1, short=True, shape=shape)
    before = (tmp_path / "S90001.txt").read_bytes()
    write(tmp_path, projects=2, seed=2, short=True, shape=shape)
    assert (tmp_path / "S90001.txt").read_bytes() != before


def test_wrong_use_is_one_sentence(tmp_path):
    with pytest.raises(UsageError, match="There is no form 'eura1999'; the nearest is 'eura2014'"):
        write(tmp_path, form="eura1999")
    with pytest.raises(UsageError, match="not written as 'docx'"):
        write(tmp_path, format="docx")
    with pytest.raises(UsageError, match="at most 49,999 projects"):
        write(tmp_path / "many", projects=50_000)
    assert not (tmp_path / "many").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Cannot write the folder"):
        write(tmp_path / "file", projects=1, short=True)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_portfolio_in_any_shape_reads_the_same(tmp_path, shape):
    write(tmp_path / "plain", projects=8, short=True, seed=5)
    write(tmp_path / "shape", projects=8, short=True, seed=5, shape=shape)
    plain, shaped = esrdata.read(tmp_path / "plain"), esrdata.read(tmp_path / "shape")
    assert shaped.issues.empty
    assert (shaped.files["lines"] == shaped.files["lines_accounted"]).all()
    for table in ("funding", "indicators", "locations", "partners", "horizontal"):
        assert shaped.tables[table].equals(plain.tables[table]), table
    dropped = ["source"]
    assert shaped.projects.drop(columns=dropped).equals(plain.projects.drop(columns=dropped))
    scores = ["project_code", "criterion", "direct", "indirect"]
    assert shaped.sustainability[scores].equals(plain.sustainability[scores])
    texts = plain.narratives["text"].str.split()
    assert shaped.narratives["text"].str.split().tolist() == texts.tolist()


def test_a_shape_of_no_text_is_refused(tmp_path):
    with pytest.raises(UsageError, match="There is no shape 'wrapped' of html"):
        write(tmp_path, format="html", shape="wrapped")


def test_a_list_of_each_period_reads_like_its_descriptions(tmp_path):
    lists = write(tmp_path / "lists", projects=40, short=True, seed=3, format="csv")
    assert [path.name for path in lists] == [
        "projektilista-2007-2013-synthetic.csv",
        "projektilista-2014-2020-synthetic.csv",
    ]
    assert '"' not in lists[0].read_text(encoding="utf-8")
    write(tmp_path / "pages", projects=40, short=True, seed=3)
    listed, read = esrdata.read(tmp_path / "lists"), esrdata.read(tmp_path / "pages")
    assert set(listed.issues["code"]) <= {"list_row_repaired"}
    columns = ["project_code", "name", "priority_axis", "authority", "status_code", "end_date"]
    same = [t.projects[columns].sort_values("project_code") for t in (listed, read)]
    assert same[0].reset_index(drop=True).equals(same[1].reset_index(drop=True))
    keys = ["project_code", "measure", "stage"]
    sums = [t.funding.sort_values(keys).reset_index(drop=True) for t in (listed, read)]
    assert sums[0].equals(sums[1])


@pytest.mark.parametrize("form", load.form_names())
def test_narratives_are_as_long_as_real_ones_and_state_what_is_found(tmp_path, form):
    written = write(tmp_path, projects=6, form=form)
    portfolio = esrdata.read(written)
    assert len(portfolio) == 6
    assert not (portfolio.issues["severity"] == "error").any()
    texts = portfolio.narratives.groupby("project_code")["text"].agg("".join)
    assert texts.str.len().between(8_000, 16_000).all()
    assert len(portfolio.claims) > 6 * 10
    assert {"people", "organisations", "money", "share"} <= set(portfolio.claims["kind"])


def test_the_facts_are_the_same_short_and_long(tmp_path):
    portfolios = [
        esrdata.read(write(tmp_path / str(short), projects=8, short=short))
        for short in (True, False)
    ]
    for table in ("projects", "funding", "indicators", "sustainability"):
        one, other = (
            p.tables[table].drop(columns=["source", "justification"], errors="ignore")
            for p in portfolios
        )
        pd.testing.assert_frame_equal(one, other)


def test_words_are_as_many_as_in_real_ones():
    words = {
        word
        for i in range(300)
        for word in Prose(f"S{i}").narrative(10_000, realised=i % 2 == 0).casefold().split()
    }
    assert len(words) > 20_000


def test_a_sample_that_is_cut_off_leaves_no_half_file(tmp_path, monkeypatch):
    written = []

    def full(path, data):
        path.open("wb").write(data[:100])
        written.append(path.name)
        # The first page has room, the second has not.
        if len(written) > 1 or path.suffix == ".csv":
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        for format_ in ("txt", "csv"):
            written.clear()
            with pytest.raises(StoreError, match="No space left"):
                write(tmp_path, projects=2, short=True, format=format_)
    assert list(tmp_path.iterdir()) == []
    assert len(write(tmp_path, projects=2, short=True)) == 2
