"""A process of its own that reads files: how it is started, asked and ended; `worker` runs in it.

It is a fresh Python: its time and memory can be held, and what kills it kills no other.
"""

from __future__ import annotations

import pickle
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from threading import Lock
from typing import IO, Any

from esrdata.guard import Failure
from esrdata.limits import LimitError
from esrdata.reading.dispatch import unread
from esrdata.reading.parallel import Order

_START = "import sys; sys.path[:] = {path!r}; from esrdata.reading.worker import main; main()"
_LENGTH = struct.Struct("<Q")
#: Begins the answer that is an error of the user's, as no packed message does.
REFUSED = b"!"


class Child:
    """A process that reads files; a new one comes where it has died.

    It can be asked for another file while it reads one, so that it need not wait for the question.
    It answers in the order it was asked: where it dies, it was at the first file not answered, and
    the others are asked for again.

    Attributes
    ----------
    seconds
        How long it may take to answer.
    due
        When it must have answered, by `time.monotonic`; None where nobody waits for an answer.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        _, _, limits, _ = order
        self.seconds = limits.seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: deque[str] = deque()
        # Another thread may end it.
        self._lock = Lock()
        self.due: float | None = None
        self._late = self._ended = False

    def ask(self, path: str) -> None:
        """Ask for a file."""
        self._asked.append(path)
        self._send(path)

    def answer(self) -> bytes:
        """What the first file holds that was asked for and not answered, packed.

        Where the process does not live to answer, that is a finding.
        """
        self.due = time.monotonic() + self.seconds
        answer = self._received()
        with self._lock:
            self.due, late = None, self._late
            self._late = False
        path = self._asked.popleft()
        if self._ended or (answer is not None and not late):
            return answer or b""
        code = self.close()
        for other in self._asked:
            self._send(other)
        if answer is not None:
            return answer
        if late:
            failure = Failure("limit_reached", str(LimitError("seconds", self.seconds)))
        else:
            killed = -code in list(signal.Signals)
            how = signal.Signals(-code).name if killed else f"exit {code}"
            failure = Failure("reader_ended", how)
        return packed((unread(path, failure),))

    def end_late(self) -> None:
        """End the process if its answer is due."""
        with self._lock:
            if self.due is not None and self.due <= time.monotonic():
                self.due, self._late = None, True
                self._kill()

    def end(self) -> None:
        """End the process for good; what it is at is not answered."""
        with self._lock:
            self._ended = True
            self._kill()

    def _send(self, path: str) -> None:
        process = self._process or self._started()
        # One that has died is noticed when it does not answer.
        with suppress(OSError):
            send(process.stdin, packed(path))

    def _received(self) -> bytes | None:
        assert self._process is not None
        try:
            return received(self._process.stdout)
        except (OSError, EOFError, ValueError):
            return None

    def _started(self) -> subprocess.Popen[bytes]:
        start = _START.format(path=[place for place in sys.path if isinstance(place, str)])
        process = subprocess.Popen(
            [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with self._lock:
            self._process = process
            if self._ended:
                self._kill()
        # One that dies at once is noticed at its first file. It answers when it is ready, so that
        # what it takes to start counts for no file.
        with suppress(OSError, EOFError):
            send(process.stdin, packed(self._order))
            received(process.stdout)
        return process

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def close(self) -> int:
        """End the process, when it is not asked any more; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return code


# ---- what the two processes say to one another: the length of a message, then the message


def packed(message: object) -> bytes:
    """A message as it is sent."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Any:
    """A message that was sent."""
    return pickle.loads(data)


def send(stream: IO[bytes] | None, data: bytes) -> None:
    """Send a packed message to the other process."""
    assert stream is not None
    # In one piece: the other process is woken once.
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def received(stream: IO[bytes] | None) -> bytes:
    """The next packed message of the other process.

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
    return data
