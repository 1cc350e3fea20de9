"""A part of a report that fails is a finding; the rest of the pack is whole."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from pages import eura2014_page

import esrdata
from esrdata import Portfolio, StoreError
from esrdata.present import charts, pack, report
from esrdata.present.chapters import (
    findings,
    material,
    money,
    people,
    plausibility,
    principles,
    time,
)
from esrdata.present.charts import describe
from esrdata.present.evidence import pages
from esrdata.present.model import Column, Figure, Section, Table
from esrdata.present.word import document
from esrdata.tables import store

# Whole reports, each of which fails somewhere.
pytestmark = pytest.mark.slow

GOOD, BAD = "S20001", "S20006"


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Two projects; no test changes their tables."""
    source = tmp_path_factory.mktemp("source")
    (source / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    (source / "b.txt").write_text(eura2014_page().replace(GOOD, BAD), encoding="utf-8")
    return esrdata.read(source)


@pytest.fixture(scope="module", autouse=True)
def short() -> Iterator[None]:
    """A report of few chapters, which is soon made."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        leave_out_chapters(monkeypatch)
        yield


def leave_out_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (material, money, people, plausibility, principles, time, findings):
        for name in ("glance", "absorption", "participants", "indicators", "stated",
                     "sustainability", "horizontal", "time", "plausibility", "conflicts",
                     "method"):  # fmt: skip
            if callable(getattr(module, name, None)):
                monkeypatch.setattr(module, name, nothing(name))


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two figures in a chapter, by their keys."""
    frame = pd.DataFrame({"group": ["A"], "n": [1]})

    def draw() -> object:
        ax = plt.subplots()[1]
        words = describe.Words("A picture", "")
        describe.keep([ax], describe.About("horizontal_answers", frame, lambda _: words, frame))
        return ax

    def funding(maker: object) -> Section:
        parts = [Figure(key, key.title(), draw) for key in ("one", "two")]
        return Section("funding", "Planned and actual funding", parts=parts)

    monkeypatch.setattr(money, "funding", funding)
    return ["one", "two"]


def nothing(name: str) -> Callable[..., None]:
    def chapter(maker: object) -> None:
        return None

    chapter.__name__ = name
    return chapter


def failing(kind: type[Exception]) -> Callable[..., object]:
    def fail(*args: object, **kwargs: object) -> object:
        raise kind("secret")

    return fail


def failed(out: Path) -> list[tuple[str | None, str]]:
    """Project and part of what the saved findings say of the report."""
    issues = esrdata.load(out).issues
    rows = issues[issues["code"] == "part_failed"]
    assert rows["file"].isna().all()
    assert not rows["raw"].str.contains("secret").any()
    plain = rows["project_code"].astype(object).where(rows["project_code"].notna(), None)
    return [
        (project, raw.partition(":")[0]) for project, raw in zip(plain, rows["raw"], strict=True)
    ]


def whole(out: Path, *missing: str) -> str:
    """The page of a pack that has all its files but these."""
    assert {"report.html", "report.docx", "report.xlsx"} - set(missing) == {
        path.name for path in out.glob("report.*") if path.suffix != ".json"
    }
    assert "part_failed" in (out / "failures.log").read_text(encoding="utf-8")
    assert not list(out.parent.glob(".*"))
    page = out / "report.html"
    return page.read_text(encoding="utf-8") if page.is_file() else ""


#: Chapters that fail in one report, each in a way of its own, and what they are called in it.
FAILING = {
    "funding": (money, RecursionError, "Funding"),
    "absorption": (money, MemoryError, "Utilisation rate"),
    "participants": (people, KeyError, "Participants"),
    "indicators": (people, esrdata.UsageError, "Other indicators"),
}


@pytest.fixture(scope="module")
def without_chapters(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in which these chapters failed."""
    out = tmp_path_factory.mktemp("failing") / "out"
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, (module, kind, _) in FAILING.items():
            fail = failing(kind)
            fail.__name__ = name
            monkeypatch.setattr(module, name, fail)
        report.write(portfolio, out, lang="en")
    return out


def quoted(name: str) -> str:
    return f"chapter {name}: {FAILING[name][1].__name__} < test_report_guard.py:"


def test_chapters_that_fail_are_findings_each(without_chapters: Path) -> None:
    assert failed(without_chapters) == [(None, f"chapter {name}") for name in FAILING]
    page = whole(without_chapters)
    # A kind of finding has three examples on the page.
    shown = [name for name in FAILING if quoted(name).replace("<", "&lt;") in page]
    assert shown == ["funding", "absorption", "participants"]
    assert 'id="findings"' in page


@pytest.mark.parametrize("name", FAILING)
def test_a_chapter_that_fails_leaves_the_others(without_chapters: Path, name: str) -> None:
    title = FAILING[name][2]
    assert f"The part “{title}” is missing because the program failed" in whole(without_chapters)
    issues = esrdata.load(without_chapters).issues
    assert issues["raw"].str.startswith(quoted(name), na=False).sum() == 1


def test_a_figure_that_fails_leaves_the_others(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: list[str]
) -> None:
    real = charts.save

    def save(ax: object, path: Path, **more: object) -> object:
        if path.name == figures[0]:
            raise ZeroDivisionError("secret")
        return real(ax, path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "save", save)
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    assert failed(tmp_path / "out") == [(None, f"figure {figures[0]}")]
    assert sorted(p.stem for p in (tmp_path / "out/figures").glob("*.svg")) == figures[1:]
    assert whole(tmp_path / "out").count("<img") == len(figures) - 1


def test_a_table_that_cannot_be_written_leaves_the_others(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Table("odd", "Odd table", [Column("a", "A", "date")], pd.DataFrame({"a": ["no date"]}))
    even = Table("even", "Even table", [Column("a", "A")], pd.DataFrame({"a": ["kept"]}))

    def funding(maker: object) -> Section:
        return Section("funding", "Planned and actual funding", parts=[odd, even])

    monkeypatch.setattr(money, "funding", funding)
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    assert failed(tmp_path / "out") == [(None, "table odd")]
    page = whole(tmp_path / "out")
    assert "The part “Odd table” is missing" in page
    assert "<td>kept</td>" in page or "kept</th>" in page
    words = [p.text for p in docx.Document(str(tmp_path / "out/report.docx")).paragraphs]
    assert any("The part “Odd table” is missing" in text for text in words)
    book = openpyxl.load_workbook(tmp_path / "out/report.xlsx")
    heads = [str(sheet["A1"].value) for sheet in book if sheet.title.startswith("Table")]
    assert not any("Odd" in head for head in heads)
    assert sum("Even" in head for head in heads) == 1


@pytest.mark.slow
def test_a_table_with_the_name_of_a_figure_does_not_fail_with_another(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: list[str]
) -> None:
    drawn = money.funding(None)  # type: ignore[arg-type]
    odd = Table("odd", "Odd table", [Column("a", "A", "date")], pd.DataFrame({"a": ["no date"]}))
    same = Table(figures[0], "Even table", [Column("a", "A")], pd.DataFrame({"a": ["kept"]}))

    def funding(maker: object) -> Section:
        return Section("funding", "Planned and actual funding", parts=[*drawn.parts, odd, same])

    monkeypatch.setattr(money, "funding", funding)
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    assert failed(tmp_path / "out") == [(None, "table odd")]


def test_an_evidence_page_that_fails_leaves_the_others(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pages.Pages.page

    def page(self: pages.Pages, code: str) -> str:
        if code == BAD:
            raise IndexError("secret")
        return real(self, code)

    monkeypatch.setattr(pages.Pages, "page", page)
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    assert failed(tmp_path / "out") == [(BAD, "evidence")]
    assert [p.name for p in (tmp_path / "out/evidence").iterdir()] == [f"{GOOD}.html"]
    assert f'href="evidence/{GOOD}.html"' in whole(tmp_path / "out")
    assert f'href="evidence/{BAD}.html"' not in whole(tmp_path / "out")


def test_a_writer_that_fails_costs_its_file(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document._Report, "front", failing(AttributeError))
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    found = failed(tmp_path / "out")
    assert (None, "report.docx") in found
    whole(tmp_path / "out", "report.docx")


def test_no_former_file_stands_for_a_part_that_fails(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: list[str]
) -> None:
    out = tmp_path / "out"
    report.write(portfolio, out, lang="en", explorer=False)
    former = ["report.docx", f"figures/{figures[0]}.svg", f"evidence/{BAD}.html", "funding.csv"]
    assert [name for name in former if not (out / name).is_file()] == []
    others = ["notes.docx", f"figures/{figures[0]}-notes.svg", "evidence/map.html"]
    for name in others:
        (out / name).write_text("from before", encoding="utf-8")
    real_save, real_page, real_csv = charts.save, pages.Pages.page, store.write_csv

    def save(ax: object, path: Path, **more: object) -> object:
        if path.name == figures[0]:
            raise ZeroDivisionError("secret")
        return real_save(ax, path, **more)  # type: ignore[arg-type]

    def page(self: pages.Pages, code: str) -> str:
        if code == BAD:
            raise IndexError("secret")
        return real_page(self, code)

    def write_csv(table: pd.DataFrame, path: Path) -> None:
        if path.name == "funding.csv":
            raise ValueError("secret")
        real_csv(table, path)

    monkeypatch.setattr(charts, "save", save)
    monkeypatch.setattr(pages.Pages, "page", page)
    monkeypatch.setattr(store, "write_csv", write_csv)
    monkeypatch.setattr(document._Report, "front", failing(AttributeError))
    # Of a portfolio of its own: what the first report made is kept.
    report.write(copy.deepcopy(portfolio), out, lang="en", explorer=False)
    assert [name for name in former if (out / name).exists()] == []
    assert [name for name in others if not (out / name).exists()] == []


def test_a_full_disk_is_no_fault_of_a_part(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: list[str]
) -> None:
    report.write(portfolio, tmp_path / "out", lang="en", explorer=False)
    before = (tmp_path / "out/report.html").read_bytes()

    def full(*args: object, **kwargs: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(charts, "save", full)
    with pytest.raises(StoreError, match="No space left on device"):
        report.write(portfolio, tmp_path / "out", lang="sv")
    assert (tmp_path / "out/report.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_without_parts_a_chapter_raises(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(money, "funding", failing(LookupError))
    with pytest.raises(LookupError):
        pack.content(portfolio, lang="en")


def test_figures_are_told_from_tables() -> None:
    from esrdata.present.parts import name_of

    assert name_of(Figure("a", "A", lambda: None)) == "figure a"
    assert name_of(Table("a", "A", [], pd.DataFrame())) == "table a"
