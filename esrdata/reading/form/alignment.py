"""Which look-alike is the real one: the best chain of candidates in the order of the form."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from esrdata.reading.form.settings import SETTINGS


class Chain(NamedTuple):
    """Indexes of the candidates chosen, and those among them for which another would have done as
    well; `worth` is the total.
    """

    chosen: list[int]
    doubtful: list[int]
    worth: float


def best_chain(
    orders: Sequence[int],
    own: Callable[[int], float],
    between: Callable[[int, int], float],
) -> Chain:
    """Choose the chain of candidates with the highest total.

    Candidates stand in the order of the page; a chain takes them with strictly rising place in
    the form. What look-alikes in prose cannot do is fit between all the others.

    Parameters
    ----------
    orders
        For each candidate, the place in the form of what it may be.
    own
        Worth of a candidate in itself.
    between
        Worth of what lies between two neighbours of the chain; ``-1`` is the beginning and
        ``len(orders)`` the end.

    Returns
    -------
    Chain
        Of equal chains the earlier.
    """
    n = len(orders)
    if list(orders) == sorted(set(orders)):
        steps = sum(between(i, i + 1) for i in range(-1, n))
        return Chain(list(range(n)), [], steps + sum(own(i) for i in range(n)))
    worth = [own(i) for i in range(n)]
    gain = {
        (i, j): between(i, j)
        for i in range(-1, n)
        for j in range(i + 1, n + 1)
        if i == -1 or j == n or orders[i] < orders[j]
    }
    after = [0.0] * n
    follower = [n] * n
    for i in range(n - 1, -1, -1):
        after[i], follower[i] = max(
            ((gain[i, j] + (worth[j] + after[j] if j < n else 0.0), j)
             for j in range(i + 1, n + 1) if (i, j) in gain),
            key=lambda pair: (round(pair[0], 9), -pair[1]),
        )  # fmt: skip
    before = [0.0] * n
    for j in range(n):
        before[j] = max(
            gain[i, j] + (worth[i] + before[i] if i >= 0 else 0.0)
            for i in range(-1, j)
            if (i, j) in gain
        )
    totals = [before[i] + worth[i] + after[i] for i in range(n)]
    best = max([*totals, gain[-1, n]])
    chosen: list[int] = []
    at = next((i for i in range(n) if totals[i] >= best - SETTINGS.tie), n)
    while at < n:
        chosen.append(at)
        at = follower[at]
    doubtful = [
        i
        for i in chosen
        if any(
            j != i and orders[j] == orders[i] and totals[j] >= best - SETTINGS.tie for j in range(n)
        )
    ]
    return Chain(chosen, doubtful, best)
