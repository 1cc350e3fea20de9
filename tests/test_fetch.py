"""Fetching, against a server on the loopback address that misbehaves on purpose."""

import gzip
import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from pages import eura2014_page

import esrdata
from esrdata.cli import main
from esrdata.errors import SourceError, StoreError, UsageError
from esrdata.fetch import LOG, Fetched, codes_in, fetch, saving, visitor
from esrdata.knowledge import load
from esrdata.knowledge.wording import word

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


def page(code: str, encoding: str = "utf-8") -> bytes:
    """A page as the service marks it up: the label and the code in tags of their own."""
    paragraphs = eura2014_page(code=code).replace("&", "&amp;").split("\n\n")
    body = "\r\n".join(f"<p>{text}</p>" for text in paragraphs)
    body = body.replace("Hankekoodi:", "<b>Hankekoodi:</b>&nbsp;<br>")
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode(encoding)


def says(body: bytes = b"", status: int = 200, length: int | None = None, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def sleeps(handler: Handler) -> None:
    time.sleep(1)


def drips(handler: Handler) -> None:
    """Send a little at a time, each piece sooner than the client's limit for one."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(12):
        handler.wfile.write(b"<p>")
        time.sleep(0.1)


def hangs_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def drained(body: bytes) -> Answer:
    """A body in pieces, each with its length, the last of them empty."""

    def answer(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (body[:1000], body[1000:], b""):
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")

    return answer


def half(body: bytes, **headers: str) -> Answer:
    """The first half of a body, whose length the service does not say."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])

    return answer


class Service:
    """The misbehaving server: answers in turn for each code, the last one for good."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        service = self

        class Quiet(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.at_once += 1
                service.most_at_once = max(service.at_once, service.most_at_once)
                code = parse_qs(urlsplit(self.path).query).get("code", [self.path])[0]
                service.asked.append(code)
                service.headers.append({k.lower(): v for k, v in self.headers.items()})
                queue = service.answers.get(code, [says(page(code), Content_Type="text/html")])
                self.close_connection = True
                # A client that has had enough hangs up.
                with suppress(OSError):
                    (queue.pop(0) if len(queue) > 1 else queue[0])(self)
                service.at_once -= 1

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def spec(self, **changes: object) -> dict[str, Any]:
        known = load.services()["eura2014"]
        slow = any(one in (sleeps, drips) for some in self.answers.values() for one in some)
        own = {
            "host": "127.0.0.1",
            "address": f"{self.address}/page?code={{code}}",
            "pause": 0,
            "retries": 2,
            # Short for those that are slow; for the others a busy machine has time to answer.
            "seconds": 0.5 if slow else 10,
        }
        return {"test": {**known, **own, **changes}}


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """No test reaches another host: its name is not even looked up."""
    monkeypatch.setenv("NO_PROXY", "*")
    real, met = socket.getaddrinfo, []

    def look_up(host: object, *args: Any, **options: Any) -> Any:
        met.append(host)
        assert host in ("127.0.0.1", b"127.0.0.1"), f"{host!r} was asked for"
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return met


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses asked for; none is slept."""
    asked: list[float] = []
    monkeypatch.setattr(visitor, "sleep", asked.append)
    return asked


def log(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG).read_text("utf-8").splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_page_is_kept_exactly_as_it_came_and_reads(service: Service, tmp_path: Path) -> None:
    to = tmp_path / "new" / "folder"
    assert fetch(["s20405 "], to, services=service.spec()) == [
        Fetched("S20405", to / "S20405.html", "saved")
    ]
    assert (to / "S20405.html").read_bytes() == page("S20405")
    (line,) = log(to)
    when = datetime.fromisoformat(line.pop("time"))
    assert when.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - when) < timedelta(minutes=1)
    assert line == {
        "code": "S20405",
        "address": f"{service.address}/page?code=S20405",
        "status": "saved",
        "reason": None,
        "http_status": 200,
        "content_type": "text/html",
        "content_encoding": None,
        "bytes": len(page("S20405")),
        "sha256": hashlib.sha256(page("S20405")).hexdigest(),
    }
    portfolio = esrdata.read(to)
    assert list(portfolio.projects["project_code"]) == ["S20405"]
    # The log beside it is no file of the portfolio.
    assert len(portfolio.files) == 1


