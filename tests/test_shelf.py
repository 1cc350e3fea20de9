"""A shelf of a user's own: a form, a list, codes and words beside those of the package."""

import copy
import pickle
from pathlib import Path

import pytest
from pages import ROOT

import esrdata
from esrdata.errors import KnowledgeError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.opening import open_shelf
from esrdata.knowledge.shelf import OURS, active, on_its_shelf, using
from esrdata.knowledge.wording import code_label, word
from esrdata.present.single import write_table

# It opens with three labels of EURA 2014, and asks two things that no form of ours asks.
FORM = """
form: orchards
what: A made-up description of an orchard project
label: {fi: Hedelmätarhakuvaus, en: Orchard description}
languages: [fi]
sets: {projects.programme_period: "2014-2020"}
blank_words: ["-"]
titles:
  - {fi: Hedelmätarhahankkeen kuvaus, sets: {projects.fund: ESR}}
sections:
  - key: project
    number: "1"
    fi: Hanke
    entries:
      - {fi: Hankekoodi, template: "{projects.project_code:code}"}
      - {fi: Hankkeen nimi, template: "{projects.name:text}"}
      - {fi: Vastuuviranomainen, template: "{projects.authority:text}"}
      - {fi: Tarhan omistaja, template: "{projects.applicant:text}"}
  - {key: pests, number: "2", fi: Tuholaiset, narrative: narratives.pests}
  - key: trees
    number: "3"
    fi: Puut
    entries:
      - {fi: Istutetaan, template: "{indicators.trees.planned:count}"}
      - {fi: Istutettu, template: "{indicators.trees.realised:count}"}
  - key: principles
    number: "4"
    fi: Periaatteet
    ordered: true
    entries:
      - fi: Tarha on luomua
        template: "{horizontal.organic:text}"
        codes: answers
        free_text: horizontal.organic.justification
"""
PAGE = """Hedelmätarhahankkeen kuvaus

1 Hanke

Hankekoodi: S77001

Hankkeen nimi: Omenat ja päärynät

Vastuuviranomainen: Hämeen elinkeino-, liikenne- ja ympäristökeskus

Tarhan omistaja: Mallilan hedelmä ry

2 Tuholaiset

Kirvat torjutaan leppäkertuilla.

3 Puut

Istutetaan: 120

Istutettu: 97

4 Periaatteet

Tarha on luomua: Kyllä

Myrkkyjä ei käytetä.
"""
FILES = {
    "forms/orchards.yml": FORM,
    "lists/orchards-2014.csv": "field,kind,codes,required,heading,variants,why\n"
    "projects.project_code,list_code,,yes,Tarhakoodi,,\n"
    "projects.name,text,,yes,Tarha,,\n"
    "projects.start_date,date,,no,Alkaa,,\n"
    "projects.end_date,date,,no,Päättyy,,\n"
    "projects.applicant,text,,no,Omistaja,,\n"
    "projects.authority,text,,no,Rahoittaja,,\n"
    "indicators.trees.planned,count,,no,Puita,,\n",
    "codes/indicators.csv": "code,label_fi,label_sv,label_en,source\n"
    "trees,Istutetut puut,Planterade träd,Trees planted,made_up\n",
    # As a spreadsheet saves it: a mark before the text, columns in another order, one left out.
    "codes/narrative_sections.csv": "\ufeffcode,label_en,label_sv,label_fi\n"
    "pests,Pests,Skadedjur,Tuholaiset\n",
    "codes/horizontal_principles.csv": "form,code,label_fi,label_sv,label_en,source\n"
    "orchards,organic,Tarha on luomua,Ekologisk odling,The orchard is organic,made_up\n",
    "words.yml": "orchard: {tree: {fi: puu, sv: träd, en: tree}}\n",
    "README.md": "Notes of the user's own are no part of the shelf.",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for place, text in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return write(tmp_path / "shelf", FILES)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "S77001.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_form_of_ones_own_reads_its_page(shelf: Path, page: Path) -> None:
    portfolio = esrdata.read(page, shelf=shelf)
    project = portfolio.projects.iloc[0]
    assert list(project[["project_code", "form", "name", "applicant"]]) == [
        "S77001", "orchards", "Omenat ja päärynät", "Mallilan hedelmä ry",
    ]  # fmt: skip
    trees = portfolio.indicators.set_index("stage")
    assert (trees["indicator"] == "trees").all()
    assert trees.loc["planned", "total"] == 120
    assert trees.loc["realised", "total"] == 97
    pests = portfolio.narratives.iloc[0]
    assert list(pests[["section", "text"]]) == ["pests", "Kirvat torjutaan leppäkertuilla."]
    assert list(portfolio.horizontal[["principle", "answer_code"]].iloc[0]) == ["organic", "yes"]
    assert portfolio.issues.empty


def test_a_form_whose_first_section_has_no_labels_ends_no_other_page(tmp_path: Path) -> None:
    start = "sections:\n  - {key: preface, fi: Alkusanat, narrative: narratives.summary}\n"
    form = FORM.replace("sections:\n", start, 1)
    shelf = write(tmp_path / "shelf", FILES | {"forms/orchards.yml": form})
    folder = write(tmp_path / "pages", {"a.txt": "Muistio\n\nKokous pidettiin.\n"})
    portfolio = esrdata.read([folder, ROOT / "data/raw/S20405.txt"], shelf=shelf)
    assert list(portfolio.files["status"]) == ["unknown_form", "read"]


def test_a_list_of_ones_own_is_read(shelf: Path, tmp_path: Path) -> None:
    table = tmp_path / "tarhat.csv"
    table.write_text(
        "Tarhakoodi;Tarha;Alkaa;Päättyy;Omistaja;Rahoittaja;Puita\n"
        "S77001;Omenat;1.3.2015;30.9.2016;Mallilan hedelmä ry;;120\n"
        "S77002;Luumut;1.3.2015;30.9.2016;Mallilan hedelmä ry;;\n",
        "utf-8",
    )
    portfolio = esrdata.read(table, shelf=shelf)
    assert list(portfolio.projects["name"]) == ["Omenat", "Luumut"]
    planned = portfolio.indicators.set_index("project_code")["total"]
    assert planned["S77001"] == 120
    assert "S77002" not in planned.dropna()


@pytest.mark.parametrize("name", ["2028-2034 oma", "2028-2034_oma", "2028-2034"])
def test_a_list_by_the_same_headings_as_ours_is_read_as_its_owner_says(
    name: str, tmp_path: Path
) -> None:
    ours = (Path(esrdata.__file__).parent / "knowledge/lists/2014-2020.csv").read_text("utf-8")
    granted, paid = "funding.eu_and_state.planned", "funding.eu_and_state.realised"
    turned = ours.replace(granted, "?").replace(paid, granted).replace("?", paid)
    # As people write by hand: with spaces beside the commas.
    heading, _, rows = turned.replace(",,yes,", ",, yes ,").partition("\n")
    own = f"{heading.replace(',', ' , ')}\n{rows}"
    shelf = write(tmp_path / "shelf", {f"lists/{name}.csv": own})
    table = tmp_path / "lista.csv"
    table.write_text(
        "Koodi;Rahasto;Hankkeen nimi;Tila;Aloituspvm;Päättymispvm;Toteuttajan nimi;"
        "Myönnetty EU- ja valtion rahoitus\n"
        "S77001;ESR;Omenat;Toiminnassa;1.3.2029;30.9.2030;Mallilan hedelmä ry;120\n",
        "utf-8",
    )
    portfolio = esrdata.read(table, shelf=shelf)
    assert list(portfolio.projects["programme_period"]) == ["2028-2034"]
    sums = portfolio.funding.dropna(subset="amount_eur")
    assert list(sums[["measure", "stage", "amount_eur"]].iloc[0]) == [
        "eu_and_state",
        "realised",
        120,
    ]
    assert list(esrdata.read(table).projects["programme_period"]) == ["2014-2020"]


def test_the_package_alone_does_not_know_them(shelf: Path, page: Path) -> None:
    esrdata.read(page, shelf=shelf)
    assert active() is OURS
    assert "orchards" not in load.form_names()
    assert set(esrdata.read(page).projects["form"]) != {"orchards"}


def test_other_documents_read_as_they_did(shelf: Path, tmp_path: Path) -> None:
    sources = ROOT / "data" / "raw"
    for name, own in (("without", None), ("with", shelf)):
        esrdata.read(sources, shelf=own).save(tmp_path / name)
    without, with_ = (sorted((tmp_path / name).glob("*.csv")) for name in ("without", "with"))
    assert [path.name for path in without] == [path.name for path in with_]
    for one, other in zip(without, with_, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_workers_know_the_shelf(shelf: Path, page: Path) -> None:
    other = page.with_name("S77002.txt")
    other.write_text(PAGE.replace("S77001", "S77002"), encoding="utf-8")
    both = [page, other]
    assert esrdata.read(both, shelf=shelf, workers=2) == esrdata.read(both, shelf=shelf)


def test_labels_go_with_a_portfolio_and_its_save(shelf: Path, page: Path, tmp_path: Path) -> None:
    portfolio = esrdata.read(page, shelf=shelf)
    portfolio.save(tmp_path / "saved")
    for file in sorted(shelf.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    loaded = esrdata.load(tmp_path / "saved")
    assert loaded == portfolio
    assert loaded.shelf is portfolio.shelf
    for one in (portfolio, loaded.select(form="orchards")):
        explained = one.explain("S77001", "indicators.trees.planned", lang="sv")
        assert "Planterade träd, planerat" in str(explained)


@pytest.mark.slow
def test_a_save_can_be_loaded_with_another_shelf(shelf: Path, page: Path, tmp_path: Path) -> None:
    esrdata.read(page, shelf=shelf).save(tmp_path / "saved")
    other = write(
        tmp_path / "other",
        {"codes/indicators.csv": FILES["codes/indicators.csv"].replace("planted", "in the soil")},
    )
    loaded = esrdata.load(tmp_path / "saved", shelf=other)
    assert "Trees in the soil" in str(loaded.explain("S77001", "indicators.trees.planned"))


def test_statistics_and_their_charts_know_the_labels(shelf: Path, page: Path) -> None:
    portfolio = esrdata.read(page, shelf=shelf)
    answers = esrdata.stats.horizontal_answers(portfolio)
    assert list(answers["principle"]) == ["organic"]
    ax = esrdata.charts.horizontal_answers(answers, lang="sv")
    texts = [text.get_text() for text in ax.figure.findobj(match=lambda a: hasattr(a, "get_text"))]
    assert any("Ekologisk odling" in text for text in texts)
    write_table(answers, "horizontal_answers", (), page.with_suffix(".csv"), "sv")
    assert "Ekologisk odling" in page.with_suffix(".csv").read_text(encoding="utf-8-sig")


def test_labels_come_from_the_shelf_in_use(shelf: Path) -> None:
    opened = open_shelf(shelf)
    with using(opened):
        assert code_label("indicators", "trees", "sv") == "Planterade träd"
        assert code_label("narrative_sections", "pests", "fi") == "Tuholaiset"
        assert code_label("indicators", "participants", "en") == "Participants"
        assert word("form.orchards", "fi") == "Hedelmätarhakuvaus"
        # The form gives no Swedish label: it goes by its first one.
        assert word("form.orchards", "sv") == "Hedelmätarhakuvaus"
        assert word("orchard.tree", "en") == "tree"
        assert load.form_names()[-1] == "orchards"
    with pytest.raises(UsageError):
        code_label("indicators", "trees", "sv")


def test_a_shelf_of_the_same_texts_is_the_same_shelf(shelf: Path, tmp_path: Path) -> None:
    opened = open_shelf(shelf)
    assert open_shelf(write(tmp_path / "moved", FILES)) is opened
    assert pickle.loads(pickle.dumps(opened)) is opened
    assert copy.deepcopy(opened) is opened
    assert open_shelf(None) is OURS
    assert open_shelf([]) is OURS
    changed = {**FILES, "words.yml": "orchard: {tree: {fi: omenapuu, sv: träd, en: tree}}\n"}
    assert open_shelf(write(tmp_path / "changed", changed)).fingerprint != opened.fingerprint


def test_several_shelves_stand_side_by_side(shelf: Path, page: Path, tmp_path: Path) -> None:
    more = write(
        tmp_path / "more",
        {"codes/indicators.csv": "code,label_fi,label_sv,label_en\nbushes,Pensaat,Buskar,Bushes\n"},
    )
    with using(open_shelf([shelf, more])):
        assert [row["code"] for row in load.codes("indicators")][-2:] == ["trees", "bushes"]
        assert load.codes("indicators")[-1]["source"] == ""


def test_what_is_given_two_shelves_knows_both(shelf: Path, tmp_path: Path, page: Path) -> None:
    more = write(
        tmp_path / "more",
        {"codes/indicators.csv": "code,label_fi,label_sv,label_en\nbushes,Pensaat,Buskar,Bushes\n"},
    )

    @on_its_shelf
    def codes(_: object) -> set[str]:
        return {row["code"] for row in load.codes("indicators")}

    one, other = (esrdata.read(page, shelf=own) for own in (shelf, more))
    assert {"trees", "bushes"} <= codes({"one": one, "other": other})
    assert "bushes" not in codes(one)


def test_what_cannot_be_used_is_one_sentence_and_nothing_is_read(tmp_path: Path) -> None:
    shelf = write(
        tmp_path / "bad",
        {"forms/orchards.yml": FORM.replace("key: pests, number", "kye: pests, number")},
    )
    with pytest.raises(KnowledgeError, match=r"orchards\.yml, line \d+, "):
        esrdata.read(ROOT / "data" / "raw", shelf=shelf)


def test_two_shelves_with_one_name_are_refused(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="the name 'orchards' is taken"):
        open_shelf([shelf, write(tmp_path / "twin", {"forms/orchards.yml": FORM + "\n"})])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        esrdata.read(ROOT / "data" / "raw", shelf=tmp_path / "nowhere")


def test_what_a_system_leaves_in_a_shelf_is_nobodys_mistake(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    codes = tmp_path / "shelf" / "codes"
    codes.mkdir(parents=True)
    rows = "code,label_fi,label_sv,label_en,variants,source\nunclear,Auki,Öppen,Open,,Ours\n"
    (codes / "status.csv").write_text(rows, encoding="utf-8")
    for folder in (codes, codes.parent):
        for name in ("desktop.ini", "Thumbs.db"):
            (folder / name).write_bytes(b"\xd0\xcf")
    # A shelf in the user's own folder, too.
    assert open_shelf("~/shelf").folders == open_shelf(codes.parent).folders
