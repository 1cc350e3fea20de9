"""Lists that differ where their order rests on a day that nothing states."""

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
    """How many projects differ, by the newer list and the older one, where no day is stated.

    The newer may be so by an inferred day, by one day only, or by none; of two lists of the same
    day neither is the newer. `projects`: the records of each in the order of precedence.
    """
    differing: Counter[tuple[str, str]] = Counter()
    for records in projects:
        lists = [record for record in records if record.form == LIST]
        for newest, record in product(lists[:1], lists[1:]):
            # Where nothing has a day the project is reported as one that stands twice.
            if newest.snapshot is None or newest.path == record.path:
                continue
            stated = {newest.snapshot_basis, record.snapshot_basis} <= _stated()
            if not (stated and newest.snapshot != record.snapshot) and _differ(newest, record):
                differing[newest.path, record.path] += 1
    return differing


def as_findings(differing: Mapping[tuple[str, str], int]) -> dict[str, list[Finding]]:
    """Those pairs as findings, by the path of the newer list, with the older one and how many."""
    found: dict[str, list[Finding]] = {}
    for (newer, other), n in differing.items():
        raw = f"{Path(other).name} ({n})"
        found.setdefault(newer, []).append(Finding("list_order_inferred", raw=raw))
    return found


@per_shelf
def _stated() -> frozenset[str]:
    """By what the day of a list is known where it is stated."""
    return frozenset(row["code"] for row in load.codes("snapshot_bases") if row["inferred"] == "no")


def _differ(one: Record, other: Record) -> bool:
    """Whether two lists state different facts, also where the project may just have moved on."""
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