def test_the_user_agent_says_who_asks(service: Service, tmp_path: Path) -> None:
    fetch("S20405", tmp_path, services=service.spec())
    agent = service.headers[0]["user-agent"]
    assert agent == f"esrdata/{esrdata.__version__} (research; one request at a time)"
    assert service.headers[0]["accept-encoding"] == "identity"


def test_a_wrong_charset_changes_no_byte(service: Service, tmp_path: Path) -> None:
    kept = page("S20405", "cp1252")
    assert b"\xe4" in kept
    service.answers["S20405"] = [says(kept, Content_Type="text/html; charset=utf-8")]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "saved"
    assert (tmp_path / "S20405.html").read_bytes() == kept
    assert log(tmp_path)[0]["content_type"] == "text/html; charset=utf-8"
    assert "Hämeen" in esrdata.read(tmp_path).projects["authority"][0]


def test_what_is_there_is_left_and_not_asked_for(service: Service, tmp_path: Path) -> None:
    (tmp_path / "S20405.html").write_bytes(b"mine")
    done = fetch(["S20405", "S20406", "S20405"], tmp_path, services=service.spec())
    assert [(one.code, one.status) for one in done] == [("S20405", "there"), ("S20406", "saved")]
    assert (tmp_path / "S20405.html").read_bytes() == b"mine"
    assert service.asked == ["S20406"]
    assert {one.status for one in fetch(["S20406"], tmp_path, services=service.spec())} == {"there"}
    assert service.asked == ["S20406"]


def test_a_file_that_appears_meanwhile_is_left(service: Service, tmp_path: Path) -> None:
    def meanwhile(handler: Handler) -> None:
        (tmp_path / "S20405.html").write_bytes(b"mine")
        says(page("S20405"))(handler)

    service.answers["S20405"] = [meanwhile]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "there"
    assert (tmp_path / "S20405.html").read_bytes() == b"mine"
    assert names(tmp_path) == [LOG, "S20405.html"]


WHOLE = says(page("S20405"))
UNENDED = page("S20405").removesuffix(b"</body></html>")
LOGIN = b"""<!DOCTYPE html><html><body><h1>Hankekuvaus</h1><p>Hankekoodi: S20405</p>
<p>Hankkeen nimi: Testi</p><p>Istunto on vanhentunut. Kirjaudu uudelleen.</p>
<form><input name="tunnus"><input type="password"></form></body></html>"""


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(says(b"Internal error", 500), id="500"),
        pytest.param(says(b"", 503), id="503"),
        pytest.param(says(b"", 429), id="429"),
        pytest.param(says(page("S20405"), length=len(page("S20405")) + 10), id="cut off"),
        pytest.param(says(page("S20405")[:50], length=5000), id="cut off early"),
        pytest.param(half(page("S20405")), id="half without a length"),
        pytest.param(
            half(gzip.compress(page("S20405")), Content_Encoding="gzip"), id="half of a packed one"
        ),
        pytest.param(says(page("S20405")[:-500]), id="half made by the service"),
        pytest.param(hangs_up, id="hangs up"),
        pytest.param(sleeps, id="slow"),
        pytest.param(drips, id="drips"),
        pytest.param(says(b""), id="empty"),
        pytest.param(says(b" \r\n"), id="blank"),
    ],
)
def test_what_may_pass_is_tried_again(service: Service, tmp_path: Path, first: Answer) -> None:
    service.answers["S20405"] = [first, WHOLE]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "saved"
    assert service.asked == ["S20405", "S20405"]
    assert (tmp_path / "S20405.html").read_bytes() == page("S20405")
    assert names(tmp_path) == [LOG, "S20405.html"]


