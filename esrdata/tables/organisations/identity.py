"""What a name tells about an organisation."""

from typing import NamedTuple

# Prefixes of keys of bodies in the code lists. These are never joined, even with the same number:
# all ELY centres share one business ID.
LISTED = ("known:", "authority:", "municipality:")
# Prefix of keys of names without a legal form.
BARE = "name:"


class Identity(NamedTuple):
    """What a name tells about an organisation.

    Attributes
    ----------
    key
        The key that all spellings of one organisation share.
    kind
        The kind of body, a code of the shelf; None if the words do not tell.
    name
        The body's name without unit, notes and acronyms in brackets.
    unit
        The unit named behind the body's full name, or None.
    parent
        For a unit named alone, the key of its body, or None.
    parent_name
        That body's name as written in the unit's name, in lower case.
    business_id
        A business ID within the name.
    rules
        The rules that led from the name to the key, in order: codes of the shelf.
    """

    key: str
    kind: str | None
    name: str
    unit: str | None = None
    parent: str | None = None
    parent_name: str | None = None
    business_id: str | None = None
    rules: tuple[str, ...] = ()
