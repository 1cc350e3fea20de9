"""Search and themes: which words are found, where, and by which analyser. Read by hand."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from esrdata.errors import StoreError, UsageError
from esrdata.search import analysers, search, themes, write_themes


@pytest.fixture(scope="module", params=analysers.NAMES)
def analyser(request: pytest.FixtureRequest) -> str:
    """Each analyser, loaded once; one that is not installed is passed over."""
    try:
        analysers.choose(request.param, "fi")
    except UsageError as error:
        pytest.skip(str(error))
    return request.param


@pytest.fixture(scope="module")
def either() -> str:
    """The analyser that every installation has."""
    pytest.importorskip("simplemma")
    return "simplemma"


def texts(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["project_code", "section", "text"], dtype="string")


def hits(text: str, word: str, **options: object) -> list[str]:
    found = search(texts(("S1", "summary", text)), word, **options)  # type: ignore[arg-type]
    for row in found.itertuples():
        assert text[row.start : row.end] == row.hit
    return list(found["hit"])


# In brackets what is to be found; the other words look alike.
MARKED = {
    "maahanmuuttaja": "Tuettiin [maahanmuuttajia], [maahanmuuttajille] ja [Maahanmuuttajien] "
    "yhdistystä. [Maahanmuuttajanuoret], [EU-maahanmuuttajat] ja [maahanmuuttajataustaiset] "
    "tulivat. Maahanmuutto kasvoi, muuttajat ja maahantuojat eivät. [MAAHANMUUTTAJANAISET]",
    "nuoriso": "[Nuorisossa] on voimaa. [Nuorisotyöpajassa] ja [nuorisotakuu]. Nuoria, nuorten.",
    "nuori": "[Nuorille] ja [maahanmuuttajanuorten] ryhmälle. Nuoriso, nuorisotakuu, nuorekas.",
    "työ": "[Työn] ohella [töissä] ja [nuorisotyössä], [yhteistyö]. Työttömyys, hyöty, sinulle.",
    "työpaja": "[Nuorisotyöpajat], [työpajatoiminta]. Paja, työpaikka.",
    "osaaminen": "[Osaamisen] puute, [osaamiskartoitus]. Hän osaa, osa osallistui.",
    "maa": "[Maan] tapa ja [kotimaa]. Voimaa, maksaa.",
    "nainen": "[Naisten] ja [naisyrittäjien] verkosto. Naimisissa, lainaistuin.",
    "tasa-arvo": "Sukupuolten [tasa-arvon] ja [tasa-arvosuunnitelma]. Arvo on tasan.",
}


@pytest.mark.parametrize("word", MARKED)
def test_forms_and_compounds_are_found_and_look_alikes_are_not(word: str, analyser: str) -> None:
    wanted = re.findall(r"\[([^]]+)\]", MARKED[word])
    assert hits(re.sub(r"[][]", "", MARKED[word]), word, analyser=analyser) == wanted


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("kokous", "Toista [kokousta] johti kunta. Kokosta tuli."),
        ("sosiaalinen", "[Sosiaalista] puolta hoiti järjestö, [psykososiaalista] kunta. Sosiaali"),
        ("yksilöllinen", "[Yksilöllistä] tukea, [yksilöllisiä] ratkaisuja. Yksilöistä."),
        ("asuminen", "Tuettua [asumista] ja [asumisen] ohjausta. Asuja."),
        ("sosiaalinen osallisuus", "[Sosiaalista osallisuutta] ja osallisuutta."),
        ("nuori", "[Nuorilla] ja [nuorilta], [nuorista], [nuorissa], [nuorina]. Nuoralla."),
        ("tutkinto", "Kaksi [tutkintoja] tarjoavaa. Tutkinnassa."),
        ("kieli", "Vieraita [kieliä], [kielien] opetus, [kielten]."),
        ("vanhempi", "[Vanhemmat] ja [vanhemmille], [vanhempien]. Isät."),
    ],
)
def test_words_that_have_two_readings_are_found(analyser: str, word: str, text: str) -> None:
    """The dictionary of simplemma gives one of them, such as *nuora* of *nuorilla*."""
    wanted = re.findall(r"\[([^]]+)\]", text)
    assert hits(re.sub(r"[][]", "", text), word, analyser=analyser) == wanted


def test_the_basic_form_of_two_is_the_one_searched_for(either: str) -> None:
    table = search(texts(("S1", "summary", "Nuorilla oli tulosta.")), ["nuori", "tulos"])
    assert list(table["lemma"]) == ["nuori", "tulos"]


def test_only_voikko_knows_all_readings_of_a_word() -> None:
    text = "Ryhmän tukea saatiin."
    pytest.importorskip("simplemma")
    assert hits(text, "tuki", analyser="simplemma") == []
    try:
        assert hits(text, "tuki", analyser="voikko") == ["tukea"]
    except UsageError as error:
        pytest.skip(str(error))


def test_hyphens_at_line_ends_soft_hyphens_and_marks_do_not_hide_a_word(analyser: str) -> None:
    text = "maahan\u00admuuttajille, maahan-\nmuuttajien, EU-\nmaahanmuuttaja, nuoriso- ja työ"
    assert hits(text, "maahanmuuttaja", analyser=analyser) == [
        "maahan\u00admuuttajille",
        "maahan-\nmuuttajien",
        "EU-\nmaahanmuuttaja",
    ]
    assert hits(text, "nuoriso", analyser=analyser) == ["nuoriso"]
    assert hits("Etsiva\u0308 työ", "etsivä", analyser=analyser) == ["Etsiva\u0308"]
    assert hits("ESR:n ja ESR-hankkeen", "ESR", analyser=analyser) == ["ESR:n", "ESR-hankkeen"]


def test_a_phrase_is_its_words_one_after_another_in_any_form(analyser: str) -> None:
    text = "Sosiaalisen osallisuuden tuki. Sosiaalinen\nosallisuus. Sosiaalinen, osallisuus."
    found = ["Sosiaalisen osallisuuden", "Sosiaalinen\nosallisuus"]
    assert hits(text, "sosiaalinen osallisuus", analyser=analyser) == found
    assert hits(text, '"sosiaalinen osallisuus"', analyser=analyser) == found[1:]
    assert hits(text, "”osallisuus”", analyser=analyser) == ["osallisuus", "osallisuus"]


def test_a_star_finds_beginnings(either: str) -> None:
    text = "Kotoutuminen, kotouttaa, ESR-kotoutus ja koto."
    found = ["Kotoutuminen", "kotouttaa", "ESR-kotoutus"]
    assert hits(text, "kotou*", analyser=either) == found


def test_other_languages(either: str) -> None:
    swedish = "Invandrarna och ungdomsarbetslösheten bland ungdomar."
    assert hits(swedish, "invandrare", lang="sv") == ["Invandrarna"]
    assert hits(swedish, "ungdom", lang="sv") == ["ungdomsarbetslösheten", "ungdomar"]
    assert hits("Companies and a company's staff", "company", lang="en") == ["Companies", "company"]


def test_each_hit_has_its_place_and_its_surroundings(either: str) -> None:
    first = "Hanke auttaa nuoria\nlöytämään oman alansa."
    table = search(
        texts(
            ("S2", "summary", first), ("S1", "summary", None), ("S1", "objectives", "Työ nuorille")
        ),
        ["nuori", "nuor*"],
        context=13,
        analyser=either,
    )
    assert {name: str(dtype) for name, dtype in table.dtypes.items()} == {
        **dict.fromkeys(("project_code", "section", "word", "hit", "lemma"), "string"),
        **dict.fromkeys(("start", "end"), "Int64"),
        **dict.fromkeys(("before", "after", "analyser"), "string"),
    }
    objectives = ("S1", "objectives")
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        (*objectives, "nuori", "nuorille", "nuori", 4, 12, "Työ ", "", "simplemma"),
        (*objectives, "nuor*", "nuorille", "nuori", 4, 12, "Työ ", "", "simplemma"),
        # "Hanke auttaa " is 13 characters; of what follows only "löytämään" is whole.
        (
            "S2",
            "summary",
            "nuori",
            "nuoria",
            "nuori",
            13,
            19,
            "Hanke auttaa ",
            " löytämään",
            "simplemma",
        ),
        (
            "S2",
            "summary",
            "nuor*",
            "nuoria",
            "nuori",
            13,
            19,
            "Hanke auttaa ",
            " löytämään",
            "simplemma",
        ),
    ]
    assert table.attrs["analyser"] == "simplemma"
    assert re.match(r"\d+\.\d+", table.attrs["analyser_version"])


def test_nothing_found_is_an_empty_table_with_the_same_columns(either: str) -> None:
    some = search(texts(("S1", "summary", "nuori")), "nuori", analyser=either)
    none = search(texts(("S1", "summary", "vanha")), "nuori", analyser=either)
    assert len(some) == 1 and len(none) == 0
    assert list(none.dtypes.items()) == list(some.dtypes.items())


@pytest.mark.parametrize("word", ["", "  ", "*", "nu*ri", '""', '"nuori', "R&D", "a, b", 7])
def test_what_is_no_word_is_told(word: object) -> None:
    with pytest.raises(UsageError, match="cannot be searched"):
        search(texts(("S1", "summary", "nuori")), [word])  # type: ignore[list-item]


def test_wrong_use_is_told_in_a_sentence(either: str) -> None:
    table = texts(("S1", "summary", "nuori"))
    for options, said in (
        ({"lang": "de"}, "no language 'de'"),
        ({"analyser": "spacy"}, "no analyser 'spacy'"),
        ({"analyser": "voikko", "lang": "sv"}, "Finnish only"),
        ({"context": -1}, "0 or more"),
    ):
        with pytest.raises(UsageError, match=said):
            search(table, "nuori", **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="at least one word"):
        search(table, [])
    with pytest.raises(UsageError, match="no column 'text'"):
        search(table.drop(columns="text"), "nuori", analyser=either)


def test_a_missing_analyser_names_what_to_install(
    either: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = texts(("S1", "summary", "nuori"))
    for made in (analysers._voikko, analysers._simplemma):
        made.cache_clear()
    monkeypatch.setitem(sys.modules, "libvoikko", None)
    try:
        assert search(table, "nuori").attrs["analyser"] == "simplemma"
        with pytest.raises(UsageError, match=r"install esrdata\[voikko\]"):
            search(table, "nuori", analyser="voikko")
        monkeypatch.setitem(sys.modules, "simplemma", None)
        analysers._simplemma.cache_clear()
        with pytest.raises(UsageError, match="install simplemma"):
            search(table, "nuori")
    finally:
        for made in (analysers._voikko, analysers._simplemma):
            made.cache_clear()


def test_voikko_comes_first_where_it_is_installed() -> None:
    try:
        analysers.choose("voikko", "fi")
    except UsageError as error:
        pytest.skip(str(error))
    assert search(texts(("S1", "a", "nuori")), "nuori").attrs["analyser"] == "voikko"
    assert analysers.choose(None, "sv").name == "simplemma"


# ---- themes

OWN = """\
nuoret:
  label: {fi: Nuoret}
  words: [nuori, nuor*, etsivä nuorisotyö]
