"""How charts, Word and HTML look: fonts, colours, width and space for a logo, all from one file.

>>> esrdata.charts.theme("ours.yml")            # from now on                   # doctest: +SKIP
>>> with esrdata.charts.theme("ours.yml"):      # inside the block only         # doctest: +SKIP
...     esrdata.report.write(portfolio, "out")
>>> esrdata.charts.theme()                      # ours again                    # doctest: +SKIP

Code asks `current()`: ``current().colours.dark``, ``current().fonts.family``, ``css()``.
"""

import base64
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from esrdata.errors import UsageError
from esrdata.given import with_known_arguments
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence
from esrdata.present import mistakes

if TYPE_CHECKING:
    from esrdata.knowledge.schema.theme import Colours, Fonts, Logo, SheetSize, Sizes

#: Weights of the family, with what CSS calls them.
WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700}


# A theme is itself, so that what was measured with it can be kept.
@dataclass(frozen=True, eq=False)
class Theme:
    """A theme in use; the fields are those of `theme.yml`.

    Attributes
    ----------
    fonts, sizes, colours, sheet, logo
        As in `theme.yml`.
    files
        The TrueType file of each weight; none where the family is to be installed.
    picture
        The logo's file, or None.
    source
        The file it was read from; None of the package's.
    """

    fonts: "Fonts"
    sizes: "Sizes"
    colours: "Colours"
    sheet: "SheetSize"
    logo: "Logo"
    files: tuple[tuple[str, Path], ...]
    picture: Path | None
    source: Path | None = None

    def file(self, weight: str) -> Path | None:
        """The font file of a weight; that of bold where there is no semibold, else None."""
        found = dict(self.files)
        return found.get(weight) or (found.get("bold") if weight == "semibold" else None)


class Themed:
    """What `theme` gives: the theme it put in use, and a block after which the former is back."""

    def __init__(self, new: Theme, former: Theme | None) -> None:
        self.theme = new
        self._former = former

    def __enter__(self) -> Theme:
        return self.theme

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _IN_USE.set(self._former)


_IN_USE: "ContextVar[Theme | None]" = ContextVar("theme", default=None)


@with_known_arguments
def theme(file: str | PathLike[str] | None = None) -> Themed:
    """Put a theme in use for charts, Word and HTML.

    Parameters
    ----------
    file
        A YAML file with the keys of ``esrdata/knowledge/theme.yml`` that differ; fonts and the
        logo are files beside it. None is the theme of the package.

    Returns
    -------
    Themed
        Its `theme`; used in a ``with`` statement, the former theme is back after the block.

    Raises
    ------
    UsageError
        If the file cannot be read, has a key or value that themes have not, or names a font or
        a picture that is not there.
    """
    former, new = _IN_USE.get(), None if file is None else read(file)
    _IN_USE.set(new)
    return Themed(new or ours(), former)


def current() -> Theme:
    """The theme in use."""
    return _IN_USE.get() or ours()


def css() -> str:
    """The family as a page embeds it: ``@font-face`` rules, empty where it has no files."""
    rules = []
    for weight, path in current().files:
        data = base64.b64encode(_packed(path)).decode("ascii")
        rules.append(
            f'@font-face {{ font-family: "{current().fonts.family}"; '
            f"font-weight: {WEIGHTS[weight]}; "
            f'src: url(data:font/woff;base64,{data}) format("woff"); }}'
        )
    return "\n".join(rules)


@cache
def _packed(path: Path) -> bytes:
    """A font file as the web takes it: the whole of it, packed to half its size."""
    import io

    # Brought by matplotlib.
    from fontTools.ttLib import TTFont

    written = io.BytesIO()
    with TTFont(path, recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = "woff"
        font.save(written, reorderTables=False)
    return written.getvalue()


def families() -> str:
    """The family and what may stand for it, as CSS lists them."""
    fonts = current().fonts
    return ", ".join(n if n == "sans-serif" else f'"{n}"' for n in (fonts.family, *fonts.fallback))


def read(file: str | PathLike[str]) -> Theme:
    """Read a theme file; `UsageError` names what is wrong with it in one sentence."""
    path = Path(file)
    given = mistakes.read(path, "theme")
    if not isinstance(given, dict):
        raise mistakes.wrong("theme", path, "", sentence("error.file.no_keys"))
    merged: dict[str, Any] = {**load.theme()}
    for key, value in given.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = {**merged[key], **value} if both else value
    fonts = given.get("fonts")
    if isinstance(fonts, Mapping) and "family" in fonts:
        # Another family has none of our files.
        merged["fonts"] = {"fallback": load.theme()["fonts"]["fallback"], **fonts}
    return _theme(merged, path)


@cache
def ours() -> Theme:
    """The theme of the package."""
    return _theme(load.theme(), None)


def _theme(data: Mapping[str, Any], path: Path | None) -> Theme:
    from pydantic import BaseModel, ValidationError

    from esrdata.knowledge.schema import theme as model

    try:
        checked = model.Theme.model_validate(data)
    except ValidationError as error:
        models: dict[str, type[BaseModel]] = {"": model.Theme, "fonts": model.Fonts}
        models |= {"sizes": model.Sizes}
        models |= {"colours": model.Colours, "sheet": model.SheetSize, "logo": model.Logo}
        raise mistakes.wrong("theme", path, *mistakes.invalid(error, models)) from None
    folder = Path() if path is None else path.parent
    spec = find_spec(checked.fonts.package) if checked.fonts.package else None
    if checked.fonts.package and (spec is None or spec.origin is None):
        package = checked.fonts.package.replace("_", "-")
        raise UsageError(sentence("error.no_font", font=checked.fonts.family, package=package))
    root = Path(spec.origin).parent if spec is not None and spec.origin else folder
    files = [(w, root / name) for w in WEIGHTS if (name := getattr(checked.fonts, w))]
    picture = folder / checked.logo.file if checked.logo.file else None
    for one in [*(file for _, file in files), *([picture] if picture else [])]:
        if not one.is_file():
            raise mistakes.wrong("theme", path, "", sentence("error.file.no_file", file=str(one)))
    fonts, sizes, colours = checked.fonts, checked.sizes, checked.colours
    return Theme(fonts, sizes, colours, checked.sheet, checked.logo, tuple(files), picture, path)
