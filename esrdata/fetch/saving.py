"""Saves a page for each code, and logs where and when it was fetched."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from esrdata.errors import UsageError
from esrdata.fetch.codes import checked
from esrdata.fetch.visitor import AGAIN, MOST_HEADER, Answer, Visitor
from esrdata.knowledge import load
from esrdata.knowledge.error_words import unwritable
from esrdata.knowledge.wording import sentence

if TYPE_CHECKING:
    import httpx

#: The log of fetched pages; hidden, so that it is not read with the folder.
LOG = ".esrdata-fetch.jsonl"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The outcome for one code; `reason` is a key of ``cli.fetch_reason`` in `words.yml`."""

    code: str
    path: Path | None
    status: Literal["saved", "there", "failed"]
    reason: str | None = None


def fetch(
    codes: str | Iterable[str],
    to: str | os.PathLike[str],
    *,
    service: str | None = None,
    services: Mapping[str, Mapping[str, Any]] | None = None,
    pause: float | None = None,
    client: "httpx.Client | None" = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[Fetched]:
    """Save descriptions, one request at a time; pages already there are not requested.

    Parameters
    ----------
    codes
        Project codes, such as ``S20405``; repeated codes are fetched once.
    to
        Folder to save in; made if need be. A page is named after its code.
    service
        Name of the service, if the code does not show it.
    services
        The services that may be used, as in `services.yml`.
    pause
        Seconds between requests; None takes those of `services.yml`.
    client
        An HTTP client to use, such as one with a proxy.
    progress
        Called after each code with the number done, the number of all, and the code.

    Returns
    -------
    list of Fetched
        One for each code, in the order given.

    Raises
    ------
    UsageError
        If a code is malformed or its service unknown, before anything is requested.
    StoreError
        If the folder cannot be written.
    """
    import httpx

    known = load.services() if services is None else services
    given = [codes] if isinstance(codes, str) else codes
    wanted = {code: _service(code, known, service) for code in map(checked, given)}
    if not wanted:
        raise UsageError(sentence("error.no_code"))
    folder = Path(to)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    fetched: list[Fetched] = []
    misses: Counter[str] = Counter()
    # A client given by the caller is left open.
    with httpx.Client() if client is None else nullcontext(client) as asking:
        visitor = Visitor(asking, known, pause)
        for code, name in wanted.items():
            fetched.append(_one(code, name, folder, visitor, misses))
            if progress is not None:
                progress(len(fetched), len(wanted), code)
    return fetched


def _service(code: str, known: Mapping[str, Mapping[str, Any]], given: str | None) -> str:
    names = ", ".join(known)
    if given is not None:
        if given not in known:
            raise UsageError(sentence("error.no_service", given=given, known=names))
        return given
    fitting = [name for name, spec in known.items() if re.fullmatch(spec["codes"], code)]
    if len(fitting) != 1:
        raise UsageError(sentence("error.which_service", code=code, known=names))
    return fitting[0]


def _one(code: str, name: str, folder: Path, visitor: Visitor, misses: Counter[str]) -> Fetched:
    target = folder / f"{code}.html"
    # A broken link is not replaced either.
    if os.path.lexists(target):
        return Fetched(code, target, "there")
    if misses[name] >= visitor.services[name]["give_up"]:
        return Fetched(code, None, "failed", "given_up")
    answer = visitor.page(code, name)
    misses[name] = misses[name] + 1 if answer.reason in AGAIN else 0
    if answer.reason == "told_to_wait":
        misses[name] = visitor.services[name]["give_up"]
    with _writing(folder):
        if answer.reason is not None:
            _note(folder, code, answer)
            return Fetched(code, None, "failed", answer.reason)
        part = folder / f".{code}.html.part"
        try:
            part.write_bytes(answer.body)
            # Log first: a run cut off here fetches again, and no page is without its address.
            _note(folder, code, answer)
            if os.path.lexists(target):
                return Fetched(code, target, "there")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return Fetched(code, target, "saved")


def _note(folder: Path, code: str, answer: Answer) -> None:
    headers = answer.headers or {}
    kept = answer.reason is None
    line = {
        "code": code,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "address": answer.address,
        "status": "saved" if kept else "failed",
        "reason": answer.reason,
        "http_status": answer.http_status,
        "content_type": _short(headers, "content-type"),
        "content_encoding": _short(headers, "content-encoding"),
        "bytes": len(answer.body) if kept else None,
        "sha256": hashlib.sha256(answer.body).hexdigest() if kept else None,
    }
    with (folder / LOG).open("a", encoding="utf-8", newline="\n") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")


def _short(headers: Mapping[str, str], name: str) -> str | None:
    return headers[name][:MOST_HEADER] if name in headers else None


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error
