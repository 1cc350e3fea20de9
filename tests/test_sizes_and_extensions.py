"""Projects by type and size, and what moved after an earlier list; worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest
from pages import eura2014_page, read_pages

import esrdata
from esrdata import Population, UsageError, stats

HEADING = (
    "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
    "Myönnetty EU- ja valtion rahoitus;Toteutunut EU- ja valtion rahoitus;"
    "Suunniteltu julkinen rahoitus yhteensä;Toteutunut julkinen rahoitus yhteensä"
)


def test_projects_by_type_and_size(tmp_path: Path) -> None:
    found = read_pages(
        tmp_path,
        eura2014_page(code="S20001", public_planned="49 999"),
        eura2014_page(code="S20002", public_planned="50 000"),
        eura2014_page(code="S20003", public_planned="50 001", organisation_type="Säätiö"),
        eura2014_page(code="S20004", public_planned="", organisation_type="Säätiö"),
    )
    table = stats.types_and_sizes(found)
    rows = {
        (r.organisation_type, None if pd.isna(r.size_band) else r.size_band): (r.n, r.share)
        for r in table.itertuples()
        if r.n
    }
    assert rows == {
        ("Kansalaisjärjestö", "under_50000"): (1, 0.5),
        ("Kansalaisjärjestö", "from_50000"): (1, 0.5),
        ("Säätiö", "from_50000"): (1, 0.5),
        ("Säätiö", None): (1, 0.5),
    }
    # Six bands and the missing one, of two types.
    assert len(table) == 14
    small = table[(table["organisation_type"] == "Kansalaisjärjestö")].set_index("size_band")
    assert small.loc["under_50000", "amount_share"] == pytest.approx(49_999 / 99_999)
    assert pd.isna(small.loc["from_1000000", "amount"])
    whole = stats.types_and_sizes(found, by=None, population=Population(measure="public_total"))
    assert whole["n"].sum() == 3
    with pytest.raises(UsageError, match="rows of this table already"):
        stats.types_and_sizes(found, by=["fund", "size_band"])


def listed(end: str, planned: str, code: str = "S20001") -> str:
    cells = "ESR;Pieni hanke;5;Hämeen ELY-keskus;Toiminnassa;1.1.2016"
    return f"{HEADING}\n{code};{cells};{end};Testiyhdistys ry;1000;900;{planned};1500\n"


def write(folder: Path, **lists: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in lists.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
    return folder


def test_what_moved_after_an_earlier_list(tmp_path: Path) -> None:
    write(tmp_path, lista_2016_03_01=listed("30.6.2016", "1800"))
    found = read_pages(tmp_path, eura2014_page(period="Alkaa 1.1.2016 ja päättyy 31.12.2016"))
    (row,) = stats.extensions(found).to_dict("records")
    # From the last of June to the last of December: 31 + 31 + 30 + 31 + 30 + 31 days.
    assert row["extension_days"] == 184
    assert row["public_total_change"] == 200
    assert pd.isna(row["grant_change"])
    assert row["day_before"] == pd.Timestamp("2016-03-01")
    assert row["inferred"] is False
    files = [Path(row[f"source_{side}"]).name for side in ("before", "after")]
    assert files == ["lista-2016-03-01.csv", "0.txt"]


def test_of_two_lists_the_days_decide(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        lista_2016_03_01=listed("30.6.2016", "2000"),
        lista_2017_03_01=listed("29.6.2016", "2000.40"),
    )
    (row,) = stats.extensions(esrdata.read(folder)).to_dict("records")
    assert row["extension_days"] == -1
    # Forty cents are rounding.
    assert pd.isna(row["public_total_change"])


def test_nothing_moved_is_an_empty_table(tmp_path: Path) -> None:
    table = stats.extensions(esrdata.read(write(tmp_path, lista=listed("30.6.2016", "2000"))))
    assert len(table) == 0
    assert table.attrs["population"] == "Projects: 1; of which something moved: 0."
