"""Finds lists that differ although nothing states which is newer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from esrdata.knowledge import load
from esrdata.knowledge.shelf import per_shelf
from esrdata.reading.record import LIST, Finding, Record, Status, Value
from esrdata.tables.linking.conflicts import equal, topic_of, written
from esrdata.tables.linking.likeness import coded, folded


def differing_lists(projects: Iterable[Sequence[Record]]) -> Counter[tuple[str, str]]:
    """Count the projects that differ, by newer and older list, where no day is stated.

    One may be newer only by an inferred day, or because the other has no day; of two lists with the
    same day neither is newer. `projects`: the records of each in order of precedence.
    """
    differing: Counter[tuple[str, str]] = Counter()
    for records in projects:
        lists = [record for record in records if record.form == LIST]
        for newest, record in product(lists[:1], lists[1:]):
            # Without any day the project is reported as a duplicate instead.
            if newest.snapshot is None or newest.path == record.path:
                continue
            stated = {newest.snapshot_basis, record.snapshot_basis} <= _stated()
            if not (stated and newest.snapshot != record.snapshot) and _differ(newest, record):
                differing[newest.path, record.path] += 1
    return differing


def as_findings(differing: Mapping[tuple[str, str], int]) -> dict[str, list[Finding]]:
    """The counts as findings, by the path of the newer list; each names the older one."""
    found: dict[str, list[Finding]] = {}
    for (newer, other), n in differing.items():
        raw = f"{Path(other).name} ({n})"
        found.setdefault(newer, []).append(Finding("list_order_inferred", raw=raw))
    return found


@per_shelf
def _stated() -> frozenset[str]:
    """The ways of knowing a list's day that are stated, not inferred."""
    return frozenset(row["code"] for row in load.codes("snapshot_bases") if row["inferred"] == "no")


def _differ(one: Record, other: Record) -> bool:
    """Whether two lists state different facts, even if the project may only have moved on."""
    return any(
        value.status is Status.READ
        and name in other.values
        and other.values[name].status is Status.READ
        and topic_of(name) is not None
        and not _same(name, value, other.values[name], one.declared.code_lists)
        for name, value in one.values.items()
    )


def _same(field: str, a: Value, b: Value, code_lists: Mapping[str, str]) -> bool:
    if field not in code_lists:
        return equal(field, a, b)
    known = coded(code_lists[field])
    one, other = (folded(written(value.content)) for value in (a, b))
    return known.get(one, one) == known.get(other, other)
