"""The grammar of vocabularies: words and patterns around figures, of web pages, of the sample."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
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
    never_in_small: Patterns
    never_where: dict[str, Pattern]
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
    labels: Texts
    """before an address whose domain stands in brackets"""
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


class IdentityWords(Labels):
    """Words before an identity code."""

    born: Texts
    """before a birthday"""


class AccountWords(Labels):
    """Words before the number of an account."""

    banks: Texts
    """between a label and the number"""


class ProfilePages(Strict):
    """Pages of services for persons."""

    pages: Texts
    """their addresses, up to whose page it is"""


class NameWords(Strict):
    """What stands around names of persons."""

    headings: Texts
    particles: Texts
    between: Texts
    first_names: Texts
    common_first_names: Texts
    accounts: Texts
    no_last_names: Texts
    organisations: Texts
    titles: Texts
    occupations: Texts
    greetings: Texts
    doings: Texts
    bodies: Texts
    towns: Texts
    ordinary: dict[Literal["fi", "sv", "en"], Texts]


class Privacy(Strict):
    """`privacy.yml`: what personal data look like in prose."""

    addresses: AddressWords
    profiles: ProfilePages
    phones: PhoneWords
    identity: IdentityWords
    accounts: AccountWords
    names: NameWords


def _vocabulary(name: str, groups: str) -> type[Words]:
    """Words in groups, of which the readers need these."""
    fields: dict[str, Any] = dict.fromkeys(groups.split(), (Group, ...))
    return create_model(name, __base__=Words, **fields)


#: The model of each file.
MODELS: dict[str, type[BaseModel]] = {
    "quantities/numbers.yml": Numbers,
    "quantities/periods.yml": _vocabulary(
        "Periods",
        "months month_endings month_stems seasons quarters first last around ands spans "
        "within between_signs lengths tells_end",
    ),
    "quantities/sums.yml": _vocabulary(
        "Sums",
        "qualifiers qualifier_signs qualifiers_behind scales scales_with_currency "
        "scales_beside_currency scales_unsure_alone exact_case unit_thousands currency "
        "currency_before english other_currencies percent numbers ands alone indefinite total "
        "lead part rates ranges range_before range_behind",
    ),
    "claims/units.yml": ClaimUnits,
    "claims/words.yml": ClaimWords,
    "cells.yml": _vocabulary(
        "Cells",
        "nothing above error heading_units heading_fillers heading_parts no_sum_units scaled "
        "before_sums scaled_beside sum_words of_a_part unit_headings part_names part_columns "
        "factor_names totals shared_fields one_body_fields role_words part_lines part_counts "
        "part_links day_words own_headings",
    ),
    "privacy.yml": Privacy,
    "web.yml": _vocabulary(
        "Web",
        "labels code_lists headings captions introductions navigation endings ending_patterns "
        "others totals leads several via project_columns name_columns says "
        "otherwise between_otherwise of_year shares planned after_name "
        "contacts contact_places organisations project_words code_words and_others areas "
        "area_starts streets blank_words personal_words",
    ),
    "web_pages.yml": _vocabulary(
        "WebPages",
        "funds other_funds authorities authorities_inflected kinds events call_labels body_least "
        "of_projects of_projects_near documents document_top "
        "prose statuses kinds_of_project after_title files notices verbs unnamed "
        "news_words questions happened happens called before_called inflected unfinished portals",
    ),
    "sample.yml": _vocabulary(
        "Sample",
        "synthetic choices applicants themes endings places sentences bullets results prose",
    ),
}
