"""Every sample reads as a person read it; how to add one is in tests/samples/README.md."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import esrdata
from esrdata import Portfolio

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def expected(sample: Path) -> dict[str, Any]:
    """What a person read; a page without it fails with what to do."""
    path = sample / "expected.json"
    if not path.is_file():
        pytest.fail(
            f"{sample.name} has no expected.json: read its page and write down every value, as "
            f"tests/samples/README.md says. Do not copy what the program prints."
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def read(sample: Path) -> Portfolio:
    options = {"shelf": str(sample / "shelf")} if (sample / "shelf").is_dir() else {}
    return esrdata.read(sorted(str(path) for path in sample.glob("page*")), **options)


def plain(value: object) -> object:
    """A cell as JSON writes it."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, str):
        return " ".join(value.split())
    return value.item() if hasattr(value, "item") else value


def agrees(wanted: object, found: object) -> bool:
    if isinstance(wanted, str) and isinstance(found, str) and " … " in wanted:
        first, last = wanted.split(" … ")
        return found.startswith(first) and found.endswith(last)
    return wanted == found


def differences(portfolio: Portfolio, wanted: dict[str, dict[str, Any]]) -> list[str]:
    """Cells that are not as a person read them, and cells that nobody has read."""
    rows = portfolio.provenance
    assert sorted(portfolio.projects["project_code"]) == sorted(wanted)
    found = []
    for code, cells in wanted.items():
        status = dict(rows[rows["project_code"] == code][["field", "status"]].to_numpy()[::-1])
        for field, value in cells.items():
            explained = portfolio.explain(code, field)
            if isinstance(value, dict):
                have = {"status": explained.status}
                same = have == value and plain(explained.value) is None
            else:
                have = plain(explained.value)
                same = explained.status == "read" and agrees(value, have)
            if not same:
                found.append(f"{code} {field}: want {value!r}, have {have!r}")
        found += [
            f"{code} {field}: {state}, and not in expected.json"
            for field, state in status.items()
            if state != "absent" and field not in cells
        ]
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_sample_reads_as_a_person_read_it(sample: Path) -> None:
    wanted = expected(sample)
    portfolio = read(sample)
    assert "\n".join(differences(portfolio, wanted["projects"])) == ""
    assert sorted(portfolio.issues["code"]) == wanted["findings"]
    assert wanted["why"].endswith(".")


def test_a_page_without_its_expectation_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="write down every value"):
        expected(tmp_path)


def test_a_wrong_value_and_one_left_out_are_seen() -> None:
    sample = FOLDER / "eura2014-fi"
    wanted = expected(sample)["projects"]
    del wanted["S29001"]["projects.name"]
    wanted["S29001"]["funding.public_total.realised"] = 61_001
    assert differences(read(sample), wanted) == [
        "S29001 funding.public_total.realised: want 61001, have 61000.5",
        "S29001 projects.name: read, and not in expected.json",
    ]
