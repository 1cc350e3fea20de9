"""Saves descriptions from the information service: slowly, and exactly as they come."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Literal

from esrdata.documents.document import Document
from esrdata.documents.open import open_document
from esrdata.errors import SourceError, StoreError, UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence
from esrdata.reading.lists.read import read_list
from esrdata.version import __version__

if TYPE_CHECKING:
    import httpx

#: Where and when each page was asked for; hidden, so that reading the folder passes it over.
LOG = ".esrdata-fetch.jsonl"
_HEADERS = {
    "User-Agent": f"esrdata/{__version__} (research; one request at a time)",
    # Asked for plain, so that what is kept is what was sent.
    "Accept-Encoding": "identity",
}
_CODE = re.compile(r"[A-Z][0-9]{5}")
# Codes are ASCII, so the encoding of the rest does not matter; a byte order mark is passed over.
_FIRST_CELL = re.compile(rb"[^A-Za-z0-9,;\t]*([A-Za-z][0-9]{5})(?![A-Za-z0-9])")
# A tag ends before the next one begins, so that a page of open tags takes no longer.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*+>|&#?\w++;", re.DOTALL)
# Bytes of the headers of an answer, and characters of one that are kept or understood.
_MOST_HEADERS, _MOST_HEADER = 2**15, 200
_REDIRECTS, _MOST_REDIRECTS = {301, 302, 303, 307, 308}, 5
_PASSING = {408, 425, 429}
# What may go better when asked again.
_AGAIN = {"busy", "slow", "cut_off", "no_answer", "empty"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one code; `reason` is a key of ``cli.fetch_reason`` in `words.yml`."""

    code: str
    path: Path | None
    status: Literal["saved", "there", "failed"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """The last answer to a request; a page if there is no reason against it."""

    address: str
    reason: str | None = None
    http_status: int | None = None
    headers: Mapping[str, str] | None = None
    body: bytes = b""


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
    """Save descriptions, one request at a time; what is there already is not asked for.

    Parameters
    ----------
    codes
        Project codes, such as ``S20405``; each is taken once.
    to
        Folder to save in; made if need be. A page is named after its code.
    service
        Name of the service, where the code does not show it.
    services
        The services that may be asked, as in `services.yml`.
    pause
        Seconds between requests; as in `services.yml` if not given.
    client
        The client to ask with, such as one with a proxy.
    progress
        Called after each code with the number done, the number of all, and the code.

    Returns
    -------
    list of Fetched
        One for each code, in the order given.

    Raises
    ------
    UsageError
        If a code is no code, or its service is not known, before anything is asked.
    StoreError
        If the folder cannot be written.
    """
    import httpx

    known = load.services() if services is None else services
    given = [codes] if isinstance(codes, str) else codes
    wanted = {code: _service(code, known, service) for code in map(_checked, given)}
    if not wanted:
        raise UsageError(sentence("error.no_code"))
    folder = Path(to)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    fetched: list[Fetched] = []
    misses: Counter[str] = Counter()
    # A client of the caller's stays the caller's to close.
    with httpx.Client() if client is None else nullcontext(client) as asking:
        visitor = _Visitor(asking, known, pause)
        for code, name in wanted.items():
            fetched.append(_one(code, name, folder, visitor, misses))
            if progress is not None:
                progress(len(fetched), len(wanted), code)
    return fetched


def codes_in(path: Path) -> tuple[list[str], int]:
    """Codes of a project list, or those first on the lines of a text, and how many other lines.

    Raises
    ------
    SourceError
        If the list cannot be read, or holds no code.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise SourceError(f"Cannot read the list {path} ({why}): check the path.") from error
    document = open_document(str(path))
    listed = read_list(document) if isinstance(document, Document) else None
    if listed is not None:
        # Business aid has longer codes and no description.
        found = [r.code for r in listed.records if r.code is not None and _CODE.fullmatch(r.code)]
        return list(dict.fromkeys(found)), listed.lines - 1 - len(found)
    lines = [line for line in data.replace(b"\0", b"").splitlines() if line.strip()]
    found = [match[1].decode().upper() for line in lines if (match := _FIRST_CELL.match(line))]
    if not found:
        raise SourceError(sentence("error.no_codes", path=str(path)))
    return list(dict.fromkeys(found)), len(lines) - len(found)


def _checked(code: str) -> str:
    tidy = str(code).strip().upper()
    if not _CODE.fullmatch(tidy):
        raise UsageError(sentence("error.project_code", given=str(code)))
    return tidy


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


def _one(code: str, name: str, folder: Path, visitor: "_Visitor", misses: Counter[str]) -> Fetched:
    target = folder / f"{code}.html"
    # A link that leads nowhere is somebody's too.
    if os.path.lexists(target):
        return Fetched(code, target, "there")
    if misses[name] >= visitor.services[name]["give_up"]:
        return Fetched(code, None, "failed", "given_up")
    answer = visitor.page(code, name)
    misses[name] = misses[name] + 1 if answer.reason in _AGAIN else 0
    if answer.reason == "told_to_wait":
        misses[name] = visitor.services[name]["give_up"]
    with _writing(folder):
        if answer.reason is not None:
            _note(folder, code, answer)
            return Fetched(code, None, "failed", answer.reason)
        part = folder / f".{code}.html.part"
        try:
            part.write_bytes(answer.body)
            # First the note: a run cut off here asks again, and no page is without its address.
            _note(folder, code, answer)
            if os.path.lexists(target):
                return Fetched(code, target, "there")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return Fetched(code, target, "saved")


def _note(folder: Path, code: str, answer: _Answer) -> None:
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
    return headers[name][:_MOST_HEADER] if name in headers else None


class _Visitor:
    """Asks one thing at a time, with pauses, and only the configured services."""

    def __init__(
        self,
        client: "httpx.Client",
        services: Mapping[str, Mapping[str, Any]],
        pause: float | None,
    ) -> None:
        self.services = services
        self._client = client
        self._pause = pause
        self._due = 0.0
        self._origins = {_origin(spec["address"], spec["host"]) for spec in services.values()}

    def page(self, code: str, name: str) -> _Answer:
        spec = self.services[name]
        pause = spec["pause"] if self._pause is None else self._pause
        longest = spec["longest_wait"]
        for attempt in range(spec["retries"] + 1):
            answer = self._follow(spec["address"].format(code=code), spec, pause)
            if answer.reason is None and not _is_of(answer.body, code, spec["labels"]):
                return replace(answer, reason="other_page")
            asked = _wait_asked(answer)
            if asked > longest:
                return replace(answer, reason="told_to_wait")
            if answer.reason not in _AGAIN:
                break
            self._due = max(min(pause * 2 ** (attempt + 1), longest), asked)
        return answer

    def _follow(self, address: str, spec: Mapping[str, Any], pause: float) -> _Answer:
        import httpx

        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._get(address, spec, pause)
            if answer.reason != "redirect":
                return answer
            try:
                address = str(httpx.URL(address).join((answer.headers or {})["location"]))
                elsewhere = _origin(address) not in self._origins
            except (httpx.InvalidURL, KeyError):
                elsewhere = True
            if elsewhere:
                return replace(answer, reason="elsewhere")
        return replace(answer, reason="elsewhere")

    def _get(self, address: str, spec: Mapping[str, Any], pause: float) -> _Answer:
        import httpx

        if self._due > 0:
            sleep(self._due)
        self._due = pause
        until = monotonic() + spec["seconds"]
        asked = self._client.stream(
            "GET", address, headers=_HEADERS, timeout=spec["seconds"], follow_redirects=False
        )
        try:
            with asked as response:
                status, headers = response.status_code, response.headers
                answer = _Answer(address, _reason(status), status, headers)
                if sum(len(name) + len(text) for name, text in headers.raw) > _MOST_HEADERS:
                    return _Answer(address, "too_large", status)
                if answer.reason is not None:
                    return answer
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > spec["most_bytes"]:
                        return replace(answer, reason="too_large")
                    # The client's limit is for each piece; drops at intervals would never end.
                    if monotonic() > until:
                        return replace(answer, reason="slow")
        except httpx.TimeoutException:
            return _Answer(address, "slow")
        # A body shorter than its Content-Length is an error of the protocol.
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError):
            return _Answer(address, "cut_off")
        except httpx.RequestError:
            return _Answer(address, "no_answer")
        return replace(answer, reason=None if body.strip() else "empty", body=bytes(body))


def _reason(status: int) -> str | None:
    """Why an answer of this status is no page; None if it may be one."""
    if status in _REDIRECTS:
        return "redirect"
    if status in _PASSING or status >= 500:
        return "busy"
    if status in {404, 410}:
        return "not_found"
    return None if status == 200 else "refused"


def _origin(address: str, host: str | None = None) -> tuple[str, str, int | None]:
    import httpx

    url = httpx.URL(address.replace("{code}", "S20405"))
    if host is not None and url.host != host:
        raise UsageError(f"The address {address} is not on the host {host} of its service.")
    return url.scheme, url.host, url.port


def _is_of(body: bytes, code: str, labels: Iterable[str]) -> bool:
    """Whether the page says that it is of the code; its links may hold it on any page."""
    text = _TAG.sub(" ", body.replace(b"\0", b"").decode("latin-1"))
    label = "|".join(map(re.escape, labels))
    return re.search(rf"(?:{label})[^A-Za-z0-9]*{code}(?![A-Za-z0-9])", text) is not None


def _wait_asked(answer: _Answer) -> float:
    """Seconds that the service asks for, as a number or as a time of day."""
    text = (answer.headers or {}).get("retry-after", "").strip()[:_MOST_HEADER]
    if answer.reason != "busy" or not text:
        return 0.0
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"Cannot write the folder {folder} ({why}): choose another.") from error
