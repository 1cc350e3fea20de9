"""The organisations of a portfolio: one row each, with the spellings that were joined and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.quantities.business_ids import business_id
from esrdata.tables.organisations.identity import LISTED, Identity
from esrdata.tables.organisations.names import Names

#: A name as a source writes it, and the business ID beside it.
Mention = tuple[str, str | None]
_UNIT = "unit"


@dataclass(frozen=True)
class Joined:
    """The joined organisations.

    Attributes
    ----------
    organisations
        A row per organisation: organisation_id, name, kind, business_id, parent_id, spellings
        (number), rule (codes, divided by `|`).
    spellings
        A row per name as written: name, organisation_id, unit (behind the body's full name),
        rule, mentions (number in the sources).
    ids
        Mention to organisation_id.
    """

    organisations: list[dict[str, object]]
    spellings: list[dict[str, object]]
    ids: Mapping[Mention, str]

    def id_of(self, mention: Mention) -> str:
        """The organisation of a mention; an invalid business ID counts as none."""
        return self.ids[mention[0], business_id(mention[1])]


@per_shelf
def names() -> Names:
    """The reader of names for the shelf in use."""
    return Names()


def join(mentions: Iterable[Mention]) -> Joined:
    """Join the spellings of each organisation.

    Names are joined where their keys are equal, or their business IDs are, unless the shelf knows
    both bodies. A key with several business IDs stands for several organisations of one name: each
    mention goes with its ID, and those without an ID stay together.

    Parameters
    ----------
    mentions
        Names with the business IDs beside them, repeated as in the sources, in any order.

    Returns
    -------
    Joined
        Ordered by organisation_id.
    """
    counts = Counter((name, business_id(number)) for name, number in mentions)
    read = {name: names().identify(name) for name, _ in counts}
    numbers: dict[str, set[str]] = {}
    keys: dict[str, Counter[str]] = {}
    for (name, number), n in counts.items():
        found = read[name]
        number = number or business_id(found.business_id)
        if number is not None and found.kind != _UNIT:
            numbers.setdefault(found.key, set()).add(number)
            keys.setdefault(number, Counter())[found.key] += n
    several = {key for key, found in numbers.items() if len(found) > 1}
    owners = {number: _owner(found, several) for number, found in keys.items()}
    ids: dict[Mention, str] = {}
    for name, number in counts:
        ids[name, number] = _id(read[name], number, numbers, owners, several)
    return _rows(counts, read, ids, owners, several)


def _owner(keys: Counter[str], several: set[str]) -> str | None:
    """The body of a business ID: a known one, else the commonest; None of two known ones."""
    alike = {key: n for key, n in keys.items() if key not in several}
    known = [key for key in alike if key.startswith(LISTED)]
    if len(known) > 1:
        return None
    return min(known or alike, key=lambda key: (-alike[key], key), default=None)


def _id(
    found: Identity,
    number: str | None,
    numbers: Mapping[str, set[str]],
    owners: Mapping[str, str | None],
    several: set[str],
) -> str:
    if found.kind == _UNIT:
        return found.key
    number = number or business_id(found.business_id)
    if found.key in several:
        # A namesake with its own ID; without an ID it stays with the others of that name.
        return f"{found.key} {number}" if number is not None else found.key
    own = next(iter(numbers.get(found.key, ())), None)
    owner = None if own is None else owners[own]
    return found.key if owner is None or found.key.startswith(LISTED) else owner


def _rows(
    counts: Mapping[Mention, int],
    read: Mapping[str, Identity],
    ids: Mapping[Mention, str],
    owners: Mapping[str, str | None],
    several: set[str],
) -> Joined:
    mentions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    numbered: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (name, number), n in counts.items():
        key = ids[name, number]
        mentions[key][name] += n
        number = number or business_id(read[name].business_id)
        if number is not None:
            numbered[key][number] += n
    parents = _parents(read, counts, ids, owners, several)
    unmentioned = {one.parent: one.parent_name for one in read.values()}
    organisations: list[dict[str, object]] = []
    spellings: list[dict[str, object]] = []
    nothing = Counter[str]()
    for key in sorted({*mentions, *filter(None, parents.values())}):
        found = mentions.get(key, nothing)
        rules = _rules(key, found, read)
        own = numbered.get(key, nothing)
        organisations.append(
            {
                "organisation_id": key,
                "name": _name(key, found, read, unmentioned.get(key)),
                "kind": _kind(key, found, read),
                "business_id": min(own, key=lambda n: (-own[n], n), default=None),
                "parent_id": parents.get(key),
                "spellings": len(found),
                "rule": "|".join(rules) or None,
            }
        )
        spellings += [
            {
                "name": name,
                "organisation_id": key,
                "unit": read[name].unit,
                "rule": "|".join(read[name].rules) or None,
                "mentions": found[name],
            }
            for name in sorted(found)
        ]
    return Joined(organisations, spellings, ids)


def _parents(
    read: Mapping[str, Identity],
    counts: Mapping[Mention, int],
    ids: Mapping[Mention, str],
    owners: Mapping[str, str | None],
    several: set[str],
) -> dict[str, str]:
    """Units named alone, with the body found by their name or business ID."""
    found: dict[str, str] = {}
    units = [m for m in counts if read[m[0]].parent is not None or read[m[0]].kind == _UNIT]
    for name, number in sorted(units, key=str):
        unit = read[name]
        if unit.parent is not None and unit.parent not in several:
            found.setdefault(ids[name, number], unit.parent)
        elif unit.kind == _UNIT and number is not None and (owner := owners.get(number)):
            found.setdefault(ids[name, number], owner)
    return found


def _rules(key: str, found: Mapping[str, int], read: Mapping[str, Identity]) -> list[str]:
    """Why the spellings are one, in the order of the shelf."""
    if len(found) < 2:
        return []
    used = {rule for name in found for rule in read[name].rules}
    if len({read[name].key for name in found}) > 1:
        used.add("business_id")
    order = [row["code"] for row in load.codes("organisation_rules")]
    return ["spelling", *(rule for rule in order if rule in used and rule != "spelling")]


def _name(key: str, found: Counter[str], read: Mapping[str, Identity], of_units: str | None) -> str:
    """The name of a listed body; else the commonest spelling without unit, not in capitals.

    A body mentioned only through its units gets its name from theirs.
    """
    label = _label(key)
    if label is not None:
        return label
    if len(found) == 1:
        return " ".join(next(iter(found)).split())
    whole = {name: n for name, n in found.items() if read[name].unit is None} or dict(found)
    quiet = {name: n for name, n in whole.items() if not name.isupper()} or whole
    if not quiet:
        first, space, rest = (of_units or key.partition(":")[2]).partition(" ")
        return first.title() + space + rest
    return " ".join(min(quiet, key=lambda name: (-quiet[name], name)).split())


def _label(key: str) -> str | None:
    table = {"known": "organisations", "authority": "authorities"}.get(key.partition(":")[0])
    if table is None:
        return None
    code = key.partition(":")[2].split()[0]
    return next((row["label_fi"] for row in load.codes(table) if row["code"] == code), None)


def _kind(key: str, found: Counter[str], read: Mapping[str, Identity]) -> str | None:
    """The commonest kind that names with this key give; else that of a name joined by its ID."""
    kinds = [
        (read[name].key != key, -n, kind)
        for name, n in found.items()
        if (kind := read[name].kind) is not None
    ]
    if kinds:
        return min(kinds)[2]
    table, _, code = key.partition(":")
    if table == "authority":
        return "state"
    if table == "known":
        rows = load.codes("organisations")
        return next((row.get("kind") for row in rows if row["code"] == code.split()[0]), None)
    return _kinds().get(table)


@per_shelf
def _kinds() -> dict[str, str]:
    """Kinds of bodies by legal form and by code."""
    kinds = {row["legal_form"]: row["code"] for row in load.codes("organisation_kinds")}
    return kinds | {row["code"]: row["code"] for row in load.codes("organisation_kinds")}
