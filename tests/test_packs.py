"""Packs that were written: whatever is altered in one is noticed, and called by its kind."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from pages import eura2014_page, read_pages

import esrdata
from esrdata import StoreError, UsageError
from esrdata.documents.own import CRATE
from esrdata.packs.in_words import figure
from esrdata.packs.noticed import Verification
from esrdata.packs.sign import new_key, sign
from esrdata.tables.crate import sealed


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A save that no test changes, with its sources beside it."""
    folder = tmp_path_factory.mktemp("ready")
    pages = (eura2014_page(), eura2014_page(code="S20009", eu_planned="2 000,00"))
    read_pages(folder / "sources", *pages).save(folder / "pack")
    return folder


@pytest.fixture
def pack(ready: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ready, tmp_path / "moved") / "pack"


def kinds(found: Verification) -> list[str]:
    return [one.kind for one in found.noticed if one.alters]


def noticed(found: Verification) -> dict[str, str]:
    return {one.kind: one.values["file"] for one in found.noticed if one.alters}


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


# ---- hashes


def test_a_pack_as_it_was_written_is_unaltered(pack: Path) -> None:
    found = esrdata.verify(pack, recompute=False)
    assert found.unaltered
    assert kinds(found) == []
    assert found.same["files"] == len(list(pack.iterdir())) - 1
    assert found.made_with == esrdata.__version__


@pytest.mark.slow
def test_a_document_that_somebody_went_on_writing_is_not_written_over(tmp_path: Path) -> None:
    """A report is an ordinary Word file, to be written on in."""
    portfolio = read_pages(tmp_path / "in", eura2014_page())
    out = tmp_path / "out"
    esrdata.report.write(portfolio, out, explorer=False)
    esrdata.report.write(portfolio, out, explorer=False)
    append(out / "report.docx")
    before = (out / "report.docx").read_bytes()
    with pytest.raises(StoreError, match=r"report\.docx in .* was changed after it was written"):
        esrdata.report.write(portfolio, out, explorer=False)
    assert (out / "report.docx").read_bytes() == before
    # A table that was changed is made anew, as the sentence of `load` asks for.
    (out / "report.docx").unlink()
    append(out / "funding.csv")
    esrdata.report.write(portfolio, out, explorer=False)


def test_a_file_altered_missing_added_or_renamed_is_named(pack: Path) -> None:
    append(pack / "funding.csv")
    (pack / "claims.csv").unlink()
    (pack / "sub").mkdir()
    (pack / "sub" / "own.txt").write_text("x")
    (pack / "links.parquet").rename(pack / "linkit.parquet")
    assert noticed(esrdata.verify(pack, recompute=False)) == {
        "file_altered": "funding.csv",
        "file_missing": "claims.csv",
        "file_added": "sub/own.txt",
        "file_renamed": "links.parquet",
    }


def test_two_files_in_each_others_place_are_swapped(pack: Path) -> None:
    (pack / "funding.csv").rename(pack / "x")
    (pack / "claims.csv").rename(pack / "funding.csv")
    (pack / "x").rename(pack / "claims.csv")
    found = esrdata.verify(pack, recompute=False)
    assert kinds(found) == ["file_swapped", "file_swapped"]
    assert "The file funding.csv holds what belongs in claims.csv." in str(found)


def test_a_link_in_place_of_a_file_is_not_followed(pack: Path, tmp_path: Path) -> None:
    shutil.move(pack / "funding.csv", tmp_path / "elsewhere.csv")
    (pack / "funding.csv").symlink_to(tmp_path / "elsewhere.csv")
    (pack / "claims.csv").unlink()
    os.mkfifo(pack / "claims.csv")
    found = esrdata.verify(pack, recompute=False)
    assert kinds(found) == ["file_odd", "file_odd"]


def changed(pack: Path, change: Callable[[dict], object]) -> Verification:
    crate = json.loads((pack / CRATE).read_text(encoding="utf-8"))
    change({entity["@id"]: entity for entity in crate["@graph"]})
    text = json.dumps(crate, ensure_ascii=False, indent=1) + "\n"
    (pack / CRATE).write_text(text, encoding="utf-8")
    return esrdata.verify(pack, recompute=False)


