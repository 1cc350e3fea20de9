"""A pack made once more from its sources."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from esrdata.knowledge.shelf import Folder, shelf_of
from esrdata.packs.sources import Found
from esrdata.portfolio.opening import read_again
from esrdata.tables.population import Population
from esrdata.tables.store import MAIN


@contextmanager
def made_again(
    manifest: Mapping[str, Any],
    found: Mapping[str, list[Found]],
    template: Path | None = None,
    theme: Path | None = None,
) -> Iterator[Path]:
    """Make a pack once more, as its manifest says, in a folder that is gone after the block.

    `found` says where the sources of each of its reads are now; `template` and `theme` are what it
    was made with, if they are at hand.
    """
    shelf = shelf_of(
        tuple(Folder(own["folder"], tuple(own["files"].items())) for own in manifest["shelf"])
    )
    portfolios = {
        name: read_again(origin, {one.source.name: str(one.place) for one in found[name]}, shelf)
        for name, origin in manifest["reads"].items()
    }
    with tempfile.TemporaryDirectory(prefix="esrdata-") as place:
        folder = Path(place) / "pack"
        if manifest["settings"]:
            _report(folder, manifest["settings"], portfolios, template, theme)
        else:
            portfolios[MAIN].save(folder)
        yield folder


def _report(
    folder: Path,
    settings: Mapping[str, Any],
    portfolios: Mapping[str, Any],
    template: Path | None,
    theme: Path | None,
) -> None:
    from esrdata.present import report
    from esrdata.present.theme import theme as themed

    recipe = None
    if "recipe" in settings:
        recipe = folder.parent / "recipe.yml"
        recipe.write_text(settings["recipe"], encoding="utf-8", newline="\n")
    spec = settings.get("population")
    with themed(theme):
        report.write(
            portfolios[MAIN],
            folder,
            lang=settings["lang"],
            title=settings.get("title"),
            cards=settings.get("cards"),
            traces=settings.get("traces"),
            before=portfolios.get("before"),
            compare={
                name.removeprefix("compare/"): one
                for name, one in portfolios.items()
                if name.startswith("compare/")
            },
            population=None if spec is None else Population.from_json(spec),
            recipe=recipe,
            template=template,
            explorer=settings["explorer"],
        )
