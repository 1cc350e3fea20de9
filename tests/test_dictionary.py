"""simplemma's dictionaries looked into where they lie: the same words, found sooner."""

from collections.abc import Callable

import pytest
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

from esrdata.search.dictionary import Dictionary, OtherStreamError, Stream, dictionary

AS_BEFORE, WHOLE = bytes([254]), 255


def entry(shared: int, rest: str, form: bytes) -> bytes:
    """A word: letters shared with the one before, the others, and its basic form."""
    return bytes([shared, len(rest.encode())]) + rest.encode() + form


def cut(letters: int, end: str = "") -> bytes:
    """A basic form: so many bytes less, and an end."""
    return bytes([letters, len(end.encode())]) + end.encode()


WORDS = {
    # The basic form of the one before, of a word that leads and of one that does not.
    "auto": ("auto", entry(0, "auto", cut(0))),
    "autoa": ("auto", entry(4, "a", AS_BEFORE)),
    "autoilijankin": ("autoilija", entry(4, "ilijankin", cut(4))),
    "autoilijankinko": ("autoilija", entry(13, "ko", AS_BEFORE)),
    "autoilijoiden": ("autoilija", entry(8, "oiden", cut(5, "a"))),
    "menivätkään": ("mennä", entry(0, "menivätkään", bytes([WHOLE, 6]) + "mennä".encode())),
    "öljyt": ("öljy", entry(0, "öljyt", cut(1))),
}
STREAM = b"".join(made for _, made in WORDS.values())


@pytest.mark.parametrize("word", WORDS)
def test_a_word_has_its_basic_form(word: str) -> None:
    assert Stream(b"head" + STREAM, 4, len(WORDS)).get(word) == WORDS[word][0]


@pytest.mark.parametrize(
    "word", ["", "a", "aut", "autob", "autoilijankink", "autoilijankinkos", "b", "öljy", "öljytt"]
)
def test_a_word_that_is_not_held_has_none(word: str) -> None:
    assert Stream(STREAM, 0, len(WORDS)).get(word) is None


@pytest.mark.parametrize(
    ("stream", "count"),
    [
        (STREAM, len(WORDS) + 1),
        (STREAM[:-1], len(WORDS)),
        # Lengths of several bytes.
        (STREAM + bytes([0, 0x80, 1]) + "ö".encode() * 64 + AS_BEFORE, len(WORDS) + 1),
        (STREAM + bytes([0x80, 1]) + b"s" + AS_BEFORE, len(WORDS) + 1),
    ],
    ids=["fewer", "cut off", "long word", "long beginning"],
)
def test_a_stream_of_another_kind_is_refused(stream: bytes, count: int) -> None:
    with pytest.raises(OtherStreamError):
        Stream(stream, 0, count)


@pytest.mark.parametrize(
    ("lang", "word"),
    [("fi", "hankkeessa"), ("fi", "Hankkeessa"), ("sv", "projekten"), ("en", "women")],
)
def test_it_answers_as_simplemma_does(lang: str, word: str) -> None:
    own: Callable[[str], Dictionary] = LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary
    for asked in (word, word[:-1], f"{word}x"):
        assert dictionary(lang, own).get(asked) == own(lang).get(asked)


def test_one_of_another_kind_is_left_to_simplemma() -> None:
    own = {"women": "woman"}
    # The English one has words of more than 127 letters.
    assert dictionary("en", lambda lang: own) is own