def test_a_manifest_written_again_unchanged_is_unaltered(pack: Path) -> None:
    assert changed(pack, lambda entities: None).unaltered


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda e: e["#esrdata"].update(version="0.0.9"), ["manifest_altered"]),
        (lambda e: e["funding.csv"].update(sha256="0" * 64), ["manifest_altered", "file_altered"]),
        (lambda e: e["#read/main"].update(contacts=True), ["manifest_altered"]),
        (lambda e: e["./"].update(name="Toinen"), ["manifest_altered"]),
        (lambda e: e[CRATE].update(sha256="0" * 64), ["manifest_altered"]),
    ],
)
def test_whatever_is_changed_in_the_manifest_is_noticed(
    pack: Path, change: Callable[[dict], object], expected: list[str]
) -> None:
    assert kinds(changed(pack, change)) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e["funding.csv"].update({"@id": "../funding.csv"}),
        lambda e: e["./"]["hasPart"].append({"@id": "gone.csv"}),
        lambda e: e["./"].update(hasPart=5),
        lambda e: e["funding.csv"].update(contentSize="1e9"),
        lambda e: e["funding.csv"].update(sha256="x"),
        lambda e: e["#source/main/1"].update(name="../../etc/passwd"),
        lambda e: e["#source/main/1"].update(name="/etc/passwd"),
        lambda e: e["#read/main"].update(steps="{"),
        lambda e: e["#read/main"].update(steps="[" * 100_000),
        lambda e: e.pop("#esrdata").clear(),
    ],
)
def test_a_hostile_manifest_is_one_sentence(pack: Path, change: Callable[[dict], object]) -> None:
    found = changed(pack, change)
    assert kinds(found) == ["manifest_damaged"]
    assert len(str(found).splitlines()) == 2


@pytest.mark.parametrize("text", ["", "[" * 100_000, "{}", "null", '{"@graph": 1}', "\x00"])
def test_a_manifest_that_is_none_is_one_sentence(pack: Path, text: str) -> None:
    (pack / CRATE).write_text(text, encoding="utf-8")
    assert kinds(esrdata.verify(pack, recompute=False)) == ["manifest_damaged"]


def test_a_manifest_that_is_too_large_is_not_read(pack: Path) -> None:
    with (pack / CRATE).open("ab") as file:
        file.truncate(2**27)
    assert kinds(esrdata.verify(pack, recompute=False)) == ["manifest_damaged"]


def test_a_folder_without_a_manifest_is_no_pack(pack: Path) -> None:
    (pack / CRATE).unlink()
    with pytest.raises(UsageError, match=r"has no file ro-crate-metadata\.json"):
        esrdata.verify(pack, recompute=False)
    (pack / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="older version"):
        esrdata.verify(pack, recompute=False)


# ---- the command


