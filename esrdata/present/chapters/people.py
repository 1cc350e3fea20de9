"""Participants on the form, and people whom texts tell of."""

from esrdata import stats
from esrdata.knowledge import wording
from esrdata.present.chapters import beside
from esrdata.present.chapters.maker import FEW, ROWS, Maker
from esrdata.present.model import Figure, Section, Table


def participants(maker: Maker) -> Section:
    """Participants as the forms count them."""
    parts: list[Table | Figure] = []
    columns = maker.columns_of(
        "participants", "n", "n_not_applicable", "n_missing", "n_planned", "planned", "n_realised",
        "realised", "womens_share_planned", "womens_share_realised",
    )  # fmt: skip
    for name, by in maker.groups_of_people():
        table = stats.participants(maker.portfolio, by=by or None)
        head, rows = maker.headed(name, by, table)
        title = maker.word("participants.table", group=head)
        parts.append(Table(f"participants_by_{name}", title, columns, rows, statistic=table))
        if name == "priority_axis" and table["planned"].notna().any():
            parts.append(maker.figure(f"participants_by_{name}", title, "participants", table))
    parts += beside.costs(maker)
    return maker.section("participants", maker.word("participants.intro"), parts=parts)


def indicators(maker: Maker) -> Section:
    """What else projects count: companies, jobs, and whatever the forms of a shelf ask for."""
    intro = maker.word("indicators.intro")
    found = stats.indicators(maker.portfolio).attrs["indicators"]
    asked = [code for code in found if code != "participants"]
    if not asked:
        return maker.section("indicators", intro, wording.word("no_data", maker.lang))
    parts: list[Table | Figure] = []
    columns = maker.columns_of(
        "indicators", "indicator", "n", "n_not_applicable", "n_missing", "n_planned", "planned",
        "n_realised", "realised", "womens_share_planned", "womens_share_realised",
    )  # fmt: skip
    for name, by in maker.groups_of_people():
        table = stats.indicators(maker.portfolio, asked, by=by or None)
        # A group whose forms do not ask for it has nothing to show.
        table = table[table["n"] + table["n_not_applicable"] > 0]
        head, rows = maker.headed(name, by, table)
        labels = [wording.code_label("indicators", c, maker.lang) for c in rows["indicator"]]
        title = maker.word("indicators.table", group=head)
        kept = [column for column in columns if by or column.name != "group"]
        rows = rows.assign(indicator=labels)
        parts.append(Table(f"indicators_by_{name}", title, kept, rows, statistic=table))
    return maker.section("indicators", intro, parts=parts)


def stated(maker: Maker) -> Section:
    """People that final reports tell of."""
    table = stats.stated_participants(maker.portfolio)
    stated_rows = table[table["value"].notna()]
    if not len(stated_rows):
        return maker.section("stated", maker.word("stated.intro"), maker.word("stated.none"))
    many = len(maker.portfolio) > FEW
    rows = stated_rows[stated_rows["rank"] == 1] if many else stated_rows
    if many:
        rows = rows.sort_values("value", ascending=False, kind="stable")
    first = rows.head(ROWS)
    key = "largest" if many else "table"
    claims = [
        _claim(maker, qualifier, value)
        for qualifier, value in zip(first["qualifier"], first["value"], strict=True)
    ]
    columns = maker.columns(
        project_code="text", planned="integer", claim="text", unit="text", sentence="text"
    )  # fmt: skip
    title = maker.word(f"stated.{key}")
    note = maker.more(len(first), len(rows), "claims")
    parts: list[Table | Figure] = [
        Table("stated_participants", title, columns, first.assign(claim=claims), note),
        maker.figure("stated_participants", title, "stated_participants", table),
    ]
    return maker.section("stated", maker.word("stated.intro"), parts=parts)


def _claim(maker: Maker, qualifier: object, value: object) -> str:
    number = wording.number(value, maker.lang)
    if qualifier == "exact":
        return number
    return f"{wording.code_label('qualifiers', qualifier, maker.lang)} {number}"
