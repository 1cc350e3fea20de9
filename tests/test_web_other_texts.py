"""Texts that state a day as pages of projects do, and are none: notes on data and on software."""

from pathlib import Path

import pytest

import esrdata
from esrdata.reading.dispatch import read_file

OTHER = {
    "data.csv": (
        'Title:,"Area and population, 1996: Mallila"\nTime Frame:,1996\nSource:,"Tilastokeskus"\n'
        "Description:\nThis dataset has been compiled from published data.\n"
    ),
    "software.html": (
        "<html><head><title>Mall docs</title></head><body><h1>Syntax tree patterns</h1>"
        "<ul><li>Feature Name: syntax-tree-patterns</li><li>Start Date: 2019-03-12</li></ul>"
        "<h2>Summary</h2><p>Introduce a language that describes patterns.</p>"
        + "<p>It goes on.</p>" * 60
        + "<p>The current project implements a small part.</p></body></html>"
    ),
    "recording.md": (
        "# Video recording\n\n## Overview\n\n"
        "overlay(`Look`, {\n\nduration: 2000\n\n});\n\nIt is shown above the page.\n"
    ),
    "menu.txt": "Kesäteatteri\n\nAjankohta: 1.6.2018–31.8.2018\n\nLiput 20 euroa ovelta.\n",
    "term.txt": "Syksyn lukukausi\n\nAlkaa: 1.9.2018\nPäättyy: 20.12.2018\n\nKurssit alkavat.\n",
}
FEW_WORDS = {
    "compound": "Kylä herää\n\nAlkaa: 1.6.2018\nPäättyy: 31.8.2020\n\nSe on kehittämishanke.\n",
    "swedish": "Byn vaknar\n\nTid: 1.6.2018–31.8.2020\n\nDelprojekten är tre.\n",
    "english": "Village wakes\n\nDuration: 1.6.2018–31.8.2020\n\nSmall projects in villages.\n",
    "label": "Kylä herää\n\nToteutusaika: 1.6.2018–31.8.2020\n\nKylille tulee töitä.\n",
    "owner": "Kylä herää\n\nKesto: 1.6.2018–31.8.2020\nHallinnoija: Mallilan kylät ry\n",
    "fund": "Kylä herää\n\nKesto: 1.6.2018–31.8.2020\n\nEuroopan sosiaalirahasto\n",
    "giver": "Kylä herää\n\nKesto: 1.6.2018–31.8.2020\nRahoittaja: STEA\n",
    "sum": "Kylä herää\n\nKesto: 1.6.2018–31.8.2020\nKokonaiskustannukset: 120 000 €\n",
    "programme": "Kylä herää\n\nKesto: 1.6.2018–31.8.2020\n\nKestävää kasvua ja työtä 2014–2020\n",
}


@pytest.mark.parametrize("name", OTHER)
def test_a_text_with_a_day_and_nothing_of_a_project_is_none(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(OTHER[name], encoding="utf-8")
    read = read_file(str(path), contacts=False)
    assert read.status == "unknown_form"
    assert not read.records
    assert "form_unknown" in [finding.code for finding in read.findings]


@pytest.mark.parametrize("name", FEW_WORDS)
def test_one_thing_of_a_project_is_enough(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(FEW_WORDS[name], encoding="utf-8")
    row = esrdata.read(path).projects.iloc[0]
    assert row["name"] == FEW_WORDS[name].split("\n")[0]
    assert str(row["start_date"])[:10] == "2018-06-01"
    assert str(row["end_date"])[:10] == "2020-08-31"
