"""What a name says of an organisation."""

from typing import NamedTuple


class Identity(NamedTuple):
    """What a name says of an organisation.

    Attributes
    ----------
    key
        What all spellings of one organisation share.
    kind
        The kind of body, as the shelf names it; None where its words do not say.
    name
        The body's name without unit, notes and acronyms in brackets.
    unit
        The unit written behind the body's full name, None where there is none.
    parent
        The key of the body that a unit named alone belongs to, None where none is named.
    parent_name
        The name of that body as the unit's name has it, in small letters.
    business_id
        A business ID that stands in the name.
    rules
        What was done to get from the name to the key, in order: codes of the shelf.
    """

    key: str
    kind: str | None
    name: str
    unit: str | None = None
    parent: str | None = None
    parent_name: str | None = None
    business_id: str | None = None
    rules: tuple[str, ...] = ()
