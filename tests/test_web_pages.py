"""Pages of every kind that organisations publish, with what a person reads on them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import esrdata

PAGES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "web_pages.yml").read_text(encoding="utf-8")
)
SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - Mallila</title>
<meta property="og:site_name" content="Mallila"></head><body><header><a href="/">Mallila</a><nav>
<ul><li>Etusivu</li><li>Hankkeet</li><li>Yhteystiedot</li></ul></nav></header><main>{page}</main>
<footer><p>Mallikatu 1, 00000 Mallila</p><p>puh. 09 000 0000</p></footer></body></html>"""


def written(case: dict[str, Any], folder: Path) -> Path:
    page = case["page"]
    if case.get("site"):
        title = page.split("<h1>")[1].split("</h1>")[0]
        page = SITE.format(title=title, page=page)
    path = folder / "page"
    path.write_text(page, encoding="utf-8")
    return path


def cell(portfolio: esrdata.Portfolio, code: str, field: str) -> object:
    table, column, *rest = field.split(".")
    if table == "funding":
        frame = portfolio.funding
        rows = frame[
            (frame["project_code"] == code)
            & (frame["measure"] == column)
            & (frame["stage"] == rest[0])
        ]
        value = None if rows.empty else rows["amount_eur"].iloc[0]
    else:
        rows = portfolio.projects[portfolio.projects["project_code"] == code]
        value = rows[column].iloc[0]
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def judged(case: dict[str, Any], folder: Path) -> list[tuple[str, str, object]]:
    """Each field with how it was read: right, told, silent or wrong."""
    portfolio = esrdata.read(written(case, folder))
    codes = list(portfolio.projects["project_code"])
    issues = portfolio.issues
    loud = issues["severity"].isin(["error", "warning"]) & (
        issues["code"] != "web_project_unlinked"
    )
    wanted = case.get("n", 1)
    found: list[tuple[str, str, object]] = []
    if len(codes) != wanted and (len(codes) > wanted or wanted > 1):
        found.append(("projects", "wrong", codes))
    for field, want in case.get("cells", {}).items():
        have = cell(portfolio, codes[0], field) if codes else None
        if have == want:
            verdict = "right"
        elif have is None:
            verdict = "told" if loud.any() else "silent"
        else:
            verdict = "wrong"
        found.append((field, verdict, have))
    if "code" in case:
        verdict = "right" if case["code"] in set(issues["code"]) else "wrong"
        found.append(("finding", verdict, list(issues["code"])))
    said = " ".join(issues["raw"].dropna().astype(str)) + portfolio.provenance.to_csv()
    found += [("hidden", "wrong", word) for word in case.get("hidden", ()) if word in said]
    return found


@pytest.mark.parametrize("case", PAGES, ids=[case["id"] for case in PAGES])
def test_a_page_is_read_as_a_person_reads_it(case: dict[str, Any], tmp_path: Path) -> None:
    allowed = set(case.get("told", ()))
    verdicts = judged(case, tmp_path)
    assert [v for v in verdicts if v[1] in ("wrong", "silent")] == []
    assert {field for field, verdict, _ in verdicts if verdict == "told"} <= allowed


def test_every_page_has_its_own_name() -> None:
    assert max(Counter(case["id"] for case in PAGES).values()) == 1