työ:
  words: [työ]
"""


def test_themes_are_counted_by_project_and_zero_is_not_missing(either: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text(OWN, encoding="utf-8")
    table = themes(
        texts(
            ("S2", "summary", "Nuoria ja nuorille. Etsivä nuorisotyö alkoi."),
            ("S2", "objectives", "Nuorten asia"),
            ("S1", "summary", "Kylätalo kunnostettiin."),
        ),
        path,
        projects=["S1", "S2", "S3"],
        analyser=either,
    )
    rows = [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in table.itertuples(index=False)
    ]
    assert rows == [
        ("S1", "nuoret", 0, 0, None),
        ("S1", "työ", 0, 0, None),
        # "Etsivä nuorisotyö" is one place though "nuor*" finds its end too.
        ("S2", "nuoret", 4, 2, "etsivä nuorisotyö, nuori, nuorisotyö"),
        ("S2", "työ", 1, 1, "nuorisotyö"),
        ("S3", "nuoret", None, None, None),
        ("S3", "työ", None, None, None),
    ]
    assert list(table.columns) == ["project_code", "theme", "hits", "sections", "words_found"]
    assert [str(dtype) for dtype in table.dtypes] == [
        "string",
        "string",
        "Int64",
        "Int64",
        "string",
    ]
    assert table.attrs["analyser"] == "simplemma"
    assert table.attrs["labels"] == {"nuoret": {"fi": "Nuoret"}, "työ": {}}


def test_the_themes_on_the_shelf_are_written_out_to_edit(either: str, tmp_path: Path) -> None:
    narratives = texts(("S1", "summary", "Maahanmuuttajat, pakolaiset ja tasa-arvo."))
    path = write_themes(tmp_path / "themes.yml")
    table = themes(narratives, analyser=either)
    assert table.equals(themes(narratives, path, analyser=either))
    met = table[table["hits"] > 0].set_index("theme")["words_found"].to_dict()
    assert met == {"maahanmuuttajat": "maahanmuuttaja, pakolainen", "tasa-arvo": "tasa-arvo"}
    assert all(set(labels) == {"fi", "sv", "en"} for labels in table.attrs["labels"].values())
    assert len(table.attrs["labels"]) >= 10
    with pytest.raises(UsageError, match="is there already"):
        write_themes(path)
    with pytest.raises(StoreError, match="cannot be written"):
        write_themes(tmp_path / "nowhere" / "themes.yml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no themes"),
        ("- nuori\n", "holds no themes"),
        ("a: [\n", "not well-formed YAML on line 2"),
        ("a: [nuori]\n", "'a' in .* does not do"),
        ("a: {words: []}\n", "'a' in .* does not do"),
        ("a: {words: nuori}\n", "'a' in .* does not do"),
        ("a: {words: [no]}\n", "'a' in .* does not do"),
        ("a: {word: [nuori]}\n", "'a' in .* does not do"),
        ("a: {words: [nuori], label: Nuoret}\n", "'a' in .* does not do"),
        ("1: {words: [nuori]}\n", "1 in .* does not do"),
        ("a: {words: ['nu*ri']}\n", r"'a' in .*'nu\*ri' cannot be searched"),
        ("a: {words: [nuori]}\na: {words: [työ]}\n", "'a' is twice"),
    ],
)
def test_a_bad_file_of_themes_is_told_in_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        themes(texts(("S1", "summary", "nuori")), path)


def test_a_file_of_themes_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        themes(texts(("S1", "summary", "nuori")), tmp_path / "none.yml")
    path = tmp_path / "latin.yml"
    path.write_bytes("työ: {words: [työ]}".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        themes(texts(("S1", "summary", "nuori")), path)
