"""The explorer's file: what is in it, what is not, and what it may do."""

import base64
import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pages
import pandas as pd
import pytest
from click.testing import CliRunner
from explorer_page import TEMPLATES, unpacked

import esrdata
from esrdata.cli import main
from esrdata.errors import UsageError
from esrdata.explorer import details
from esrdata.explorer.details import folder_of
from esrdata.explorer.page import page, policy, script_of
from esrdata.explorer.select import selected
from esrdata.explorer.words import steps
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.pages import Evidence, Pages, write_evidence
from esrdata.stats.remembered import remembering

MODULES = sorted(TEMPLATES.glob("*.mjs"))


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return esrdata.read(pages.RAW, workers=1, contacts=True)


@pytest.fixture(scope="module")
def without(portfolio: Portfolio) -> Portfolio:
    """The same, read without contact persons, as is usual."""
    return esrdata.read(pages.RAW, workers=1)


@pytest.fixture(scope="module")
def html(without: Portfolio) -> str:
    return page(without, lang="en", title="A <b>title</b> & more")


def values_of(packed: dict[str, Any], code: str) -> dict[str, list[Any]]:
    """The values of a project by their fields."""
    core = packed["core"]
    place = core["code"].index(code)
    part = packed[f"part-{place // core['together']}"][place % core["together"]]
    return {core["fields"][value[0]][0]: value for value in part["values"] if value[7]}


def test_a_value_has_the_place_that_it_was_read_from(html: str, without: Portfolio) -> None:
    packed = unpacked(html)
    value = values_of(packed, "S20405")["funding.public_total.realised"]
    line = without.explain("S20405", "funding.public_total.realised")
    _, status, text, raw, file, _, number, _ = value
    assert packed["core"]["statuses"][status][0] == "read"
    assert line.file.endswith(packed["core"]["files"][file])
    assert number == line.line
    assert raw == line.raw
    assert text.startswith("€")


def test_a_code_is_named_and_a_period_has_its_dash(html: str) -> None:
    values = values_of(unpacked(html), "S20405")
    assert values["projects.fund"][2] == "European Social Fund"
    assert values["projects.programme_period"][2] == "2014–2020"
    assert values["projects.end_date"][2] == "30 June 2017"
    assert values["projects.specific_objective"][2] == "10.1"  # as on the form


def test_axes_are_told_apart_by_the_letters_of_the_fund_in_the_language(html: str) -> None:
    facets = {facet["name"]: facet for facet in unpacked(html)["core"]["facets"]}
    assert "(2014–2020, ESF)" in " ".join(facets["priority_axis"]["labels"])


def test_the_folder_of_the_machine_is_not_in_it(html: str) -> None:
    packed = unpacked(html)
    assert str(pages.ROOT) not in json.dumps(packed)
    assert "S20405.txt" in packed["core"]["files"]
    assert folder_of(["/home/a/x.txt", "/home/a/b/y.txt", "z.txt"]) == "/home/a/"
    assert folder_of(["x.txt"]) == ""


def test_lines_of_a_description_have_their_values_marked(html: str) -> None:
    packed = unpacked(html)
    core = packed["core"]
    part = packed["part-0"][core["code"].index("S20405")]
    fields = [core["fields"][value[0]][0] for value in part["values"]]
    at = fields.index("projects.end_date")
    line = part["values"][at][6]
    found = [one for one in part["sources"][0]["lines"] if one[0] == line]
    marked = [piece for piece in found[0][3] if not isinstance(piece, str) and at in piece[2]]
    assert [piece[0] for piece in marked] == ["30.6.2017"]


def test_conflicts_and_findings_of_a_project_are_there(html: str, without: Portfolio) -> None:
    packed = unpacked(html)
    core = packed["core"]
    rows = without.conflicts
    assert len(rows)
    for code, own in rows.groupby("project_code"):
        part = packed["part-0"][core["code"].index(code)]
        assert len(part["conflicts"]) == len(own)
        assert sum(row[5] for row in part["conflicts"]) == (own["rank"] == 1).sum()


