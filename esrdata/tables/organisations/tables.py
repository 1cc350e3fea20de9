"""The tables of organisations, and their ids in the other tables."""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from esrdata.tables import columns
from esrdata.tables.organisations.join import Joined, Mention, join

# Columns of the name, of the business ID beside it, and of the organisation's id.
_APPLICANT = ("applicant", "business_id", "applicant_id")
_AUTHORITY = ("authority", None, "authority_id")
_PARTNER = ("name", "business_id", "organisation_id")


#: The columns that name organisations, by table.
_NAMING = {"projects": (_APPLICANT, _AUTHORITY), "partners": (_PARTNER,)}


def organisations(projects: pd.DataFrame, partners: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find out who is who among applicants, authorities and partners.

    Returns `projects` and `partners` with new ids, `organisations` and `organisation_names`.
    """
    named = {"projects": projects, "partners": partners}
    joined = join(m for name, table in named.items() for m in mentions(name, table))
    return {name: with_ids(name, table, joined) for name, table in named.items()} | tables(joined)


def mentions(name: str, table: pd.DataFrame) -> Iterator[Mention]:
    """All organisations named in the rows of `projects` or `partners`."""
    for naming in _NAMING[name]:
        yield from (m for m in _mentions(table, *naming[:2]) if m is not None)


def with_ids(name: str, table: pd.DataFrame, joined: Joined) -> pd.DataFrame:
    """The table `projects` or `partners` with the ids of its organisations."""
    found = {
        column: [None if m is None else joined.id_of(m) for m in _mentions(table, *names)]
        for *names, column in _NAMING[name]
    }
    return table.assign(**{column: columns.texts(texts) for column, texts in found.items()})


def tables(joined: Joined) -> dict[str, pd.DataFrame]:
    """The tables `organisations` and `organisation_names`."""
    return {
        "organisations": columns.frame("organisations", joined.organisations),
        "organisation_names": columns.frame("organisation_names", joined.spellings),
    }


def _mentions(table: pd.DataFrame, name: str, number: str | None) -> list[Mention | None]:
    """The mention in each row, None where the name is missing."""
    names = _texts(table[name])
    if number is None:
        return [None if text is None else (text, None) for text in names]
    numbers = _texts(table[number])
    return [
        None if text is None else (text, beside)
        for text, beside in zip(names, numbers, strict=True)
    ]


def _texts(column: "pd.Series[str]") -> list[str | None]:
    found: list[str | None] = pa.array(column.array).to_pylist()
    return found
