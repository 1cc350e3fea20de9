"""The grammar of vocabularies: words and patterns around figures, of web pages, of the sample."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel
from pydantic_core import PydanticCustomError

from esrdata.knowledge.schema.base import Pattern, Strict, Text

Texts = list[Text]
Patterns = list[Pattern]
#: Lemma -> its stems, which are patterns.
Lemmas = dict[str, Patterns]
#: A number, as text, and the words for it.
ByNumber = dict[Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")], Texts]


def _leaves(value: Any) -> Any:
    """Refuse what YAML took for something else: `on` and `no` are true and false to it."""
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for part in inner:
            _leaves(part)
    elif isinstance(inner, bool | dt.date):
        raise PydanticCustomError("string_type", "text")
    return value


#: Texts, numbers, and lists and groups of them.
Group = Annotated[Any, AfterValidator(_leaves)]


class Words(Strict):
    """Words in groups, each typed; readers ask for a group by its name, so one may be added."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Group]


class Numbers(Words):
    """`quantities/numbers.yml`: number words."""

    ones: ByNumber
    teen: Texts
    ten: Texts
    hundred: Texts
    thousand: Texts
    million: Texts
    zero: Texts
    multipliers: ByNumber
    approximate: dict[str, ByNumber]
    indefinite: Texts


class ClaimUnits(Words):
    """`claims/units.yml`: what narratives count, by kind."""

    endings: Pattern
    people: Lemmas
    by_ending: dict[str, Pattern]
    people_or_attribute: Lemmas
    organisations: Lemmas
    events: Lemmas
    measures: Lemmas
    products: Lemmas
    other: Lemmas
    none: Lemmas
    money: Pattern
    share: Pattern
    pieces: Texts


class ClaimWords(Words):
    """`claims/words.yml`: words around figures."""

    qualifiers: dict[str, Texts]
    fillers: Texts
    never: Patterns
    sayings: Patterns
    phrase_ends: Texts
    attributes: Texts
    verb: Pattern
    goal: Pattern
    past: Pattern
    abbreviations: Texts


class AddressWords(Strict):
    """What stands in e-mail addresses."""

    at: Texts
    at_in_brackets: Texts
    at_codes: Texts
    dot: Texts
    dot_codes: Texts
    top_domains: Texts
    mailboxes: Texts
    between: Texts
    before_at: Texts


class PhoneWords(Strict):
    """What stands around phone numbers."""

    labels: Texts
    other_labels: Texts
    fillers: Texts
    units: Texts
    extensions: Texts
    mobile: Texts
    calling_codes: Texts
    zero: Texts
    digits: Texts


class Labels(Strict):
    """Words before a number."""

    labels: Texts


class NameWords(Strict):
    """What stands around names of persons."""

    particles: Texts
    titles: Texts
    occupations: Texts
    doings: Texts
    bodies: Texts
    towns: Texts
    ordinary: dict[Literal["fi", "sv", "en"], Texts]


class Privacy(Strict):
    """`privacy.yml`: what personal data look like in prose."""

    addresses: AddressWords
    phones: PhoneWords
    identity: Labels
    accounts: Labels
    names: NameWords


class Vocabulary(RootModel[dict[str, Group]]):
    """Words in groups."""


#: The model of each file.
MODELS: dict[str, type[BaseModel]] = {
    "quantities/numbers.yml": Numbers,
    "quantities/periods.yml": Vocabulary,
    "quantities/sums.yml": Vocabulary,
    "claims/units.yml": ClaimUnits,
    "claims/words.yml": ClaimWords,
    "cells.yml": Vocabulary,
    "privacy.yml": Privacy,
    "web.yml": Vocabulary,
    "web_pages.yml": Vocabulary,
    "sample.yml": Vocabulary,
}
