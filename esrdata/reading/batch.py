"""Many files, one after another or in processes of their own; each costs itself only."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue

from esrdata.knowledge.shelf import active
from esrdata.limits import limits
from esrdata.reading.child import REFUSED, Child, unpacked
from esrdata.reading.dispatch import FileRead, read_files
from esrdata.reading.parallel import Order, arranged, read_there
from esrdata.reading.privacy.recogniser import level

Read = Iterable[FileRead]
# Files that a child is asked for at once, and that are asked for and not taken yet, for each child:
# enough to go on with while tables are built of some.
_AT_ONCE, _AHEAD = 2, 12


class Sent(Iterable[FileRead]):
    """What a file holds, as another process sent it: unpacked anew whenever it is looked at.

    Packed it needs a third of the memory.
    """

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def __iter__(self) -> Iterator[FileRead]:
        return iter(unpacked(self.packed))


def read_batch(
    paths: Sequence[str], *, contacts: bool, workers: int | None = None, isolate: bool = False
) -> Iterator[Read]:
    """Read files, by the shelf and within the limits in use.

    Parameters
    ----------
    paths
        The files.
    contacts
        Whether contact persons are read.
    workers
        Number of processes of our own; 1 reads in this one, and so does None unless joblib was set
        of a backend to use.
    isolate
        Whether a process of its own reads even where one would do.

    Yields
    ------
    iterable of FileRead
        What each file holds, in the order given.
    """
    order = (active(), contacts, limits(), level())
    if workers is None and not isolate and len(paths) > 1 and arranged():
        yield from read_there(paths, order, lambda rest: _in_children(rest, order, 1))
        return
    count = min(workers or 1, len(paths))
    if count == 1 and not isolate:
        yield from (read_files(path, contacts=contacts) for path in paths)
        return
    yield from _in_children(paths, order, count)


def _in_children(paths: Sequence[str], order: Order, count: int) -> Iterator[Read]:
    """Read files in so many processes of our own."""
    for answer in _answers([Child(order) for _ in range(count)], paths):
        if answer.startswith(REFUSED):
            raise unpacked(answer.removeprefix(REFUSED))
        yield Sent(answer)


# The number of a file with its path, and with its answer; what a thread failed at.
_Tasks = SimpleQueue[tuple[int, str] | None]
_Answer = tuple[int, bytes] | Future[None]
_Answers = SimpleQueue[_Answer]


def _answers(children: Sequence[Child], paths: Sequence[str]) -> Iterator[bytes]:
    """What children answer about files, in the order of these.

    Not many more are read than were asked for, so that what waits to be taken needs little memory.
    """
    tasks: _Tasks = SimpleQueue()
    done: _Answers = SimpleQueue()
    numbered = enumerate(paths)

    def more() -> None:
        if (task := next(numbered, None)) is not None:
            tasks.put(task)

    for _ in range(_AHEAD * len(children)):
        more()
    waiting: dict[int, bytes] = {}
    # A thread waits for each process.
    threads = ThreadPoolExecutor(len(children))
    for child in children:
        threads.submit(_serve, child, tasks, done, len(children)).add_done_callback(done.put)
    try:
        for number in range(len(paths)):
            while number not in waiting:
                answer = _next(done, children)
                if isinstance(answer, Future):
                    # A process could not be started.
                    answer.result()
                else:
                    waiting[answer[0]] = answer[1]
            more()
            yield waiting.pop(number)
    finally:
        for child in children:
            child.end()
            tasks.put(None)
        threads.shutdown()


def _serve(child: Child, tasks: _Tasks, done: _Answers, count: int) -> None:
    """Have one of so many children read files, until it is told that there is no task more."""
    asked: deque[int] = deque()
    try:
        while True:
            # It is given another at once where there is one for every child.
            while not asked or (len(asked) < _AT_ONCE and tasks.qsize() >= count):
                task = tasks.get()
                if task is None:
                    return
                number, path = task
                child.ask(path)
                asked.append(number)
            done.put((asked.popleft(), child.answer()))
    finally:
        child.close()


def _next(done: _Answers, children: Sequence[Child]) -> _Answer:
    """The next answer of any child; one that is late is ended meanwhile."""
    while True:
        now = time.monotonic()
        due = [when for child in children if (when := child.due) is not None]
        # Whoever begins now is due later than that.
        until = min(due, default=now + children[0].seconds)
        try:
            return done.get(timeout=max(0, until - now))
        except Empty:
            for child in children:
                child.end_late()