def test_the_command_ends_with_0_1_or_2(pack: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from esrdata.cli import main

    def run(*args: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["verify", "--hashes", *map(str, args)])
        return done.exit_code, done.output

    code, text = run(pack, "--lang", "fi")
    assert code == 0
    assert text.startswith("Kansio pack on sellaisena kuin se kirjoitettiin.\n")
    append(pack / "funding.csv")
    code, text = run(pack, "--lang", "sv", "--json", tmp_path / "found.json")
    assert code == 1
    assert "Filen funding.csv har ändrats för hand." in text
    written = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert written["unaltered"] is False
    assert written["noticed"][0] == {
        "kind": "file_altered",
        "alters": True,
        "sentence": "Filen funding.csv har ändrats för hand.",
        "file": "funding.csv",
    }
    assert run(tmp_path)[0] == 2


# ---- sources read once more


def mend(pack: Path, name: str) -> None:
    """Give the manifest the hash of a file, and its own, as one who knows how would."""
    crate = json.loads((pack / CRATE).read_text(encoding="utf-8"))
    entity = next(one for one in crate["@graph"] if one["@id"] == name)
    data = (pack / name).read_bytes()
    entity |= {"sha256": hashlib.sha256(data).hexdigest(), "contentSize": str(len(data))}
    text = json.dumps(crate, ensure_ascii=False, indent=1) + "\n"
    (pack / CRATE).write_text(sealed(text), encoding="utf-8")


def test_a_pack_elsewhere_is_computed_again_from_the_sources_given(pack: Path) -> None:
    found = esrdata.verify(pack, pack.parent / "sources")
    assert found.unaltered
    assert found.same == {"files": 36, "sources": 2, "remade": 36}


def test_a_pack_whose_sources_are_gone_is_held_against_hashes_alone(pack: Path) -> None:
    shutil.rmtree(pack.parent / "sources")
    (pack.parent / "empty").mkdir()
    # Where they were they still are; but not in the folder given.
    found = esrdata.verify(pack, pack.parent / "empty")
    assert kinds(found) == ["source_missing", "source_missing"]


@pytest.mark.slow
def test_a_source_of_another_name_is_found_by_its_bytes(pack: Path) -> None:
    sources = pack.parent / "sources"
    (sources / "0.txt").rename(sources / "uusi.txt")
    found = esrdata.verify(pack, sources)
    assert found.unaltered
    moved = [one.values for one in found.noticed if one.kind == "source_moved"]
    assert moved == [{"file": "0.txt", "other": "uusi.txt"}]


def test_a_source_that_has_changed_says_which_tables_it_changes(pack: Path) -> None:
    page = pack.parent / "sources" / "1.txt"
    text = page.read_text(encoding="utf-8")
    assert text.count("2 000,00") == 1
    page.write_text(text.replace("2 000,00", "2 500,00"), encoding="utf-8")
    found = esrdata.verify(pack, page.parent)
    assert kinds(found)[0] == "source_changed"
    assert {*kinds(found)[1:]} == {"remade_source"}
    (funding,) = (one for one in found.noticed if one.values.get("part") == "funding.parquet")
    assert funding.values["place"] == "S20009, eu_and_state, planned, amount_eur"
    assert (funding.values["was"], funding.values["now"]) == ("2000", "2500")


def test_a_table_altered_by_hand_is_noticed_though_its_hash_was_mended(pack: Path) -> None:
    table = pd.read_parquet(pack / "funding.parquet")
    table.loc[0, "amount_eur"] = 99.0
    table.to_parquet(pack / "funding.parquet", index=False)
    mend(pack, "funding.parquet")
    assert esrdata.verify(pack, recompute=False).unaltered
    found = esrdata.verify(pack, pack.parent / "sources")
    assert kinds(found) == ["remade_hand"]
    assert "it was altered by hand" in str(found)


@pytest.mark.slow
def test_a_table_that_another_version_made_otherwise_is_no_alteration_by_hand(pack: Path) -> None:
    table = pd.read_parquet(pack / "funding.parquet")
    table.loc[0, "amount_eur"] = 99.0
    table.to_parquet(pack / "funding.parquet", index=False)
    crate = json.loads((pack / CRATE).read_text(encoding="utf-8"))
    next(one for one in crate["@graph"] if one["@id"] == "#esrdata")["version"] = "0.0.9"
    (pack / CRATE).write_text(json.dumps(crate, ensure_ascii=False, indent=1) + "\n", "utf-8")
    mend(pack, "funding.parquet")
    found = esrdata.verify(pack, pack.parent / "sources")
    assert kinds(found) == ["remade_method"]
    assert f"by esrdata {esrdata.__version__} than by 0.0.9" in str(found)


@pytest.mark.slow
def test_a_selection_is_chosen_again(ready: Path, tmp_path: Path) -> None:
    portfolio = esrdata.read(ready / "sources")
    portfolio.select(project_code=["S20009"]).save(tmp_path / "one")
    found = esrdata.verify(tmp_path / "one", ready / "sources")
    assert found.unaltered
    assert found.same["remade"] == 36


def test_a_selection_that_the_sources_no_longer_have_is_said(pack: Path, tmp_path: Path) -> None:
    sources = pack.parent / "sources"
    esrdata.read(sources).select(project_code=["S20009"]).save(tmp_path / "one")
    (sources / "1.txt").write_text(eura2014_page(code="S20010"), encoding="utf-8")
    found = esrdata.verify(tmp_path / "one", sources)
    assert kinds(found) == ["source_changed", "remake_failed"]
    assert "No project has project_code 'S20009'; there are" in str(found)


@pytest.mark.slow
def test_another_zone_language_and_seed_alter_nothing(pack: Path) -> None:
    surroundings = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "esrdata", "verify", "pack", "--sources", "sources"]
    done = subprocess.run(
        [*command, "--lang", "en"],
        cwd=pack.parent,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "files made again 36" in done.stdout


@pytest.mark.slow
def test_a_report_is_made_again_to_the_byte(ready: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yml"
    recipe.write_text("chapters:\n- chapter: funding\n", encoding="utf-8")
    portfolio = esrdata.read(ready / "sources")
    esrdata.report.write(
        portfolio, tmp_path / "pack", lang="sv", recipe=recipe, before=portfolio,
        population=esrdata.Population(funds="ESR"),
    )  # fmt: skip
    recipe.unlink()
    found = esrdata.verify(tmp_path / "pack", ready / "sources")
    assert found.unaltered, str(found)
    assert found.same["remade"] == found.same["files"]
    assert found.same["tables"] >= 1
    crate = json.loads((tmp_path / "pack" / CRATE).read_text(encoding="utf-8"))
    tables = [one for one in crate["@graph"] if one["@type"] == "Table"]
    assert any(one.get("statistic") for one in tables) or tables
    # Somebody mends the page and its hash.
    page = tmp_path / "pack" / "report.html"
    text = page.read_text(encoding="utf-8")
    assert "3\u00a0000" in text
    page.write_text(text.replace("3\u00a0000", "3\u00a0001", 1), encoding="utf-8")
    mend(tmp_path / "pack", "report.html")
    found = esrdata.verify(tmp_path / "pack", ready / "sources")
    assert kinds(found) == ["remade_hand"]


def test_a_table_of_files_that_is_damaged_is_no_crash(pack: Path, tmp_path: Path) -> None:
    (pack / "files.parquet").write_bytes(b"PAR1")
    found = esrdata.verify(pack, pack.parent / "sources", recompute=False)
    assert noticed(found) == {"file_altered": "files.parquet"}
    # Nor is one elsewhere looked into.
    (pack / "files.parquet").unlink()
    (pack / "files.parquet").symlink_to(tmp_path)
    found = esrdata.verify(pack, pack.parent / "sources", recompute=False)
    assert noticed(found) == {"file_odd": "files.parquet"}


# ---- signatures


def test_a_signed_pack_cannot_be_mended_unnoticed(pack: Path, tmp_path: Path) -> None:
    secret, public = new_key(tmp_path / "key")
    assert secret.stat().st_mode & 0o077 == 0
    assert "unsigned" in [one.kind for one in esrdata.verify(pack, recompute=False).noticed]
    assert kinds(esrdata.verify(pack, recompute=False, public_key=public)) == ["signature_missing"]
    sign(pack, secret)
    assert esrdata.verify(pack, recompute=False).noticed[0].kind == "signature_unchecked"
    line = public.read_text(encoding="ascii").splitlines()[1]
    for key in (public, line):
        found = esrdata.verify(pack, recompute=False, public_key=key)
        assert found.unaltered
        assert "signature_right" in [one.kind for one in found.noticed]
    append(pack / "funding.csv")
    mend(pack, "funding.csv")
    found = esrdata.verify(pack, recompute=False, public_key=public)
    assert kinds(found) == ["signature_wrong"]


def test_a_signature_of_another_key_is_wrong(pack: Path, tmp_path: Path) -> None:
    secret, _ = new_key(tmp_path / "key")
    _, other = new_key(tmp_path / "other")
    sign(pack, secret)
    assert kinds(esrdata.verify(pack, recompute=False, public_key=other)) == ["signature_wrong"]


def test_what_is_no_key_is_one_sentence(pack: Path, tmp_path: Path) -> None:
    secret, public = new_key(tmp_path / "key")
    with pytest.raises(UsageError, match="is there already"):
        new_key(secret)
    with pytest.raises(UsageError, match="is no secret key"):
        sign(pack, public)
    with pytest.raises(UsageError, match="neither a public key"):
        esrdata.verify(pack, public_key=secret)
    lines = secret.read_text(encoding="ascii").splitlines()
    data = bytearray(base64.b64decode(lines[1]))
    data[2:4] = b"Sc"
    secret.write_text(f"{lines[0]}\n{base64.b64encode(data).decode()}\n", encoding="ascii")
    with pytest.raises(UsageError, match="has a password"):
        sign(pack, secret)


def test_half_a_key_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was in the way of the next, and the program failed."""
    pytest.importorskip("cryptography")
    real = os.open

    def full(path: Path, *how: int) -> int:
        if Path(path).suffix == ".pub":
            raise OSError(28, "No space left on device")
        return real(path, *how)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", full)
        with pytest.raises(StoreError, match="No space left"):
            new_key(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []
    assert new_key(tmp_path / "key")[0].is_file()


def test_a_new_save_takes_the_old_signature_away(pack: Path, tmp_path: Path) -> None:
    secret, _ = new_key(tmp_path / "key")
    path = sign(pack, secret)
    assert path.exists()
    esrdata.load(pack).save(pack)
    assert not path.exists()


# ---- two packs


@pytest.fixture(scope="module")
def next_year(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """S20009 is gone, S20010 is new, and S20001 has more of the plan: 1 500 for 1 000."""
    folder = tmp_path_factory.mktemp("next")
    pages = (eura2014_page(eu_planned="1 500,00"), eura2014_page(code="S20010"))
    read_pages(folder / "sources", *pages).save(folder / "pack")
    return folder / "pack"


def test_two_packs_are_told_apart(ready: Path, next_year: Path) -> None:
    found = esrdata.diff(ready / "pack", next_year)
    assert list(found.new["project_code"]) == ["S20010"]
    assert list(found.gone["project_code"]) == ["S20009"]
    assert found.amended.to_dict("records") == [
        {
            "project_code": "S20001",
            "field": "funding.eu_and_state.planned",
            "before": 1000.0,
            "after": 1500.0,
        }
    ]
    assert found.n_projects == (2, 2)
    assert len(found.made) == 0
    assert "- S20001: EU and state funding, granted: €1,000 → €1,500." in found.text()


def test_a_figure_that_differs_is_led_back_to_its_projects(ready: Path, tmp_path: Path) -> None:
    pages = (
        eura2014_page(public_planned="2 600,00"),
        eura2014_page(code="S20009", eu_planned="2 000,00"),
    )
    read_pages(tmp_path / "sources", *pages).save(tmp_path / "pack")
    found = esrdata.diff(ready / "pack", tmp_path / "pack")
    planned = found.figures.set_index("column").loc["planned"]
    assert (planned["before"], planned["after"], planned["change"]) == (4000.0, 4600.0, 600.0)
    assert "- Public funding in total – Planned (All projects): €4,000 → €4,600." in found.text()
    behind = found.contributions[found.contributions["column"] == "planned"]
    assert list(zip(behind["project_code"], behind["change"], strict=True)) == [("S20001", 600.0)]


def test_sources_in_a_folder_of_another_name_are_the_same(tmp_path: Path) -> None:
    for name in ("2019", "2020"):
        read_pages(tmp_path / name / "sources" / name, eura2014_page())
        esrdata.read(tmp_path / name / "sources").save(tmp_path / name / "pack")
    found = esrdata.diff(tmp_path / "2019" / "pack", tmp_path / "2020" / "pack")
    assert found.sources == {"new": 0, "gone": 0, "changed": 0, "same": 1}


def test_a_source_that_changed_in_the_folder_of_another_year_is_changed(tmp_path: Path) -> None:
    for year, sum_ in (("2019", "1 000,00"), ("2020", "2 000,00")):
        pages = (eura2014_page(code="S20001"), eura2014_page(code="S20009", eu_planned=sum_))
        read_pages(tmp_path / year / "sources", *pages).save(tmp_path / year / "pack")
    found = esrdata.diff(tmp_path / "2019" / "pack", tmp_path / "2020" / "pack")
    assert found.sources == {"new": 0, "gone": 0, "changed": 1, "same": 1}


def test_a_pack_does_not_differ_from_itself(ready: Path) -> None:
    found = esrdata.diff(ready / "pack", ready / "pack")
    assert found.sources == {"new": 0, "gone": 0, "changed": 0, "same": 2}
    for table in (found.made, found.new, found.gone, found.amended, found.figures):
        assert len(table) == 0
    assert "Hankkeissa ja luvuissa ei ole eroja." in found.text("fi")


def test_a_figure_of_an_axis_has_the_name_it_has_in_its_period_and_fund(
    ready: Path, next_year: Path
) -> None:
    """An axis alone has several names: no two reports with tables by axis could be told apart."""
    found = esrdata.diff(ready / "pack", next_year)
    group = {"programme_period": "2007-2013", "fund": "ESR", "priority_axis": "5"}
    row = {"statistic": "absorption", "arguments": "{}", "column": "n", "group": json.dumps(group),
           "before": 1.0, "after": 2.0, "change": 1.0}  # fmt: skip
    assert figure(found, row, "sv")["group"] == (
        "Programperioden 2007–2013, Europeiska socialfonden, 5\u00a0Tekniskt stöd"
    )
    alone = {**row, "group": json.dumps({"priority_axis": "1"})}
    assert figure(found, alone, "fi")["group"] == "Toimintalinja\u00a01"


def test_the_newer_pack_first_is_told(tmp_path: Path) -> None:
    columns = (
        "Koodi;Rahasto;Hankkeen nimi;Tl;Viranomainen;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi"
    )
    row = "S90001;ESR;Silta;5;Hämeen ELY-keskus;Toiminnassa;1.5.2015;30.6.2017;Malli Oy"
    for name, day in (("vanha", "2016-05-10"), ("uusi", "2018-05-10")):
        path = tmp_path / f"lista-{day}.csv"
        path.write_text(f"{columns}\n{row}\n", encoding="utf-8")
        esrdata.read(path).save(tmp_path / name)
    found = esrdata.diff(tmp_path / "uusi", tmp_path / "vanha")
    assert found.as_json()["turned"] == ["2018-05-10", "2016-05-10"]
    assert (
        "Kansion uusi uusin hankelista on päivältä 10.5.2018 ja kansion vanha päivältä 10.5.2016: "
        "vanhempi kansio annetaan ensin, joten muutokset ovat tässä väärin päin."
    ) in found.text("fi")
    right = esrdata.diff(tmp_path / "vanha", tmp_path / "uusi")
    assert right.turned == () and "wrong way" not in right.text()


@pytest.mark.slow
@pytest.mark.parametrize("beside", ["before", "compare"])
def test_what_a_report_is_set_beside_may_have_whole_paths(tmp_path: Path, beside: str) -> None:
    """The manifest has none of them, nor has the workbook: it had seemed altered by hand."""
    new, old = tmp_path / "new", tmp_path / "old"
    pages = [eura2014_page(code=f"S2000{n}") for n in range(3)]
    others = [eura2014_page(code=f"S3000{n}", eu_planned="2 000,00") for n in range(3)]
    main, other = read_pages(new, *pages), read_pages(old, *others)
    assert other.files["file"].str.startswith(str(old)).all()
    given = {"before": other} if beside == "before" else {"compare": {"Old": other}}
    esrdata.report.write(main, tmp_path / "pack", cards=False, explorer=False, **given)
    sheets = pd.read_excel(tmp_path / "pack" / "report.xlsx", sheet_name=None, header=None)
    texts = [text for sheet in sheets.values() for text in map(str, sheet.to_numpy().ravel())]
    assert len(texts) > 1000 and not any(str(old) in text for text in texts)
    assert esrdata.verify(tmp_path / "pack", tmp_path).unaltered


@pytest.mark.slow
def test_a_theme_that_is_not_at_hand_leaves_documents_to_their_texts(tmp_path: Path) -> None:
    given = tmp_path / "sources"
    portfolio = read_pages(given, eura2014_page())
    recipe, theme = tmp_path / "recipe.yml", tmp_path / "theme.yml"
    recipe.write_text("chapters:\n- chapter: funding\n", encoding="utf-8")
    theme.write_text("sizes: {title: 13}\n", encoding="utf-8")
    with esrdata.charts.theme(theme):
        esrdata.report.write(portfolio, tmp_path / "pack", recipe=recipe, cards=False)
    without = esrdata.verify(tmp_path / "pack")
    assert "not_compared_dress" in [one.kind for one in without.noticed]
    assert without.unaltered
    # Among the sources it is found by its hash, whatever its name.
    theme.rename(given / "own.yml")
    beside = esrdata.verify(tmp_path / "pack", given)
    assert "not_compared_dress" not in [one.kind for one in beside.noticed]
    assert beside.unaltered


@pytest.mark.slow
def test_differences_are_a_page_a_workbook_and_json(
    ready: Path, next_year: Path, tmp_path: Path
) -> None:
    found = esrdata.diff(ready / "pack", next_year)
    page = found.write(tmp_path / "d.html", lang="sv").read_text(encoding="utf-8")
    assert '<html lang="sv">' in page
    assert "Skillnader mellan materialen" in page
    assert "S20010" in page
    book = found.write(tmp_path / "d.xlsx", lang="fi")
    assert book.stat().st_size > 0
    assert found.as_json()["amended"][0]["after"] == 1500.0
    with pytest.raises(UsageError, match=r"must end in \.html, \.xlsx"):
        found.write(tmp_path / "d.txt")
