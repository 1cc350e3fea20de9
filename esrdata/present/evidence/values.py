"""The values of projects as an evidence page marks and lists them."""

from collections.abc import Callable, Collection
from functools import cache, partial

from esrdata.knowledge import wording
from esrdata.knowledge.fields import list_name
from esrdata.portfolio import Portfolio
from esrdata.present.evidence.model import Mark, Value
from esrdata.reading.record import Status
from esrdata.tables.cells import cells, plain, plain_rows
from esrdata.tables.lookup import among


class Values:
    """The values of some projects of a portfolio, in the order of provenance."""

    def __init__(self, portfolio: Portfolio, codes: Collection[str], lang: str) -> None:
        self._of: dict[str, list[Value]] = {code: [] for code in codes}
        rows = portfolio.provenance
        if len(self._of) < len(portfolio):
            rows = rows[among(rows["project_code"], self._of)]
        for code, *row in plain_rows(rows, ["project_code", *Value._fields]):
            self._of[code].append(Value(*row))
        self._cells = cells(portfolio.tables, self._of)
        self._status: Callable[[str], str] = cache(
            partial(wording.code_label, "value_statuses", lang=lang)
        )
        self.label: Callable[[str], str] = cache(partial(wording.field_label, lang=lang))
        self._topic = cache(lambda field: list_name(field) or field)
        self._not_used = wording.word("evidence.not_used", lang)

    def cell(self, code: str, field: str) -> object:
        """What the tables hold of a field of a project, by its dotted name."""
        return self._cells.get((code, field))

    def marks(self, code: str) -> list[Mark]:
        """The values of a project, each with what the tables hold and whether they hold it."""
        fields: set[str] = set()
        first: dict[str, int] = {}
        record, file = 0, None
        found = []
        for number, value in enumerate(self._of[code], start=1):
            # Rows come a record at a time.
            if value.file != file or value.field in fields:
                fields, file, record = set(), value.file, record + 1
            fields.add(value.field)
            used = first.setdefault(self._topic(value.field), record) == record
            found.append(self._mark(code, value, record, number, used))
        return found

    def _mark(self, code: str, value: Value, record: int, number: int, used: bool) -> Mark:
        text, cell = "", None
        if value.status == Status.READ:
            cell = self._cells.get((code, value.field)) if used else None
            text = wording.quoted(plain(cell) if cell is not None else value.raw or "")
        label, status = self.label(value.field), self._status(value.status)
        # Others link to a value the tables hold by its field.
        anchor = value.field if used else f"at-v{number}"
        remark = "" if used else self._not_used
        return Mark(value, record, f"v{number}", label, status, text, used, anchor, remark, cell)
