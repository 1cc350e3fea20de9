"""Many files, one after another or in processes of their own; each costs itself only.

A process of its own is a fresh Python: its time and memory can be held, and what kills it kills
no other. It is asked for one file at a time, so that it is known which one it died of.
"""

from __future__ import annotations

import pickle
import signal
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Event, Timer
from typing import IO, Any

from esrdata.errors import EsrdataError
from esrdata.guard import Failure
from esrdata.knowledge.shelf import active
from esrdata.limits import LimitError, limits
from esrdata.reading.dispatch import FileRead, read_files, unread
from esrdata.reading.parallel import Order, arranged, read_there
from esrdata.reading.privacy.recogniser import level

_START = "import sys; sys.path[:] = {path!r}; from esrdata.reading.worker import main; main()"
_LENGTH = struct.Struct("<Q")
Read = tuple[FileRead, ...]


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
    tuple of FileRead
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
    children = [_Child(order) for _ in range(count)]
    free: SimpleQueue[_Child] = SimpleQueue()
    for child in children:
        free.put(child)

    def read(path: str) -> Read:
        child = free.get()
        try:
            return child.read(path)
        finally:
            free.put(child)

    # A thread waits for each process.
    threads = ThreadPoolExecutor(count)
    try:
        yield from _ahead(threads, read, paths, 2 * count)
    finally:
        for child in children:
            child.end()
        threads.shutdown(cancel_futures=True)


def _ahead(
    threads: ThreadPoolExecutor, read: Callable[[str], Read], paths: Sequence[str], most: int
) -> Iterator[Read]:
    """What files hold, in their order; not many more of them are read than were asked for."""
    waiting: deque[Future[Read]] = deque()
    for path in paths:
        waiting.append(threads.submit(read, path))
        if len(waiting) > most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Child:
    """A process that reads files; a new one comes where it has died."""

    def __init__(self, order: Order) -> None:
        self._order = order
        _, _, self._limits, _ = order
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def read(self, path: str) -> Read:
        """Read a file there; where the process does not live to answer, that is a finding."""
        if self._ended:
            return ()
        process = self._running()
        late = Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = Timer(self._limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = _asked(process, path)
        finally:
            timer.cancel()
        if isinstance(answer, EsrdataError):
            raise answer
        if answer is not None:
            return answer
        self._process = None
        code = _closed(process)
        if late.is_set():
            failure = Failure("limit_reached", str(LimitError("seconds", self._limits.seconds)))
        else:
            failure = Failure("reader_ended", _how(code))
        return (unread(path, failure),)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            start = _START.format(path=[place for place in sys.path if isinstance(place, str)])
            self._process = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            # One that dies at once is noticed at its first file. It answers when it is ready, so
            # that what it takes to start counts for no file.
            with suppress(OSError, EOFError):
                send(self._process.stdin, self._order)
                received(self._process.stdout)
        return self._process

    def end(self) -> None:
        """End the process."""
        self._ended = True
        process, self._process = self._process, None
        if process is not None:
            _closed(process)


def _asked(process: subprocess.Popen[bytes], path: str) -> Read | EsrdataError | None:
    """The answer of a process about a file, None where it has died."""
    try:
        send(process.stdin, path)
        answer: Read | EsrdataError = received(process.stdout)
    except (OSError, EOFError, ValueError):
        return None
    return answer


def _closed(process: subprocess.Popen[bytes]) -> int:
    process.kill()
    code = process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    return code


def _how(code: int) -> str:
    """How a process ended: the name of a signal, or its exit code."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit {code}"


# ---- what the two processes say to one another: the length of a message, then the message


def send(stream: IO[bytes] | None, message: object) -> None:
    """Send a message to the other process."""
    send_packed(stream, packed(message))


def packed(message: object) -> bytes:
    """A message as it is sent."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def send_packed(stream: IO[bytes] | None, data: bytes) -> None:
    """Send a message that is packed already."""
    assert stream is not None
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def received(stream: IO[bytes] | None) -> Any:
    """The next message of the other process.

    Raises
    ------
    EOFError
        If there will be none.
    """
    assert stream is not None
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
