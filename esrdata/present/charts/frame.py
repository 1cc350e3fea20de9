"""What the docstrings of all charts share."""

from collections.abc import Callable
from inspect import cleandoc
from typing import Any, TypeVar

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

_Drawn = TypeVar("_Drawn", bound=Callable[..., Any])


def documented(wrong: str = "") -> Callable[[_Drawn], _Drawn]:
    """Complete the docstring of a chart by what all of them take, give and raise.

    Parameters
    ----------
    wrong
        What else can be wrong with the table, as in "or has several groups".
    """
    wrong = f"has no rows, {wrong}" if wrong else "or has no rows"
    common = _COMMON.format(wrong=wrong)

    def complete(chart: _Drawn) -> _Drawn:
        chart.__doc__ = f"{cleandoc(chart.__doc__ or '')}{common}"
        return chart

    return complete
