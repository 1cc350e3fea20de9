"""The data dictionary, made from `tables.yml`: as a table, and as a page of the docs."""

from collections.abc import Mapping

import pandas as pd

from esrdata.knowledge import load
from esrdata.tables import columns
from esrdata.tables.overview import declared

_TEXTS = {"description", "explained"}
_FURTHER = {
    "en": "As for participants, or for the sums or means above it. Missing when not stated.",
    "fi": "Kuten osallistujista tai yllä olevista summista tai keskiarvoista. Puuttuu, jos sitä ei "
    "ole ilmoitettu.",
    "sv": "Som för deltagarna eller för summorna eller medelvärdena ovan. Saknas om det inte "
    "anges.",
}


def data_dictionary(tables: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Describe every column of every table.

    Parameters
    ----------
    tables
        The tables of a portfolio, whose overview may have further columns; None describes what
        every portfolio has.

    Returns
    -------
    DataFrame
        One row per column: table, column, type, unit, label_fi, label_sv, label_en, description (in
        English), description_fi, description_sv.
        The unit is missing for text, dates and codes.
    """
    rows = []
    for table in load.table_specs():
        further = table == "overview" and tables is not None
        known = declared(tables) if further and tables else columns.columns(table)
        for name, spec in known.items():
            labels = {f"label_{lang}": spec["label"][lang] for lang in load.LANGUAGES}
            unit = "eur" if spec["type"] == "money" else spec.get("unit")
            texts = _FURTHER
            if set(spec) >= _TEXTS:
                texts = {"en": spec["description"], **spec["explained"]}
            descriptions = {
                _column(lang): " ".join(texts[lang].split()) for lang in ("en", "fi", "sv")
            }
            row = {"table": table, "column": name, "type": spec["type"], "unit": unit}
            rows.append({**row, **labels, **descriptions})
    return pd.DataFrame(rows).astype("string")


def _column(lang: str) -> str:
    return "description" if lang == "en" else f"description_{lang}"


def markdown() -> str:
    """The dictionary as the page `docs/data-dictionary.md`."""
    described = data_dictionary()
    page = [
        "# Data dictionary",
        "",
        "Made from `esrdata/knowledge/tables.yml` by `python -m esrdata.tables.dictionary`; "
        "a test keeps the two equal.",
    ]
    for table, spec in load.table_specs().items():
        page += ["", f"## {table}", "", " ".join(str(spec["description"]).split()), ""]
        page += ["| column | type | unit | suomi | svenska | English | what it holds |"]
        page += ["| --- | --- | --- | --- | --- | --- | --- |"]
        for row in described[described["table"] == table].fillna("").itertuples():
            labels = f"{row.label_fi} | {row.label_sv} | {row.label_en}"
            page += [f"| `{row.column}` | {row.type} | {row.unit} | {labels} | {row.description} |"]
    return "\n".join(page) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
