"""What all charts share: how they are drawn, on whose shelf, and the end of their docstrings."""

from collections.abc import Callable
from inspect import Parameter, cleandoc, signature
from typing import TYPE_CHECKING, ParamSpec, TypedDict

from esrdata.knowledge.shelf import on_its_shelf

if TYPE_CHECKING:
    from matplotlib.axes import Axes

P = ParamSpec("P")

_COMMON = """
ax
    Axes to draw on; None makes a figure as wide as the text of a report.
lang
    ``fi``, ``sv`` or ``en``.
with_title
    Whether to write a title above.
with_notes
    Whether to write notes and source below; `charts.words` gives them as text.

Returns
-------
Axes
    The chart, for `charts.save` and `charts.alt_text`. Where one sheet does not hold all rows it
    is the first: `charts.sheets` gives all.

Raises
------
UsageError
    If it is another table, {wrong}.
"""


class Look(TypedDict, total=False):
    """How a chart is drawn."""

    ax: "Axes | None"
    with_title: bool
    with_notes: bool


_LOOK = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default)
    for name, default in (("ax", None), ("with_title", True), ("with_notes", True))
]


def documented(wrong: str = "") -> Callable[[Callable[P, "Axes"]], Callable[P, "Axes"]]:
    """Let a chart answer from the shelf of its table, and tell what all charts take and give.

    Parameters
    ----------
    wrong
        What else can be wrong with the table, as in "or has several groups".
    """
    wrong = f"has no rows, {wrong}" if wrong else "or has no rows"

    def complete(chart: Callable[P, "Axes"]) -> Callable[P, "Axes"]:
        drawn, given = on_its_shelf(chart), signature(chart)
        drawn.__doc__ = f"{cleandoc(chart.__doc__ or '')}{_COMMON.format(wrong=wrong)}"
        # Editors show what `Look` has by name.
        named = [one for one in given.parameters.values() if one.kind is not one.VAR_KEYWORD]
        drawn.__signature__ = given.replace(parameters=named + _LOOK)  # type: ignore[attr-defined]
        return drawn

    return complete
