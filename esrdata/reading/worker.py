"""What runs in a process of its own that reads files for another; `child` starts it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

from esrdata.collecting import held_back, none_at_exit, search
from esrdata.errors import EsrdataError
from esrdata.guard import Failure, attempt
from esrdata.knowledge.shelf import using
from esrdata.limits import hold_memory, within
from esrdata.reading.child import REFUSED, packed, received, send, unpacked
from esrdata.reading.dispatch import read_files, unread
from esrdata.reading.privacy.recogniser import recognising


def main() -> None:
    """Read a file for each path that comes, until no more come."""
    # Whoever stops the work stops the process that asked, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    none_at_exit()
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers.
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    shelf, contacts, allowed, privacy = unpacked(received(questions))
    hold_memory(allowed.memory)
    send(answers, packed("ready"))
    # No more is asked, or whoever asked was killed.
    ends = suppress(EOFError, BrokenPipeError)
    with ends, using(shelf), within(allowed), recognising(privacy), held_back():
        while True:
            path = unpacked(received(questions))
            send(answers, _read(path, contacts))
            search()


def _read(path: str, contacts: bool) -> bytes:
    """What a file holds, packed: that it can be sent is part of reading it."""
    try:
        read = attempt(lambda: packed(read_files(path, contacts=contacts)))
    except EsrdataError as error:
        return REFUSED + packed(error)
    return packed((unread(path, read),)) if isinstance(read, Failure) else read