@pytest.mark.parametrize(
    ("answer", "reason", "requests"),
    [
        pytest.param(says(b"x", 500), "busy", 3, id="500"),
        pytest.param(says(page("S20405"), length=99999), "cut_off", 3, id="cut off"),
        pytest.param(hangs_up, "cut_off", 3, id="hangs up"),
        pytest.param(drips, "slow", 3, id="drips"),
        pytest.param(says(b""), "empty", 3, id="empty"),
        pytest.param(says(page("S20405"), 404), "not_found", 1, id="404"),
        pytest.param(says(page("S20405"), 403), "refused", 1, id="403"),
        pytest.param(says(page("S20405"), 203), "refused", 1, id="203"),
        pytest.param(says(page("S20406")), "other_page", 1, id="other project"),
        pytest.param(
            says(b"<p>Hankekoodi: S204051</p>"), "other_page", 1, id="code within another"
        ),
        pytest.param(
            says(b'<a href="?Hankekoodi=S20405">Not found</a>'), "other_page", 1, id="in a link"
        ),
        pytest.param(says(b"<p>No such page: S20405</p>"), "other_page", 1, id="error page"),
        pytest.param(says(LOGIN), "other_page", 1, id="to log in at"),
        pytest.param(says(b"x", 302), "elsewhere", 1, id="leads nowhere"),
    ],
)
def test_what_is_no_page_is_not_saved(
    service: Service, tmp_path: Path, answer: Answer, reason: str, requests: int
) -> None:
    service.answers["S20405"] = [answer]
    assert fetch("S20405", tmp_path, services=service.spec()) == [
        Fetched("S20405", None, "failed", reason)
    ]
    assert len(service.asked) == requests
    assert names(tmp_path) == [LOG]
    (line,) = log(tmp_path)
    assert (line["status"], line["reason"], line["sha256"]) == ("failed", reason, None)


@pytest.mark.parametrize("answer", [says(UNENDED), drained(UNENDED)], ids=["length", "pieces"])
def test_a_service_that_never_ends_its_pages_is_asked_twice_once(
    service: Service, tmp_path: Path, answer: Answer
) -> None:
    """Every page of it had been called cut off, and none was saved."""
    other = says(UNENDED.replace(b"S20405", b"S20406"))
    service.answers = {"S20405": [answer], "S20406": [other]}
    done = fetch(["S20405", "S20406"], tmp_path, services=service.spec())
    assert [one.status for one in done] == ["saved", "saved"]
    assert service.asked == ["S20405", "S20405", "S20406"]
    assert (tmp_path / "S20405.html").read_bytes() == UNENDED
    assert len(esrdata.read(tmp_path)) == 2


def test_where_pages_end_one_that_does_not_is_half(service: Service, tmp_path: Path) -> None:
    service.answers["S20406"] = [says(page("S20406")[:-500])]
    done = fetch(["S20405", "S20406"], tmp_path, services=service.spec())
    assert [(one.status, one.reason) for one in done] == [("saved", None), ("failed", "cut_off")]
    assert service.asked == ["S20405", *["S20406"] * 3]


def test_a_page_whose_end_nothing_says_is_never_taken_for_whole(
    service: Service, tmp_path: Path
) -> None:
    service.answers["S20405"] = [half(page("S20405"))]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.reason == "cut_off"


