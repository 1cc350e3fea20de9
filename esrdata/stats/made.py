"""How a statistics table was made, and whether it still is as it was made."""

import inspect
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial, wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from esrdata.errors import UsageError
from esrdata.given import with_known_arguments
from esrdata.knowledge import load
from esrdata.knowledge.error_words import joined, reason
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.knowledge.wording import sentence
from esrdata.portfolio import Portfolio
from esrdata.stats.docstrings import completed
from esrdata.stats.meanings import in_common, mixed
from esrdata.stats.recording import asked
from esrdata.stats.remembered import is_remembering, remembered
from esrdata.stats.who import noting
from esrdata.tables.kept import once
from esrdata.tables.linking.sources import read_from
from esrdata.tables.population import Population

P = ParamSpec("P")
T = TypeVar("T", bound=pd.DataFrame)

#: What a table can be: as it was made, with fewer rows, with other rows or values, or none that
#: knows how it was made.
INTACT, FILTERED, CHANGED, UNKNOWN = "intact", "filtered", "changed", "unknown"

# Portfolios that tables were made of, by tokens; a token of another process names none here.
_PORTFOLIOS: WeakValueDictionary[str, Portfolio] = WeakValueDictionary()
_NUMBERS, _PROCESS = count(1), uuid4().hex[:12]


