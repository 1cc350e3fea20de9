"""Merges the sources of one project by precedence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.fields import list_name
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.record import Record, Status, Value

#: Instead of a kind of source, where every project comes from `esrdata sample`.
MADE_UP = "made_up"


def kind(record: Record) -> str:
    """The kind of source of a record: description, list or web."""
    return kind_of(record.form)


def kind_of(form: str) -> str:
    """The kind of source of a form."""
    kinds = _ranks()
    # Forms named otherwise are official descriptions.
    return form if form in kinds else next(iter(kinds))


def read_from(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """What the projects of a portfolio were read from, as a source line names it.

    Codes of `source_kinds` in their order; ``made_up`` alone where every project is one of
    `esrdata sample`.
    """
    names = tables["projects"]["name"].dropna()
    if len(names) and names.str.endswith(load.sample()["synthetic"]["name"]).all():
        return [MADE_UP]
    files = tables["files"]
    forms = files.loc[files["status"] == "read", "form"].dropna().unique()
    found = {kind_of(form) for several in forms for form in several.split(", ")}
    return [kind for kind in _ranks() if kind in found]


@per_shelf
def _ranks() -> dict[str, int]:
    return {row["code"]: int(row["rank"]) for row in load.codes("source_kinds")}


def newest_day(files: pd.DataFrame) -> tuple[pd.Timestamp, bool] | None:
    """The day of the newest list, and whether it is only inferred; None if no list has one."""
    dated = files.dropna(subset=["snapshot_date"])
    if not len(dated):
        return None
    newest = dated[dated["snapshot_date"] == dated["snapshot_date"].max()]
    inferred = [row["code"] for row in load.codes("snapshot_bases") if row["inferred"] == "yes"]
    return newest["snapshot_date"].iloc[0], bool(newest["snapshot_basis"].isin(inferred).all())


def by_code(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Group records by project in order of precedence, the best first.

    Descriptions come before lists, newer lists before older ones, lists before web pages; then the
    record with the most values, then the first one.
    """
    found: dict[str, list[Record]] = {}
    for record in records:
        code = record.code
        if code is not None:
            found.setdefault(code, []).append(record)
    for group in found.values():
        if len(group) > 1:
            group.sort(key=_precedence)
    return found


def _precedence(record: Record) -> tuple[int, int, int]:
    newest = -(record.snapshot or date.min).toordinal()
    read = sum(value.status is Status.READ for value in record.values.values())
    return _ranks()[kind(record)], newest, -read


def merged(records: Sequence[Record]) -> Record:
    """The best record, with fields that its source does not have taken from the next ones.

    Only absent fields are filled: a field that is blank or unreadable in the best source stays so.
    """
    best, *others = records
    if not others:
        return best
    values, titles = dict(best.values), dict(best.titles)
    applicable, qualifiers = dict(best.applicable), dict(best.qualifiers)
    claims = dict(best.claims)
    for other in others:
        for name, value in other.values.items():
            if value.status is Status.ABSENT or not _lacks(values, name, other):
                continue
            values[name] = value
            if name in other.titles:
                titles[name] = other.titles[name]
            if name in other.qualifiers:
                qualifiers[name] = other.qualifiers[name]
        applicable = {**other.applicable, **applicable}
        claims |= other.claims
    return Record(
        best.path, best.form, best.language, best.declared, values, titles, applicable,
        qualifiers=qualifiers, snapshot=best.snapshot, given_code=best.code, claims=claims,
    )  # fmt: skip


def _lacks(values: dict[str, Value], name: str, other: Record) -> bool:
    """Whether a field, or the whole list it belongs to, is still absent."""
    known = values.get(name)
    if known is not None:
        return known.status is Status.ABSENT
    common = list_name(name)
    return common is None or all(
        value.status is Status.ABSENT or other.values.get(field) is value
        for field, value in values.items()
        if field == common or list_name(field) == common
    )
