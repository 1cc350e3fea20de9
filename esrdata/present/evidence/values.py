"""The values of projects as an evidence page marks and lists them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np

from esrdata.knowledge import wording
from esrdata.knowledge.fields import list_name
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.model import Mark, Value
from esrdata.reading.record import Status
from esrdata.tables.cells import by_field, listed, plain
from esrdata.tables.lookup import places


class Values:
    """The values of some projects of a portfolio, by column, since most are never marked.

    Attributes
    ----------
    of
        Where the values of each project are, in the order of provenance.
    columns
        What provenance has of them.
    records
        The number of the record of its project that each is from, and whether the tables hold it.
    contents
        What the tables hold of each that was read; None where they do not hold it.
    """

    def __init__(self, portfolio: Portfolio, codes: Sequence[str], lang: str) -> None:
        self._topic = cache(lambda field: list_name(field) or field)
        self._lang = lang
        self._not_used = wording.word("evidence.not_used", lang)
        self.status: Callable[[str], str] = cache(
            partial(wording.code_label, "value_statuses", lang=lang)
        )
        self.label: Callable[[str], str] = cache(partial(wording.field_label, lang=lang))
        at = places(portfolio.provenance["project_code"], codes)
        order = np.argsort(at, kind="stable")[np.count_nonzero(at < 0) :]
        ends = np.searchsorted(at[order], np.arange(len(codes)), side="right").tolist()
        self.of = dict(zip(codes, map(slice, [0, *ends], ends), strict=False))
        rows = portfolio.provenance.take(order)
        self.columns: dict[str, list[Any]] = {name: listed(rows[name]) for name in Value._fields}
        self.records = [one for own in self.of.values() for one in self._records(own)]
        self._cells = by_field(portfolio.tables, codes)
        held = {name: self._cells.get(name, {}) for name in set(self.columns["field"])}
        self.contents = [
            held[field].get(code) if used and status == Status.READ else None
            for code, field, status, (_, used) in zip(
                (code for code, own in self.of.items() for _ in range(own.start, own.stop)),
                self.columns["field"],
                self.columns["status"],
                self.records,
                strict=True,
            )
        ]

    def cell(self, code: str, field: str) -> object:
        """What the tables hold of a field of a project, by its dotted name."""
        return self._cells.get(field, {}).get(code)

    def _records(self, own: slice) -> Iterator[tuple[int, bool]]:
        fields: set[str] = set()
        first: dict[str, int] = {}
        record, file = 0, None
        for field, name in zip(self.columns["field"][own], self.columns["file"][own], strict=True):
            # Rows come a record at a time.
            if name != file or field in fields:
                fields, file, record = set(), name, record + 1
            fields.add(field)
            yield record, first.setdefault(self._topic(field), record) == record

    def marks(self, code: str) -> list[Mark]:
        """The values of a project, each with what the tables hold and whether they hold it."""
        own = self.of[code]
        rows = zip(*(column[own] for column in self.columns.values()), strict=True)
        made = zip(map(Value._make, rows), self.records[own], self.contents[own], strict=True)
        return [
            self._mark(value, record, number, used, cell)
            for number, (value, (record, used), cell) in enumerate(made, start=1)
        ]

    def _mark(self, value: Value, record: int, number: int, used: bool, cell: object) -> Mark:
        text = self._text(value, cell) if value.status == Status.READ else ""
        label, status = self.label(value.field), self.status(value.status)
        # Others link to a value the tables hold by its field.
        anchor = value.field if used else f"at-v{number}"
        remark = "" if used else self._not_used
        return Mark(value, record, f"v{number}", label, status, text, used, anchor, remark, cell)

    def _text(self, value: Value, cell: object) -> str:
        """A value that was read as tables have it; as it was written where none holds it."""
        if isinstance(cell, date | float):
            return wording.field_value(value.field, cell, self._lang)
        return as_text(cell, value.raw)


def as_text(content: object, raw: str | None) -> str:
    """A value that was read as it stands in tables; as it was written where none holds it."""
    return wording.quoted(plain(content) if content is not None else raw or "")
