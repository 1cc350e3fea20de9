"""Visible words keep to one term for one thing, and to the language they are in."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from esrdata.knowledge import load

LANGUAGES = ("fi", "sv", "en")
#: What is not said, as patterns, and what is said instead.
AVOIDED = {
    "fi": {
        r"hankeluettelo": "hankelista",
        r"todistesivu": "lähdesivu",
        r"rahoituserä": "rahoituslaji",
        r"\beri mieltä\b": "poikkeavat toisistaan",
        r"\bsiemen": "satunnaisluvut samat joka kerta",
        r"\bnimike\b": "kentän nimi",
        r"\bkuulumaton": "ei koske hanketta",
        r"\bosarahoitu": "kuntarahoitus",
    },
    "sv": {
        r"projektförteckning": "projektlista",
        r"bevissid": "källsida",
        r"\boense\b": "skiljer sig åt",
        r"\bstreckad": "skrafferad",
        r"verksamhetslinje": "insatsområde",
        r"\betikett": "ledtext",
        r"\bfrö(et)?\b": "startvärde",
        r"genomförda deltagare": "faktiska deltagare",
        r"i verksamhet\b": "pågående",
    },
    "en": {
        r"\bthe material\b": "the data",
        r"\brealised participants\b": "actual participants",
        r"\bin operation\b": "ongoing",
        r"\bfinding of the reader\b": "data issue",
        r"\bbeneficiary's lead\b": "lead beneficiary",
    },
}
#: Words that are of one language only; names and what is quoted apart.
OTHERS = {
    "fi": r"\b(the|and|of|with|projects?|och|är|för|inte|som|från|projekten)\b",
    "sv": r"\b(the|and|of|with|which|ei|on|tai|hanke|hankkeet|hankkeiden)\b",
    "en": r"\b(och|är|för|inte|hanke|hankkeet|ei|tai|projekten)\b",
}
#: English of computers that has no other name, in which such a word may stand.
_QUOTED = re.compile(
    r"`[^`]*`|“[^”]*”|”[^”]*”|\"[^\"]*\"|\{[^}]*\}|https?://\S+|--?[a-z-]+|\b\w+\.\w+"
)


def visible() -> Iterator[tuple[str, str, str]]:
    """Every word that people see: its place, its language and its text."""
    statistics = load.statistics()
    roots = {
        "words": load.words(),
        "messages": load.messages(),
        "titles": load.titles(),
        "statistics": statistics["labels"],
        "tables": load.table_specs(),
    }
    for name, root in roots.items():
        yield from _texts(root, name)


def _texts(node: Any, place: str) -> Iterator[tuple[str, str, str]]:
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key in LANGUAGES and isinstance(value, str):
            yield place, key, value
        else:
            yield from _texts(value, f"{place}.{key}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_thing_has_one_name(lang: str) -> None:
    wrong = [
        f"{place}: {text!r} should say {better!r}"
        for place, of, text in visible()
        for pattern, better in AVOIDED[lang].items()
        if of == lang and re.search(pattern, text, re.IGNORECASE)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_another_language(lang: str) -> None:
    wrong = [
        f"{place}: {text!r} has {found[0]!r}"
        for place, of, text in visible()
        if of == lang and (found := re.search(OTHERS[lang], _QUOTED.sub(" ", text)))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_keeps_its_sign_on_the_line(lang: str) -> None:
    wrong = [
        f"{place}: {text!r}"
        for place, of, text in visible()
        if of == lang and re.search(r"[}\d] (?:%|[Mt]?€|kk\b|mån\.)", text)
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_avoided_is_found() -> None:
    assert re.search(next(iter(AVOIDED["fi"])), "Hankeluettelossa", re.IGNORECASE)
    assert re.search(OTHERS["fi"], "Hankkeet and rahoitus")
    assert not re.search(OTHERS["sv"], "Projekten och finansieringen")