def statistic(function: Callable[P, T]) -> Callable[P, T]:
    """Let a statistic answer from the shelf of its portfolio, and its table know how it was made.

    The `attrs` of the table get `read_from`: kinds of the sources that were read, for the source
    line of charts; and `call`: `statistic`, the name of the function; `arguments`, those
    that were given, as JSON has them (a population as its fields); `portfolios`, the tokens of
    portfolios given (see `portfolio_of`); `not_kept`, names of arguments that JSON does not have,
    such as tables; where names of organisations were joined, `joined` (as `Who.joined` has it) and
    `n_joined`, how many names; where projects were chosen from what was read, `chosen`, how, step
    by step, with the number of codes for the codes themselves (`chosen_of`, by their names, of
    portfolios beside each other); where a code of a group means one thing in one period or fund and
    another in another, `mixed`, the codes by the name of the group; `programme_period` and `fund`,
    where all projects have the same: within them an axis has its name. And `fingerprint`, which
    `state` reads. A table without rows also has `why_empty`, a sentence.

    Its docstring gets the parameters that many statistics take alike.
    """
    signature, shelved = inspect.signature(function), on_its_shelf(function)

    def given_to(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        given: dict[str, Any] = dict(signature.bind(*args, **kwargs).arguments)
        given |= given.pop("who", {})
        return given

    def make(*args: P.args, **kwargs: P.kwargs) -> T:
        with asked(function.__name__), noting() as noted:
            table = shelved(*args, **kwargs)
        given = given_to(*args, **kwargs)
        if not len(table) and "why_empty" not in table.attrs:
            table.attrs["why_empty"] = _why_empty(table.attrs)
        if read := _read_from(given.values()):
            table.attrs["read_from"] = read
        if noted:
            table.attrs["joined"] = [row for rows, _ in noted.values() for row in rows]
            table.attrs["n_joined"] = sum(n for _, n in noted.values())
        if steps := _chosen(given.values()):
            table.attrs["chosen"] = steps
        if sides := _chosen_of(given.values()):
            table.attrs["chosen_of"] = sides
        portfolio, by, population = map(given.get, ("portfolio", "by", "population"))
        if isinstance(portfolio, Portfolio):
            table.attrs.update(in_common(portfolio, population))
            if several := mixed(portfolio, [by] if isinstance(by, str) else by or [], population):
                table.attrs["mixed"] = several
        table.attrs["call"] = _call(function.__name__, given)
        table.attrs["fingerprint"] = _fingerprint(table)
        return table

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if not is_remembering():
            return make(*args, **kwargs)
        call = _call(function.__name__, given_to(*args, **kwargs))
        return remembered(call, lambda: make(*args, **kwargs))

    run.__doc__ = completed(function)
    return run


@with_known_arguments
def state(table: pd.DataFrame) -> str:
    """Tell whether a statistics table is as it was made.

    Other columns beside those it was made with, fewer columns, and another order of rows are no
    change.

    Takes no `population`: it looks at a table.

    Parameters
    ----------
    table
        A table that a statistic gave, or a part or a copy of it; Parquet keeps what is needed.

    Returns
    -------
    str
        ``intact``; ``filtered``, if it has fewer rows; ``changed``, if it has more, or rows with
        other values (not known of fewer rows without some of their columns); ``unknown``, if it is
        no such table or has lost its `attrs`.
    """
    made = table.attrs.get("fingerprint")
    if made is None:
        return UNKNOWN
    if len(table) > made["rows"]:
        return CHANGED
    columns = {name: made["columns"][name] for name in made["columns"] if name in table}
    whole = len(columns) == len(made["columns"])
    # Without its attrs, which pandas copies to the depth where columns are chosen.
    now = _fingerprint(pd.DataFrame(table)[list(columns)])
    if now["rows"] < made["rows"]:
        return FILTERED if not whole or _are_among(now["each"], made["each"]) else CHANGED
    same = now["columns"] == columns and (not whole or now["whole"] == made["whole"])
    return INTACT if same else CHANGED


@with_known_arguments
def portfolio_of(table: pd.DataFrame, argument: str = "portfolio") -> Portfolio:
    """Give the portfolio that a statistics table was made of, while it is in memory.

    Takes no `population`: the whole portfolio is given, as the statistic took it.

    Parameters
    ----------
    table
        A table that a statistic gave in this session.
    argument
        The name under which the statistic took it.

    Raises
    ------
    UsageError
        If the table does not tell, or the portfolio is no longer in memory.
    """
    token = table.attrs.get("call", {}).get("portfolios", {}).get(argument)
    found = _PORTFOLIOS.get(token) if isinstance(token, str) else None
    if found is None:
        raise UsageError(
            "The portfolio that the table was made of is not in memory: give it along, or make the "
            "table again."
        )
    return found


def portfolio_by(token: str) -> Portfolio | None:
    """The portfolio of a token in `call`; None if it is not in memory."""
    return _PORTFOLIOS.get(token)


def _why_empty(attrs: Mapping[Any, Any]) -> str:
    """The reasons why projects are out, or that there was none to begin with."""
    out = [
        sentence("error.none_left_reason", reason=reason(row["reason"]), n=row["n"])
        for row in attrs["exclusions"]
        if row["n"]
    ]
    if not out:
        return sentence("error.nothing_to_count")
    return sentence("error.none_left", reasons=joined(out))


def _read_from(given: Iterable[Any]) -> list[str]:
    """The kinds of sources of all portfolios that were given, in the order of the shelf."""
    found: dict[str, None] = {}
    for value in given:
        several = value.values() if isinstance(value, Mapping) else [value]
        for one in several:
            # Tables put together by hand may know no files.
            if isinstance(one, Portfolio) and "files" in one.tables:
                # Each statistic of a report asks it of the same projects.
                kinds = once([one], ("read_from",), partial(read_from, one.tables))
                found |= dict.fromkeys(kinds)
    order = [row["code"] for row in load.codes("source_kinds")]
    # A comparison of made-up projects with real ones names what the real ones are from.
    real = [kind for kind in order if kind in found]
    return real or list(found)


def _chosen(given: Iterable[Any]) -> list[dict[str, Any]]:
    """How the projects of the one portfolio were chosen from what was read."""
    portfolios = [one for one in given if isinstance(one, Portfolio)]
    origin = portfolios[0].origin if len(portfolios) == 1 else None
    return [] if origin is None else origin.in_short()


def _chosen_of(given: Iterable[Any]) -> dict[str, list[dict[str, Any]]]:
    """How the projects of portfolios beside each other were chosen, where they were."""
    return {
        str(name): one.origin.in_short()
        for value in given
        if isinstance(value, Mapping)
        for name, one in value.items()
        if isinstance(one, Portfolio) and one.origin is not None and one.origin.steps
    }


def _call(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    call: dict[str, Any] = {"statistic": name, "arguments": {}, "portfolios": {}, "not_kept": []}
    for argument, value in given.items():
        if isinstance(value, Portfolio):
            call["portfolios"][argument] = _token(value)
        elif isinstance(value, Mapping) and _are_portfolios(value.values()):
            call["portfolios"][argument] = {str(k): _token(one) for k, one in value.items()}
        elif isinstance(value, list | tuple) and _are_portfolios(value):
            call["portfolios"][argument] = [_token(one) for one in value]
        else:
            try:
                call["arguments"][argument] = _plain(value)
            except TypeError:
                call["not_kept"].append(argument)
    return call


def _are_portfolios(values: Any) -> bool:
    found = list(values)
    return bool(found) and all(isinstance(value, Portfolio) for value in found)


def _token(portfolio: Portfolio) -> str:
    for token, known in _PORTFOLIOS.items():
        if known is portfolio:
            return token
    token = f"{_PROCESS}-{next(_NUMBERS)}"
    _PORTFOLIOS[token] = portfolio
    return token


def _plain(value: Any) -> Any:
    """An argument as JSON has it; TypeError if it has no such value."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Population):
        return value.as_json()
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence | pd.Index):
        return [_plain(one) for one in value]
    raise TypeError(type(value).__name__)


def _fingerprint(table: pd.DataFrame) -> dict[str, Any]:
    """What is the same for the same rows in any order, and another for other values.

    Sums of hashes of cells, a column each, and of whole rows, so that values which have changed
    places are seen too; and a few bytes of each row's own hash, sorted, to know rows that are left
    of it.
    """
    # Or each column that is taken would have a copy of the attrs.
    hashes = dict(_hashes(pd.DataFrame(table)))
    whole = np.zeros(len(table), dtype=np.uint64)
    for cells in hashes.values():
        whole += cells
    return _Unchanging(
        rows=len(table),
        columns={name: _sum(cells) for name, cells in hashes.items()},
        whole=_sum(_mixed(whole)),
        each=b64encode(np.sort(_mixed(whole).astype("<u4")).tobytes()).decode(),
    )


class _Unchanging(dict[str, Any]):
    """A fingerprint, which nobody changes: copies of a table share it.

    pandas copies `attrs` to the depth whenever rows or columns are chosen.
    """

    def __deepcopy__(self, memo: object) -> "_Unchanging":
        return self


def _are_among(few: str, all_of_them: str) -> bool:
    """Whether rows, each by four bytes of its hash, are some of others."""
    found, times = np.unique(np.frombuffer(b64decode(few), "<u4"), return_counts=True)
    known, most = np.unique(np.frombuffer(b64decode(all_of_them), "<u4"), return_counts=True)
    at = np.minimum(np.searchsorted(known, found), len(known) - 1)
    return bool(((known[at] == found) & (times <= most[at])).all())


def _sum(cells: npt.NDArray[np.uint64]) -> str:
    return f"{int(cells.sum(dtype=np.uint64)):016x}"


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    found: npt.NDArray[np.uint64] = pd.util.hash_array(values)
    return found


def _hashes(table: pd.DataFrame) -> Iterator[tuple[str, npt.NDArray[np.uint64]]]:
    """A hash of each cell by its value, whatever the dtype that holds it."""
    for name, column in table.items():
        if is_bool_dtype(column.dtype) or is_numeric_dtype(column.dtype):
            numbers = column.to_numpy(dtype=float, na_value=np.nan)
            # Zero has one hash, not two, and so has what is missing.
            cells = pd.util.hash_array(np.where(np.isnan(numbers), np.nan, numbers + 0.0))
        else:
            texts = column.astype("string").to_numpy(dtype=object, na_value="\0")
            # Looking for equal texts first takes longer than it spares.
            cells = pd.util.hash_array(texts, categorize=False)
        yield str(name), _mixed(cells ^ _salt(str(name)))


@cache
def _salt(name: str) -> npt.NDArray[np.uint64]:
    found: npt.NDArray[np.uint64] = pd.util.hash_array(np.array([name], dtype=object))
    return found