def test_the_policy_is_of_this_script_and_style(html: str) -> None:
    given = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert given is not None
    own = given[1].replace("&#39;", "'")
    for tag in ('script type="module"', "style"):
        inner = re.search(rf"<{tag}>(.*?)</{tag.split()[0]}>", html, re.DOTALL)
        assert inner is not None
        digest = base64.b64encode(sha256(inner[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in own
    assert own.startswith("default-src 'none'; ")
    assert "unsafe" not in own and "http" not in own
    assert policy("a", "b") != policy("a", "c")


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    outside = re.sub(r'<script type="application/octet-stream".*?</script>', "", html)
    addresses = set(re.findall(r"https?://[^\s\"']+", outside))
    # The name of SVG, which no browser asks for.
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(?:link|img|iframe|object|base)\b", outside)


def test_a_title_is_text(html: str) -> None:
    assert "A &lt;b&gt;title&lt;/b&gt; &amp; more" in html
    assert "<b>title" not in html


def test_contact_persons_are_never_in_it(portfolio: Portfolio) -> None:
    people = portfolio.contacts
    private = {str(v) for name in ("name", "email", "phone") for v in people[name].dropna()}
    assert len(private) > 2
    packed = unpacked(page(portfolio, lang="fi"))
    text = json.dumps(packed, ensure_ascii=False)
    assert [one for one in sorted(private) if one in text] == []
    assert all("sources" not in one for one in packed["part-0"])


def test_without_narratives_no_text_of_a_project_is_in_it(without: Portfolio) -> None:
    packed = unpacked(page(without, lang="fi", narratives=False))
    text = json.dumps(packed, ensure_ascii=False)
    sentences = [
        sentence
        for whole in without.narratives["text"].dropna()
        for sentence in re.split(r"(?<=[.!?])\s+|\n", whole)
        if len(sentence) > 40
    ]
    assert len(sentences) > 50
    assert [one for one in sentences if one in text] == []
    assert all({"sources", "texts"}.isdisjoint(one) for one in packed["part-0"])
    names = set(" ".join(without.projects["name"]).casefold().split())
    assert {form for form in packed["words"]["forms"].split("\n") if form.isalpha()} <= {
        word for name in names for word in re.split(r"[^\w]+", name)
    }


def test_the_same_portfolio_gives_the_same_bytes(without: Portfolio, html: str) -> None:
    assert page(without, lang="en", title="A <b>title</b> & more") == html


def test_steps_go_from_one_to_the_next() -> None:
    assert steps([3, 4, 9]) == [3, 1, 5]
    assert steps([]) == []


def test_a_name_that_is_no_page_is_refused(without: Portfolio, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"must end in \.html"):
        esrdata.explore(without, tmp_path / "explorer.pdf")
    with pytest.raises(UsageError, match="language"):
        esrdata.explore(without, tmp_path / "explorer.html", lang="de")
    assert list(tmp_path.iterdir()) == []


def test_an_address_of_something_else_is_refused(without: Portfolio) -> None:
    with pytest.raises(UsageError, match="Kymenlaakso"):
        selected(without, "explorer.html#region=Kymenlaaksoo")
    assert list(
        selected(without, "explorer.html#region=Kymenlaakso&view=map").projects["project_code"]
    )
    assert len(selected(without, "")) == len(without)


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    out = tmp_path / "sub" / "explorer.html"
    args = ["explore", str(pages.RAW / "S20405.txt"), "--out", str(out), "--lang", "sv"]
    done = CliRunner().invoke(main, [*args, "--without", "narratives"])
    assert done.exit_code == 0, done.output
    core = unpacked(out.read_text(encoding="utf-8"))["core"]
    assert (core["lang"], core["code"], core["narratives"]) == ("sv", ["S20405"], False)
    wrong = CliRunner().invoke(main, ["explore", str(pages.RAW), "--out", str(tmp_path / "x.pdf")])
    assert wrong.exit_code == 2


def test_no_projects_is_a_page_too(without: Portfolio) -> None:
    core = unpacked(page(without.select(fund="EAKR"), lang="fi"))["core"]
    assert core["code"] == [] and core["facets"] == []


def test_parts_of_a_cent_are_refused(without: Portfolio) -> None:
    funding = without.funding.copy()
    funding.loc[funding.index[0], "amount_eur"] = 1.005
    odd = Portfolio({**without.tables, "funding": funding}, without.base, without.shelf)
    with pytest.raises(UsageError, match="parts of a cent"):
        page(odd, lang="fi")


# ---- the scripts


def test_every_module_is_in_the_script() -> None:
    script = script_of("main.mjs")
    assert len(MODULES) > 10
    for path in MODULES:
        assert f"const {path.stem}_module = " in script
    assert "</script" not in script
    assert not re.search(r"^\s*(?:import|export) ", script, re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_makes_no_markup_of_texts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    assert re.findall(ways, text) == []


def test_the_scripts_say_only_words_of_the_shelf() -> None:
    def keys(group: dict[str, Any], before: str = "") -> set[str]:
        found = set()
        for name, value in group.items():
            found |= (
                {before + name}
                if isinstance(value.get("fi"), str)
                else keys(value, f"{before}{name}.")
            )
        return found

    known = keys(load.words()["explorer"])
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    text += (TEMPLATES / "explorer.html").read_text(encoding="utf-8")
    plain = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)*)"', text))
    # Keys with a part put in: `view.${name}`.
    made = {found.split("$")[0] for found in re.findall(r"word\(`([^`]*)`", text)}
    said = set(re.findall(r'word\("([\w.]+)"', text))
    assert said <= known
    unused = {key for key in known - plain if not any(key.startswith(m) for m in made if m)}
    assert {key for key in unused if not key.startswith("facet.")} <= {"title"}


LINTER = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")


@pytest.mark.skipif(LINTER is None, reason="oxlint is not installed.")
def test_the_scripts_pass_the_linter(tmp_path: Path) -> None:
    assert LINTER is not None
    config = ["-c", str(pages.ROOT / ".oxlintrc.json")]
    done = subprocess.run([LINTER, *config, str(TEMPLATES)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "bad.mjs"
    bad.write_text("export const a = nowhere;\n", encoding="utf-8")
    done = subprocess.run([LINTER, *config, str(bad)], capture_output=True, text=True)
    assert done.returncode != 0
    assert "nowhere" in done.stdout


def test_a_missing_value_is_none_of_the_others() -> None:
    from esrdata.explorer.facts import cents, days

    assert cents(pd.Series([1.1, pd.NA, 0.0, -2.35], dtype="Float64")) == [110, None, 0, -235]
    assert days(pd.Series([pd.Timestamp(1970, 1, 2), pd.NaT])) == [1, None]


def test_a_key_that_is_no_code_is_not_shown_as_one() -> None:
    from esrdata.explorer.data import _uncoded

    found = _uncoded(pd.Series(["S20405", "web:5c:12"]), "en")
    assert list(found) == ["web:5c:12"]
    assert found["web:5c:12"] != "web:5c:12"


def test_projects_held_two_at_a_time_have_the_same_details(
    without: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(details, "TOGETHER", 1)

    def parts() -> list[object]:
        return list(details.Details(without, "fi", narratives=True, lines=True).parts())

    whole = parts()
    monkeypatch.setattr(details, "HELD", 2)
    assert len(whole) == len(without) > 2
    assert parts() == whole


def test_evidence_is_found_once_for_the_pages_and_the_explorer(
    without: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    evidence = Pages._evidence

    def counted(self: Pages, code: str) -> Evidence:
        made.append(code)
        return evidence(self, code)

    monkeypatch.setattr(Pages, "_evidence", counted)
    plain = page(without, lang="fi")
    assert made == list(without.projects["project_code"])
    made.clear()
    with remembering():
        write_evidence(without, tmp_path, lang="fi")
        assert page(without, lang="fi") == plain
        assert made == list(without.projects["project_code"])
        # In another language labels are other ones, and without narratives no source is opened.
        page(without, lang="sv")
        page(without, lang="fi", narratives=False)
        assert len(made) == 3 * len(without)
