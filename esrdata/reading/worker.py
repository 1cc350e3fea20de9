"""A process of its own that reads files for another; `batch` starts it."""

from __future__ import annotations

import os
import pickle
import signal
import sys

from esrdata.errors import EsrdataError
from esrdata.guard import Failure, attempt
from esrdata.knowledge.shelf import using
from esrdata.limits import hold_memory, within
from esrdata.reading.batch import Read, received, send
from esrdata.reading.dispatch import read_files, unread
from esrdata.reading.privacy.recogniser import recognising


def main() -> None:
    """Read a file for each path that comes, until no more come."""
    # Whoever stops the work stops the process that asked, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers.
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    shelf, contacts, allowed, privacy = received(questions)
    hold_memory(allowed.memory)
    send(answers, "ready")
    with using(shelf), within(allowed), recognising(privacy):
        while True:
            try:
                path = received(questions)
            except EOFError:
                return
            send(answers, _read(path, contacts))


def _read(path: str, contacts: bool) -> Read | EsrdataError:
    try:
        read = attempt(lambda: _packable(read_files(path, contacts=contacts)))
    except EsrdataError as error:
        return error
    return (unread(path, read),) if isinstance(read, Failure) else read


def _packable(read: Read) -> Read:
    """What was read, once it is sure that it can be sent."""
    pickle.dumps(read, protocol=pickle.HIGHEST_PROTOCOL)
    return read
