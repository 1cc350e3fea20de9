"""What an analyser said of words is kept from one run of the command line to the next."""

import json
import shutil
from itertools import islice

import pages
import pytest
import simplemma
from click.testing import CliRunner
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY, dictionary_factory

from esrdata.cache import Cache, usual_folder
from esrdata.cli import main
from esrdata.search import analysers, kept_words
from esrdata.search.dictionaries import _by_block, look_up


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    shutil.copy(pages.RAW / "S20405.txt", folder)
    return folder


@pytest.fixture
def asked(monkeypatch):
    """The words that a dictionary was asked about."""
    words = []
    whole = simplemma.Lemmatizer.lemmatize

    def lemmatize(self, token, lang):
        words.append(token)
        return whole(self, token, lang)

    monkeypatch.setattr(simplemma.Lemmatizer, "lemmatize", lemmatize)
    monkeypatch.setattr(analysers, "_voikko", lambda: "it is not to be used here")
    return words


def explored(source, *options):
    page = source.parent / "explorer.html"
    given = ["explore", str(source), "--out", str(page), *options]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    return page.read_bytes()


def test_the_second_run_asks_no_dictionary_and_is_equal(source, asked):
    plain = explored(source, "--no-cache")
    del asked[:]
    assert explored(source) == plain
    assert "hankkeen" in asked
    del asked[:]
    assert explored(source) == plain
    assert asked == []


def test_a_new_word_alone_is_asked_about(source, asked):
    explored(source)
    page = source / "S20405.txt"
    text = page.read_text(encoding="utf-8")
    assert "hyvinvoint" in text
    page.write_text(text.replace("hyvinvoint", "yltiöhyvinvoint", 1), encoding="utf-8")
    del asked[:]
    explored(source)
    assert "työyltiöhyvinvointia" in asked
    assert "hankkeen" not in asked


def test_nothing_is_kept_unless_wanted(source):
    explored(source, "--no-cache")
    assert Cache(usual_folder()).size() == (0, 0)


@pytest.mark.parametrize("contacts", [False, True])
def test_no_word_is_kept_with_contact_persons(source, tmp_path, monkeypatch, contacts):
    caches = []
    whole = kept_words.keeping_words
    monkeypatch.setattr(
        "esrdata.search.kept_words.keeping_words",
        lambda cache: caches.append(cache) or whole(cache),
    )
    given = ["read", str(source), "--out", str(tmp_path / "out"), *["--contacts"] * contacts]
    assert CliRunner().invoke(main, given).exit_code in (0, 1)
    assert len(caches) == (not contacts)


def lemmas(folder, *words):
    """The basic forms of some words, with those that a folder keeps."""
    with kept_words.keeping_words(Cache(folder)):
        analyser = analysers.choose("simplemma", "fi")
        return [analyser.lemma(word) for word in words]


def entry(folder):
    (path,) = (path for path in folder.rglob("*") if len(path.name) == 64)
    return path.name


@pytest.mark.parametrize("foreign", [b"\xff", b"[]", b"7", b'[{"taloa": 1}, {}]', b"[{}, [2]]"])
def test_a_foreign_entry_is_made_again(tmp_path, asked, foreign):
    assert lemmas(tmp_path, "taloa") == ["talo"]
    key = entry(tmp_path)
    Cache(tmp_path).put(key, foreign)
    del asked[:]
    assert lemmas(tmp_path, "taloa") == ["talo"]
    assert asked == ["taloa"]
    assert json.loads(Cache(tmp_path).get(key)) == [{"taloa": "talo"}, {}]


def test_the_oldest_answers_go_when_there_are_too_many(tmp_path, asked, monkeypatch):
    monkeypatch.setattr(kept_words, "MOST", 2)
    lemmas(tmp_path, "taloa", "kouluja", "nuoren")
    del asked[:]
    assert lemmas(tmp_path, "taloa", "kouluja", "nuoren") == ["talo", "koulu", "nuori"]
    assert asked == ["taloa"]


@pytest.mark.filterwarnings("error")
def test_a_folder_that_is_not_there_is_not_complained_of(tmp_path, asked):
    assert lemmas(tmp_path / "nowhere", "taloa") == ["talo"]
    assert not (tmp_path / "nowhere").exists()


def test_languages_are_kept_apart(tmp_path, asked):
    lemmas(tmp_path, "kurser")
    with kept_words.keeping_words(Cache(tmp_path)):
        assert analysers.choose(None, "sv").lemma("kurser") == "kurs"
    assert asked == ["kurser"] * 2


def test_words_are_looked_up_as_simplemma_has_them():
    own = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary("en")
    blocks = look_up("en", fail)
    words = [*islice(own, 0, None, 997)]
    asked = ["", "zx", *words, *(word[:-1] for word in words), *(f"{word}q" for word in words)]
    assert [*map(blocks, asked)] == [*map(own.get, asked)]
    assert blocks("working") == "work"


@pytest.mark.parametrize(
    "data",
    [
        b"SMFC2\0\x01\0\x01a\0\0",  # another form
        b"SMFC1\0\x01\0\x01a\0\x09",  # cut off
        b"SMFC1\0\x01\0\x81",
    ],
)
def test_a_dictionary_of_another_form_is_asked_itself(monkeypatch, data):
    monkeypatch.setattr(dictionary_factory, "_read_decompressed", lambda lang: data)
    _by_block.cache_clear()
    assert look_up("fi", lambda lang: {"talosta": "talo"})("talosta") == "talo"
    assert look_up("fi", lambda lang: {"talosta": "talo"})("talossa") is None


def fail(lang):
    raise AssertionError(f"the dictionary of {lang} is opened as simplemma opens it")
