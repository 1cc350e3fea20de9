"""The organisations of a portfolio as tables, and their ids beside the names."""

from typing import Any

import pandas as pd

from esrdata.tables import columns
from esrdata.tables.organisations.join import Joined, Mention, join

# Which column has the name, which the business ID beside it, which the organisation.
_APPLICANT = ("applicant", "business_id", "applicant_id")
_AUTHORITY = ("authority", None, "authority_id")
_PARTNER = ("name", "business_id", "organisation_id")


def organisations(projects: pd.DataFrame, partners: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Say who is who among applicants, authorities and partners.

    Parameters
    ----------
    projects, partners
        The tables of these names; their columns of ids are replaced.

    Returns
    -------
    dict of DataFrame
        `projects` and `partners` with ids, `organisations` and `organisation_names`.
    """
    places = ((projects, _APPLICANT), (projects, _AUTHORITY), (partners, _PARTNER))
    mentions = [_mentions(table, *names[:2]) for table, names in places]
    joined = join(m for found in mentions for m in found if m is not None)
    return {
        "projects": _with_ids(projects, joined, mentions[:2], (_APPLICANT[2], _AUTHORITY[2])),
        "partners": _with_ids(partners, joined, mentions[2:], (_PARTNER[2],)),
        "organisations": columns.frame("organisations", joined.organisations),
        "organisation_names": columns.frame("organisation_names", joined.spellings),
    }


def _mentions(table: pd.DataFrame, name: str, number: str | None) -> list[Mention | None]:
    """A mention per row of a table, None where it names nobody."""
    names = _texts(table[name])
    if number is None:
        return [None if text is None else (text, None) for text in names]
    numbers = _texts(table[number])
    return [
        None if text is None else (text, beside)
        for text, beside in zip(names, numbers, strict=True)
    ]


def _texts(column: Any) -> list[str | None]:
    found: list[str | None] = column.to_numpy(dtype=object, na_value=None).tolist()
    return found


def _with_ids(
    table: pd.DataFrame,
    joined: Joined,
    mentions: list[list[Mention | None]],
    ids: tuple[str, ...],
) -> pd.DataFrame:
    found = {
        column: [None if m is None else joined.id_of(m) for m in rows]
        for column, rows in zip(ids, mentions, strict=True)
    }
    return table.assign(**{c: pd.array(v, dtype="string") for c, v in found.items()})
