"""Every file of `attacks.py` in one batch: each ends as a finding or is read, the rest is whole."""

import sys
import time
from pathlib import Path

import pytest
from attacks import attacks
from pages import eura2014_page

import esrdata

#: No attack makes a table of more bytes, and none takes longer in seconds of the processor.
MEMORY, SECONDS = 600 * 2**20, 20
GOOD = ("S20777", "S20778")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[esrdata.Portfolio, dict[str, float]]:
    folder = tmp_path_factory.mktemp("attacks")
    for n, (name, data) in enumerate(attacks()):
        (folder / f"{n:03}_{name}").write_bytes(data())
    for name, code in zip(("000.txt", "zzz.txt"), GOOD, strict=True):
        page = eura2014_page().replace("S20001", code)
        (folder / name).write_text(page, encoding="utf-8")
    spent: dict[str, float] = {}
    last = time.process_time()

    def note(done: int, total: int, path: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[Path(path).name], last = now - last, now

    return esrdata.read(folder, progress=note), spent


def test_every_attack_is_read_or_a_finding(
    batch: tuple[esrdata.Portfolio, dict[str, float]],
) -> None:
    portfolio, spent = batch
    assert len(spent) == len(list(attacks())) + 2
    files = portfolio.files
    found = set(portfolio.issues["file"].dropna())
    silent = files[(files["status"] != "read") & ~files["file"].isin(found)]
    assert list(silent["file"]) == []


def test_the_rest_of_the_batch_is_whole(batch: tuple[esrdata.Portfolio, dict[str, float]]) -> None:
    portfolio, _ = batch
    assert set(GOOD) <= set(portfolio.projects["project_code"])
    good = portfolio.files["file"].str.endswith(("000.txt", "zzz.txt"))
    assert list(portfolio.files.loc[good, "status"]) == ["read", "read"]


def test_nothing_of_an_attack_reaches_an_output(
    batch: tuple[esrdata.Portfolio, dict[str, float]],
) -> None:
    portfolio, _ = batch
    for name in ("projects", "narratives", "partners", "horizontal", "sustainability"):
        table = portfolio.tables[name]
        for column in table.columns:
            for text in table[column].dropna().astype(str):
                text.encode("utf-8")
                assert not set(text) & {"\x1b", "\x00", "\x07", "\u202e", "\u202d"}, (name, column)


def test_no_attack_takes_long(batch: tuple[esrdata.Portfolio, dict[str, float]]) -> None:
    _, spent = batch
    assert {name: t for name, t in spent.items() if t > SECONDS} == {}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_no_attack_fills_the_memory(tmp_path: Path) -> None:
    limits = esrdata.Limits(memory=MEMORY)
    chosen = ("shared.xlsx", "rows2.xlsx", "rows.ods", "bomb.docx", "bomb.xlsx", "bomb.zip")
    for name, data in attacks():
        if name in chosen:
            (tmp_path / name).write_bytes(data())
    (tmp_path / "good.txt").write_text(eura2014_page(), encoding="utf-8")
    portfolio = esrdata.read(tmp_path, isolate=True, limits=limits)
    raised = portfolio.issues.loc[portfolio.issues["code"] == "limit_reached", "raw"]
    # What stops them is the bound by their size, long before the memory is full.
    assert not raised.str.startswith("memory").any()
    assert {"reader_ended", "reading_failed"} & set(portfolio.issues["code"]) == set()
