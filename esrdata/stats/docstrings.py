"""What the docstrings of statistics share: parameters that many of them take alike."""

import re
from collections.abc import Callable
from inspect import cleandoc, signature
from typing import Any

_SHARED = {
    "portfolio": "    The projects.\n",
    "by": "    What `groups.keys` takes; None is all projects as one group.\n",
    "population": "    Whom the figures are about; None is all projects.\n",
    "**who": (
        "    Of groups by applicant or authority: `units`, `successors` and `municipalities`, as\n"
        "    `concentration` has them; the method says how many names and euros each rule joined.\n"
    ),
}
_HEADING = "Parameters\n----------\n"
_NEXT = re.compile(r"\n(?=\w+\n---)")
#: A parameter, or several with one description.
_ENTRY = re.compile(r"^(\S.*\n)((?: .*\n|\n)+)", re.MULTILINE)


def completed(function: Callable[..., Any]) -> str:
    """The docstring of a statistic with the shared parameters that it does not describe itself."""
    intro, *sections = _NEXT.split(f"{cleandoc(function.__doc__ or '')}\n")
    own = sections.pop(0) if "".join(sections).startswith(_HEADING) else ""
    found = _ENTRY.findall(own.removeprefix(_HEADING))
    entries = {head.strip().split(", ")[0]: (head, text) for head, text in found}
    described = {name for head, _ in found for name in head.strip().split(", ")}
    names = [str(one).partition(":")[0] for one in signature(function).parameters.values()]
    for name in {*names} & _SHARED.keys() - described:
        entries[name] = (f"{name}\n", _SHARED[name])
    told = ("".join(entries[name]).rstrip() for name in sorted(entries, key=names.index))
    return "\n".join([intro, _HEADING + "\n".join(told) + "\n", *sections]).rstrip()