def test_a_page_that_esrdata_fails_at_is_kept(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(visitor, "read_document", fails)
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "saved"


def test_a_page_that_is_too_large_is_not_saved(service: Service, tmp_path: Path) -> None:
    (one,) = fetch("S20405", tmp_path, services=service.spec(most_bytes=100))
    assert one.reason == "too_large"


def test_an_answer_with_too_many_headers_is_not_saved(service: Service, tmp_path: Path) -> None:
    many = {f"X_{n}": "a" * 1000 for n in range(60)}
    service.answers["S20405"] = [says(page("S20405"), **many)]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.reason in ("too_large", "cut_off")
    assert not (tmp_path / "S20405.html").exists()


def test_what_is_kept_of_a_header_is_short(service: Service, tmp_path: Path) -> None:
    service.answers["S20405"] = [says(page("S20405"), Content_Type="text/html; " + "a" * 5000)]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "saved"
    (line,) = (tmp_path / LOG).read_text(encoding="utf-8").splitlines()
    assert len(json.loads(line)["content_type"]) == 200


@pytest.mark.parametrize("unit", ["<!-- ", "<", "<a ", "&a", "&#1"])
def test_a_page_of_open_tags_is_soon_looked_through(unit: str) -> None:
    body = (unit * 100_000).encode()
    start = time.process_time()
    assert not visitor._names(body, "S20405", ["Hankekoodi:"])
    assert time.process_time() - start < 2


def test_a_redirect_on_the_service_is_followed(service: Service, tmp_path: Path) -> None:
    service.answers["S20405"] = [says(status=301, Location="/new?code=moved")]
    service.answers["moved"] = [WHOLE]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.status == "saved"
    assert log(tmp_path)[0]["address"] == f"{service.address}/new?code=moved"


@pytest.mark.parametrize(
    "location",
    [
        "https://www.example.org/S20405",
        "//www.example.org/",
        "https://127.0.0.1/",
        "http://127.0.0.1@www.example.org/",
        "http://localhost:1/",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_a_redirect_elsewhere_is_refused(
    service: Service, tmp_path: Path, only_loopback: list[object], location: str
) -> None:
    service.answers["S20405"] = [says(page("S20405"), 302, Location=location)]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert (one.status, one.reason) == ("failed", "elsewhere")
    assert service.asked == ["S20405"]
    assert set(only_loopback) <= {"127.0.0.1", b"127.0.0.1"}


def test_another_port_is_another_host(service: Service, tmp_path: Path) -> None:
    other = Service()
    service.answers["S20405"] = [says(status=302, Location=f"{other.address}/page?code=S20405")]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    other.server.shutdown()
    other.server.server_close()
    assert one.reason == "elsewhere"
    assert other.asked == []


def test_redirects_in_a_ring_end(service: Service, tmp_path: Path) -> None:
    service.answers["S20405"] = [says(status=302, Location="/page?code=S20405")]
    (one,) = fetch("S20405", tmp_path, services=service.spec())
    assert one.reason == "elsewhere"
    assert len(service.asked) == 6


def test_an_address_off_the_host_is_refused_before_any_request(
    service: Service, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"not on the host www\.eura2014\.fi"):
        fetch("S20405", tmp_path, services=service.spec(host="www.eura2014.fi"))
    assert service.asked == []


def test_pauses_and_back_off(service: Service, tmp_path: Path, waits: list[float]) -> None:
    service.answers["S20406"] = [says(b"", 500)]
    codes = ["S20405", "S20406", "S20407"]
    fetch(codes, tmp_path, services=service.spec(retries=4, longest_wait=20), pause=2)
    # None before the first; then the pause; twice as long each time up to the most.
    assert waits == [2, 4, 8, 16, 20, 20]
    assert service.asked == ["S20405", *["S20406"] * 5, "S20407"]


def test_the_pause_of_the_service_is_the_rule(
    service: Service, tmp_path: Path, waits: list[float]
) -> None:
    (tmp_path / "S20406.html").write_bytes(b"mine")
    fetch(["S20405", "S20406", "S20407"], tmp_path, services=service.spec(pause=2))
    assert waits == [2]
    assert service.most_at_once == 1


def test_retry_after_is_honoured(service: Service, tmp_path: Path, waits: list[float]) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    service.answers["S20405"] = [
        says(b"", 429, Retry_After="7"),
        says(b"", 503, Retry_After=soon),
        WHOLE,
    ]
    fetch("S20405", tmp_path, services=service.spec())
    assert waits[0] == 7
    assert 45 < waits[1] <= 50


def test_a_service_that_asks_for_a_long_wait_is_left_in_peace(
    service: Service, tmp_path: Path, waits: list[float]
) -> None:
    service.answers["S20405"] = [says(b"", 503, Retry_After="3600")]
    done = fetch(["S20405", "S20406"], tmp_path, services=service.spec())
    assert [one.reason for one in done] == ["told_to_wait", "given_up"]
    assert service.asked == ["S20405"]


def test_a_retry_after_that_is_no_time_is_passed_over(
    service: Service, tmp_path: Path, waits: list[float]
) -> None:
    far = "Mon, 01 Jan " + "9" * 4000 + " 00:00:00 GMT"
    service.answers["S20405"] = [says(b"", 503, Retry_After=far), WHOLE]
    assert fetch("S20405", tmp_path / "far", services=service.spec())[0].status == "saved"
    service.answers["S20405"] = [says(b"", 503, Retry_After="soon"), WHOLE]
    assert fetch("S20405", tmp_path, services=service.spec())[0].status == "saved"


def test_a_service_that_does_not_answer_is_given_up(tmp_path: Path, service: Service) -> None:
    codes = [f"S2040{n}" for n in range(5)]
    for code in codes:
        service.answers[code] = [hangs_up]
    done = fetch(codes, tmp_path, services=service.spec(retries=0, give_up=3))
    assert [one.reason for one in done] == ["cut_off"] * 3 + ["given_up"] * 2
    assert service.asked == codes[:3]


def test_nobody_there(service: Service, tmp_path: Path) -> None:
    services = service.spec()
    service.server.shutdown()
    service.server.server_close()
    (one,) = fetch("S20405", tmp_path, services=services)
    assert one.reason == "no_answer"


def test_a_run_goes_on_where_it_stopped(service: Service, tmp_path: Path) -> None:
    codes = ["S20405", "S20406", "S20407"]
    (tmp_path / ".S20406.html.part").write_bytes(b"half of")

    def stop(done: int, total: int, code: str) -> None:
        assert total == 3
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(codes, tmp_path, services=service.spec(), progress=stop)
    done = fetch(codes, tmp_path, services=service.spec())
    assert [one.status for one in done] == ["there", "saved", "saved"]
    assert service.asked == codes
    assert names(tmp_path) == [LOG, *(f"{code}.html" for code in codes)]


def test_a_client_given_stays_open(service: Service, tmp_path: Path) -> None:
    with httpx.Client(follow_redirects=True) as client:
        service.answers["S20405"] = [says(status=302, Location="http://www.example.org/")]
        (one,) = fetch("S20405", tmp_path, services=service.spec(), client=client)
        assert not client.is_closed
    # The client's own ways do not lead it elsewhere.
    assert one.reason == "elsewhere"


@pytest.mark.parametrize(
    ("codes", "options", "said"),
    [
        (["S2040"], {}, "a letter and five digits"),
        (["../S20405"], {}, "a letter and five digits"),
        (["S20405&x=1"], {}, "a letter and five digits"),
        (["S20405", "S30001"], {}, "S30001 does not tell its service"),
        (["S20405"], {"service": "eura1999"}, "There is no service 'eura1999'"),
        ([], {}, "at least one project code"),
    ],
)
def test_wrong_use_asks_for_nothing(
    service: Service, tmp_path: Path, codes: list[str], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        fetch(codes, tmp_path / "to", services=service.spec(), **options)
    assert str(raised.value).count("\n") == 0
    assert service.asked == []
    assert not (tmp_path / "to").exists()


def test_a_service_may_be_named(service: Service, tmp_path: Path) -> None:
    (one,) = fetch("S30001", tmp_path, services=service.spec(), service="test")
    assert one.status == "saved"


def test_a_folder_that_cannot_be_written(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="Cannot write the folder"):
        fetch("S20405", tmp_path / "file", services=service.spec())
    assert service.asked == []


# ---- lists of codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_codes_come_from_the_first_column(tmp_path: Path, encoding: str) -> None:
    rows = [
        "Koodi;Hankkeen nimi",
        "S20405;Päivä… S99999",
        '"A73560";x',
        "s12577",
        "",
        "S20405,twice",
        ";S20999",
        "S2040512;no code",
        "S20562\tx",
        "Yhteensä 4",
    ]
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(rows).encode(encoding))
    assert codes_in(path) == (["S20405", "A73560", "S12577", "S20562"], 4)


@pytest.mark.parametrize(
    "text",
    [
        "S20405, S12577; S20562\n",
        "S20405 s12577\tS20562",
        '["S20405", "S12577", "S20562"]',
        "\ufeffS20405\r\nS12577,S20562,\r\n",
    ],
)
def test_all_codes_of_a_line_of_nothing_else_are_taken(tmp_path: Path, text: str) -> None:
    """The first alone had been fetched, without a word of the others."""
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    assert codes_in(path) == (["S20405", "S12577", "S20562"], 0)


def test_codes_stand_first_in_a_workbook_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Koodi"], ["S20405", "Hanke S99999"], ["S12577"], []):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert codes_in(tmp_path / "list.xlsx") == (["S20405", "S12577"], 1)


def test_a_list_without_codes_or_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Koodi\n", encoding="utf-8")
    with pytest.raises(SourceError, match="begins with a project code"):
        codes_in(path)
    with pytest.raises(SourceError, match="Cannot read the list"):
        codes_in(tmp_path / "nowhere.txt")


# ---- the shelf


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("S20405", "eura2014"),
        ("S22569", "eura2014"),
        ("A73560", "eura2014"),
        ("S12577", "eura2007"),
        ("S10194", "eura2007"),
        ("A30001", "eura2007"),
    ],
)
def test_a_code_tells_its_service(code: str, name: str) -> None:
    assert saving._service(code, load.services(), None) == name


def test_services_on_the_shelf_hold_together() -> None:
    shelf = Path(load.__file__).parent
    sources = yaml.safe_load((shelf / "sources.yml").read_text(encoding="utf-8"))
    assert set(load.services()) == set(load.form_names())
    keys = {frozenset(spec) for spec in load.services().values()}
    assert len(keys) == 1
    for form, spec in load.services().items():
        parts = urlsplit(spec["address"])
        assert (parts.scheme, parts.netloc) == ("https", spec["host"])
        assert spec["address"].count("{code}") == 1
        assert spec["pause"] >= 2
        assert spec["reason"].strip()
        assert set(spec["source"].split("|")) <= set(sources)
        # The label of the code is the one that reading the form goes by.
        written = (shelf / "forms" / f"{form}.yml").read_text(encoding="utf-8")
        (entry,) = [line for line in written.splitlines() if "{projects.project_code:code}" in line]
        said = yaml.safe_load(entry)[0]
        wanted = [text for lang in load.LANGUAGES for text in _texts(said.get(lang))]
        assert spec["labels"] == wanted


def _texts(said: str | list[str] | None) -> list[str]:
    return [said] if isinstance(said, str) else said or []


def test_every_reason_has_its_sentence() -> None:
    files = (saving.__file__, visitor.__file__)
    code = "".join(Path(file).read_text(encoding="utf-8") for file in files)
    reasons = load.words()["cli"]["fetch_reason"]
    assert [reason for reason in reasons if f'"{reason}"' not in code] == []
    assert set(reasons) >= visitor.AGAIN
    assert {visitor._reason(status) for status in range(200, 600)} <= {None, "redirect", *reasons}


# ---- the command


@pytest.fixture
def run(service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    services = service.spec()
    monkeypatch.setattr(load, "services", lambda: services)
    return lambda *args: CliRunner().invoke(main, ["fetch", *map(str, args)])


def test_command_saves_and_exits_0(run: Callable[..., Any], tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Koodi,Nimi\nS20407,x\nS20405,y\n", encoding="utf-8")
    to = tmp_path / "raw"
    result = run("S20405", "--from-list", listed, "--to", to, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert f"Saved in the folder {to}: 2; already there: 0;" in result.stdout
    assert "do not begin with a project code (including the heading): 1." in result.stdout
    assert result.stderr == ""
    assert run("S20405", "--to", to).exit_code == 0


@pytest.mark.parametrize("lang", load.LANGUAGES)
def test_command_exits_1_when_some_failed(
    run: Callable[..., Any], service: Service, tmp_path: Path, lang: str
) -> None:
    service.answers["S20405"] = [says(page("S20405"), 404)]
    result = run("S20405", "S20406", "--to", tmp_path, "--lang", lang)
    assert result.exit_code == 1
    assert result.stderr == f"S20405: {word('cli.fetch_reason.not_found', lang)}\n"
    # Nothing of a page is shown.
    assert "Testi" not in result.output


def test_command_wrong_use_exits_2(run: Callable[..., Any], tmp_path: Path) -> None:
    for args in (["--to", tmp_path], ["S2", "--to", tmp_path], ["S30001", "--to", tmp_path]):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
    assert run("S20405").exit_code == 2


def test_the_guard_against_other_hosts_can_fail(only_loopback: list[object]) -> None:
    with pytest.raises(AssertionError, match="was asked for"):
        httpx.get("https://www.eura2014.fi/")
    assert only_loopback == ["www.eura2014.fi"]
