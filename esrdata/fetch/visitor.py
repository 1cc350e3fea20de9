"""Requests pages from an information service: one at a time, with pauses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from esrdata.documents.document import Document
from esrdata.documents.html.read import is_cut_off
from esrdata.documents.recognise import recognised
from esrdata.errors import UsageError
from esrdata.guard import Failure, attempt
from esrdata.reading.form.description import read_document
from esrdata.reading.form.spec import all_forms
from esrdata.reading.record import Status
from esrdata.version import __version__

if TYPE_CHECKING:
    import httpx

_HEADERS = {
    "User-Agent": f"esrdata/{__version__} (research; one request at a time)",
    # Uncompressed, so that pages are kept as sent.
    "Accept-Encoding": "identity",
}
# A tag ends before the next begins, so that a page of open tags takes no longer.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*+>|&#?\w++;", re.DOTALL)
# Most bytes of an answer's headers, and most characters of one that are kept or parsed.
_MOST_HEADERS, MOST_HEADER = 2**15, 200
_REDIRECTS, _MOST_REDIRECTS = {301, 302, 303, 307, 308}, 5
_PASSING = {408, 425, 429}
# As long as announced, but without the tag that ends a page.
_UNENDED = "unended"
#: Reasons for which another try may help.
AGAIN = {"busy", "slow", "cut_off", "no_answer", "empty"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer to a request; it has a page if there is no reason."""

    address: str
    reason: str | None = None
    http_status: int | None = None
    headers: Mapping[str, str] | None = None
    body: bytes = b""


class Visitor:
    """Sends one request at a time, with pauses, to configured services only."""

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
        # Whether a service's pages have the final tag, once one has shown it.
        self._ends: dict[str, bool] = {}
        self._origins = {_origin(spec["address"], spec["host"]) for spec in services.values()}

    def page(self, code: str, name: str) -> Answer:
        """The page of a code from a service, requested again where that may help."""
        spec = self.services[name]
        pause = spec["pause"] if self._pause is None else self._pause
        longest = spec["longest_wait"]
        for tried in range(spec["retries"] + 1):
            answer = self._follow(spec["address"].format(code=code), spec, pause)
            unended = answer.reason == _UNENDED
            if unended:
                # Half a page, or how the service writes pages: the first to come so twice decides.
                half = self._ends.get(name, tried == 0)
                answer = replace(answer, reason="cut_off" if half else None)
            if answer.reason is None:
                if not _is_of(answer.body, code, spec):
                    return replace(answer, reason="other_page")
                self._ends.setdefault(name, not unended)
            asked = _wait_asked(answer)
            if asked > longest:
                return replace(answer, reason="told_to_wait")
            if answer.reason not in AGAIN:
                break
            self._due = max(min(pause * 2 ** (tried + 1), longest), asked)
        return answer

    def _follow(self, address: str, spec: Mapping[str, Any], pause: float) -> Answer:
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

    def _get(self, address: str, spec: Mapping[str, Any], pause: float) -> Answer:
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
                answer = Answer(address, _reason(status), status, headers)
                if sum(len(name) + len(text) for name, text in headers.raw) > _MOST_HEADERS:
                    return Answer(address, "too_large", status)
                if answer.reason is not None:
                    return answer
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > spec["most_bytes"]:
                        return replace(answer, reason="too_large")
                    # The client's limit is per piece, so slow dripping would never end.
                    if monotonic() > until:
                        return replace(answer, reason="slow")
        except httpx.TimeoutException:
            return Answer(address, "slow")
        # A body shorter than its Content-Length is a protocol error.
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError):
            return Answer(address, "cut_off")
        except httpx.RequestError:
            return Answer(address, "no_answer")
        if not body.strip():
            return replace(answer, reason="empty")
        reason = None
        if is_cut_off(body.replace(b"\0", b"").decode("latin-1")):
            # Without a length, or if compressed, nothing else shows that half is missing.
            reason = _UNENDED if _is_measured(headers) else "cut_off"
        return replace(answer, reason=reason, body=bytes(body))


def _reason(status: int) -> str | None:
    """Why an answer with this status is no page; None if it may be one."""
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


def _is_measured(headers: Mapping[str, str]) -> bool:
    """Whether the client would notice a body that ends early."""
    measured = "content-length" in headers or headers.get("transfer-encoding") == "chunked"
    return measured and "content-encoding" not in headers


def _is_of(body: bytes, code: str, spec: Mapping[str, Any]) -> bool:
    """Whether the page describes the code; a login page may mention it, too."""
    if not _names(body, code, spec["labels"]):
        return False
    read = attempt(lambda: _values(body, code))
    # A page on which esrdata itself fails still counts.
    return isinstance(read, Failure) or read >= spec["least_values"]


def _names(body: bytes, code: str, labels: Iterable[str]) -> bool:
    """Whether the page has the code behind a label; in links any page may have it."""
    text = _TAG.sub(" ", body.replace(b"\0", b"").decode("latin-1"))
    label = "|".join(map(re.escape, labels))
    return re.search(rf"(?:{label})[^A-Za-z0-9]*{code}(?![A-Za-z0-9])", text) is not None


def _values(body: bytes, code: str) -> int:
    """How many values of a description the page has."""
    document = recognised(code, body)
    if not isinstance(document, Document):
        return 0
    records = read_document(document, all_forms(), contacts=False)
    return sum(v.status is Status.READ for record in records for v in record.values.values())


def _wait_asked(answer: Answer) -> float:
    """The seconds to wait that the service asks for, as a number or a time."""
    text = (answer.headers or {}).get("retry-after", "").strip()[:MOST_HEADER]
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
