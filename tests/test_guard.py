"""One bad file, record or process is one finding; the rest of the batch is whole."""

import io
import os
import signal
import sys
import textwrap
import threading
import zipfile
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import attacks
import pytest
from click.testing import CliRunner
from pages import eura2014_page
from test_lists import NEW

import esrdata
from esrdata import Limits, Portfolio, UsageError
from esrdata.cli import main
from esrdata.guard import Failure, attempt, trace
from esrdata.limits import names
from esrdata.reading import batch, dispatch, worker
from esrdata.reading.batch import _answers
from esrdata.reading.form import description
from esrdata.reading.lists.record import RecordReader
from esrdata.tables import build

GOOD, BAD = "S20001", "S20006"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two good descriptions."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(eura2014_page(), encoding="utf-8")
    (source / "c.txt").write_text(eura2014_page().replace(GOOD, "S20407"), encoding="utf-8")
    return source


def findings(portfolio: Portfolio) -> list[tuple[str, str, str]]:
    """File, code and raw of the errors about what could not be read."""
    mine = {"reading_failed", "reader_ended", "limit_reached", "file_not_regular"}
    rows = portfolio.issues[portfolio.issues["code"].isin(mine)]
    return [(Path(row.file).name, row.code, row.raw) for row in rows.itertuples()]


def codes(portfolio: Portfolio) -> list[str]:
    return sorted(portfolio.projects["project_code"])


# ---- what is raised


def failing(kind: type[BaseException], where: str) -> Callable[..., object]:
    def fail(*args: object, **kwargs: object) -> object:
        raise kind(f"secret {where}")

    return fail


@pytest.mark.parametrize(
    "kind", [ValueError, RecursionError, MemoryError, AssertionError, KeyError]
)
def test_whatever_a_reader_raises_costs_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    (folder / "b.txt").write_text("Matti Meikäläinen, 2 §", encoding="utf-8")
    monkeypatch.setattr(dispatch, "known_document", failing(kind, "Matti"))
    portfolio = esrdata.read(folder)
    ((file, code, raw),) = findings(portfolio)
    assert (file, code) == ("b.txt", "reading_failed")
    assert raw.startswith(kind.__name__)
    assert "secret" not in raw
    assert str(Path.home()) not in raw
    assert codes(portfolio) == [GOOD, "S20407"]
    log = portfolio.failures
    assert raw in log
    assert "b.txt" not in log
    assert "Matti" not in log
    rows = portfolio.files.set_index("file")
    row = next(rows.loc[name] for name in rows.index if name.endswith("b.txt"))
    assert row["status"] == "unreadable"
    assert row["sha256"] in log


def test_the_log_is_saved_and_names_the_hash(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.txt").write_bytes(b"abc")
    monkeypatch.setattr(dispatch, "known_document", failing(ValueError, ""))
    portfolio = esrdata.read(folder)
    portfolio.save(tmp_path / "out")
    log = (tmp_path / "out" / "failures.log").read_text(encoding="utf-8")
    # The well-known hash of "abc".
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in log
    assert log == portfolio.failures == esrdata.load(tmp_path / "out").failures
    assert str(tmp_path) not in log


def test_a_batch_without_failures_has_no_log(folder: Path, tmp_path: Path) -> None:
    portfolio = esrdata.read(folder)
    portfolio.save(tmp_path / "out")
    assert portfolio.failures == ""
    assert not (tmp_path / "out" / "failures.log").exists()


def test_a_description_that_fails_leaves_the_others_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = description._read_top
    page = eura2014_page()
    (tmp_path / "a.txt").write_text(f"{page}\n{page.replace(GOOD, BAD)}\n", encoding="utf-8")

    def second_fails(draft: object, start: object, begin: int, top: int) -> None:
        if begin:
            raise RecursionError
        real(draft, start, begin, top)  # type: ignore[arg-type]

    monkeypatch.setattr(description, "_read_top", second_fails)
    portfolio = esrdata.read(tmp_path)
    assert codes(portfolio) == [GOOD]
    ((file, code, _),) = findings(portfolio)
    assert (file, code) == ("a.txt", "reading_failed")
    assert list(portfolio.files["status"]) == ["read"]
    # Nobody knows where in the failed part persons are named: all of it is withheld.
    withheld = portfolio.passages[portfolio.passages["kind"] == "withheld"]
    assert withheld["end"].max() == len(f"{page}\n{page}\n".rstrip("\n"))


ROW = "S1000{n},ESR,Uusi alku,2,ELY-keskus,Toiminta päättynyt,1.2.2008,31.12.2010,Kotka,1,2,3,4\n"
LIST = f"{NEW}\n" + "".join(ROW.format(n=n) for n in (1, 2, 3))


def test_a_row_of_a_list_that_fails_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(LIST, encoding="utf-8")
    real = RecordReader.record

    def second_fails(self: RecordReader, row: object) -> object:
        if "S10002" in str(real(self, row)):  # type: ignore[arg-type]
            raise ZeroDivisionError
        return real(self, row)  # type: ignore[arg-type]

    monkeypatch.setattr(RecordReader, "record", second_fails)
    portfolio = esrdata.read(tmp_path)
    assert codes(portfolio) == ["S10001", "S10003"]
    issue = portfolio.issues[portfolio.issues["code"] == "reading_failed"].iloc[0]
    assert issue["line"] == 3


def test_a_record_that_the_tables_cannot_hold_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(eura2014_page(), encoding="utf-8")
    real = build.merged

    def second_fails(records: list[object]) -> object:
        if records[0].code == "S10002":  # type: ignore[attr-defined]
            raise OverflowError
        return real(records)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "merged", second_fails)
    portfolio = esrdata.read(tmp_path)
    assert codes(portfolio) == ["S10001", "S10003", GOOD]
    ((file, code, raw),) = findings(portfolio)
    assert (file, code) == ("a.csv", "reading_failed")
    assert raw.startswith("OverflowError")


def test_a_mistake_of_the_user_is_no_finding() -> None:
    with pytest.raises(UsageError):
        attempt(lambda: Limits(pages=0))


def test_a_mistake_of_the_user_is_raised_where_another_process_finds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UsageError("not so")

    monkeypatch.setattr(worker, "read_files", refuse)
    answers = [worker._read("a.txt", contacts=False)]
    monkeypatch.setattr(batch, "_answers", lambda *_: iter(answers))
    with pytest.raises(UsageError, match="not so"):
        list(batch.read_batch(["a.txt", "b.txt"], contacts=False, workers=2))


def test_a_trace_names_places_without_folders_and_texts() -> None:
    def deep(n: int) -> int:
        return 1 // n if n == 0 else deep(n - 1)

    try:
        deep(20)
    except ZeroDivisionError as error:
        text = trace(error)
    assert text.startswith("ZeroDivisionError < test_guard.py:")
    assert "×" in text
    assert "/" not in text.split(" < ")[0]
    assert str(Path(__file__).parent) not in text


# ---- processes


def ended_by(how: str) -> str:
    """Code for `sitecustomize` that ends a process when it reads a file with the word DEATH."""
    return textwrap.dedent(
        f"""
        import os, signal, time
        if "ESRDATA_TEST" in os.environ:
            import esrdata.reading.dispatch as dispatch
            real = dispatch._read_opened
            def read(document, contacts):
                if "DEATH" in getattr(document, "text", ""):
                    {how}
                return real(document, contacts)
            dispatch._read_opened = read
        """
    )


@pytest.fixture
def deadly(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def make(how: str) -> Path:
        place = tmp_path / "site"
        place.mkdir()
        (place / "sitecustomize.py").write_text(ended_by(how), encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(place), *sys.path]))
        monkeypatch.setenv("ESRDATA_TEST", "1")
        (folder / "b.txt").write_text("DEATH", encoding="utf-8")
        return folder

    return make


POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    ("how", "raw", "held"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL", {"workers": 2}),
        ("os._exit(3)", "exit 3", {"workers": 2}),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV", {"isolate": True}),
    ],
)
def test_a_process_that_dies_costs_one_file(
    deadly: Callable[[str], Path], how: str, raw: str, held: dict[str, object]
) -> None:
    portfolio = esrdata.read(deadly(how), **held)  # type: ignore[arg-type]
    assert findings(portfolio) == [("b.txt", "reader_ended", raw)]
    assert codes(portfolio) == [GOOD, "S20407"]
    assert portfolio.files["sha256"].notna().all()


@pytest.mark.slow
@POSIX
def test_what_a_process_had_at_hand_when_it_died_is_read_all_the_same(
    deadly: Callable[[str], Path],
) -> None:
    source = deadly("os.kill(os.getpid(), signal.SIGKILL)")
    (source / "b7.txt").write_text("DEATH", encoding="utf-8")
    for n in range(16):
        page = eura2014_page().replace(GOOD, f"S3{n:04}")
        (source / f"b{n:02}.txt").write_text(page, encoding="utf-8")
    portfolio = esrdata.read(source, workers=2)
    dead = [(name, "reader_ended", "SIGKILL") for name in ("b.txt", "b7.txt")]
    assert findings(portfolio) == dead
    assert len(codes(portfolio)) == 18
    names = [Path(name).name for name in portfolio.files["file"]]
    assert names == sorted(path.name for path in source.iterdir())


@pytest.mark.slow
def test_a_process_that_takes_too_long_is_ended(deadly: Callable[[str], Path]) -> None:
    source = deadly("time.sleep(60)")
    portfolio = esrdata.read(source, isolate=True, limits=Limits(seconds=6))
    assert findings(portfolio) == [("b.txt", "limit_reached", "seconds = 6")]
    assert codes(portfolio) == [GOOD, "S20407"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold memory otherwise")
def test_a_process_that_takes_too_much_memory_is_held(deadly: Callable[[str], Path]) -> None:
    source = deadly("bytearray(2**30)")
    portfolio = esrdata.read(source, isolate=True, limits=Limits(memory=2**29))
    assert findings(portfolio) == [("b.txt", "limit_reached", f"memory = {2**29}")]
    assert codes(portfolio) == [GOOD, "S20407"]


def test_a_process_of_its_own_reads_the_same(folder: Path) -> None:
    assert esrdata.read(folder, isolate=True) == esrdata.read(folder)


class Played:
    """A child that waits for another to be at work too; files are asked for two at a time."""

    due, seconds = None, 10.0

    def __init__(self, pair: threading.Barrier) -> None:
        self.pair, self.asked, self.most, self.ended = pair, list[str](), 0, False

    def ask(self, path: str) -> None:
        self.asked.append(path)
        self.most = max(self.most, len(self.asked))

    def answer(self) -> bytes:
        self.pair.wait(10)
        return self.asked.pop(0).encode()

    def end(self) -> None:
        self.ended = True

    def close(self) -> None:
        self.asked = []


def test_files_are_read_side_by_side_and_given_in_their_order() -> None:
    pair = threading.Barrier(2)
    children: list[Any] = [Played(pair), Played(pair)]
    assert list(_answers(children, "abcdefgh")) == [letter.encode() for letter in "abcdefgh"]
    # The next one is at hand while a file is read.
    assert [child.most for child in children] == [2, 2]
    assert all(child.ended for child in children)


def test_of_few_files_none_waits_for_a_process_while_another_has_nothing_to_do() -> None:
    pair = threading.Barrier(2)
    children: list[Any] = [Played(pair), Played(pair)]
    # Neither would begin before the other does.
    assert list(_answers(children, "ab")) == [b"a", b"b"]
    assert [child.most for child in children] == [1, 1]


def test_what_a_thread_fails_at_is_raised() -> None:
    class Failing(Played):
        def ask(self, path: str) -> None:
            raise OSError(path)

    with pytest.raises(OSError, match="a"):
        list(_answers([Failing(threading.Barrier(1))], "ab"))  # type: ignore[list-item]


# ---- limits


def test_limits_are_frozen_and_above_zero() -> None:
    with pytest.raises(FrozenInstanceError):
        Limits().pages = 3  # type: ignore[misc]
    for name in names():
        with pytest.raises(UsageError, match=name):
            Limits(**{name: 0})
        # Python 3.13 takes the indentation off.
        assert name in [line.strip() for line in (Limits.__doc__ or "").splitlines()]


def test_a_file_beyond_a_limit_is_a_finding_that_names_it(folder: Path) -> None:
    (folder / "b.txt").write_text(eura2014_page() + "x" * 100_000, encoding="utf-8")
    for limit in ({"file_size": 50_000}, {"characters": 50_000}):
        ((name, value),) = limit.items()
        portfolio = esrdata.read(folder, limits=Limits(**limit))  # type: ignore[arg-type]
        assert findings(portfolio) == [("b.txt", "limit_reached", f"{name} = {value}")]
        assert codes(portfolio) == [GOOD, "S20407"]


def test_limits_are_given_on_the_command_line(folder: Path) -> None:
    run = CliRunner()
    done = run.invoke(main, ["check", str(folder), "--limit", "characters=10", "--lang", "en"])
    assert done.exit_code == 2
    assert "could not be read" in done.output
    one = str(folder / "a.txt")
    done = run.invoke(main, ["check", one, "--limit", "characters=10", "--isolate", "--lang", "en"])
    assert done.exit_code == 1
    assert "characters = 10" in done.output
    done = run.invoke(main, ["check", one, "--limit", "papers=10"])
    assert done.exit_code == 2
    assert "papers" in done.output
    assert "lähin on ”pages”" in done.output


# ---- what is no regular file


@POSIX
def test_only_regular_files_are_opened(folder: Path) -> None:
    os.mkfifo(folder / "fifo.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "round").symlink_to(folder)
    (folder / "x.pdf").mkdir()
    for held in ({}, {"workers": 2}):
        portfolio = esrdata.read(folder, **held)  # type: ignore[arg-type]
        assert findings(portfolio) == [
            ("fifo.txt", "file_not_regular", "FIFO"),
            ("round", "file_not_regular", "link to a folder"),
            ("zero.txt", "file_not_regular", "device"),
        ]
        others = portfolio.issues[portfolio.issues["code"] == "file_unreadable"]
        assert [Path(file).name for file in others["file"]] == ["gone.txt", "loop.txt"]
        assert codes(portfolio) == [GOOD, "S20407"]


@POSIX
@pytest.mark.parametrize("kind", ["fifo", "device", "loop"])
def test_what_is_no_file_is_a_finding_when_named(tmp_path: Path, kind: str) -> None:
    place = tmp_path / kind
    if kind == "fifo":
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/zero" if kind == "device" else place)
    portfolio = esrdata.read(place)
    assert list(portfolio.files["status"]) == ["unreadable"]


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are Unicode")
def test_a_name_that_is_no_unicode_is_shown_and_leads_back(folder: Path) -> None:
    name = os.fsencode(str(folder)) + b"/ty\xf6 \\ 1.txt"
    Path(os.fsdecode(name)).write_text(eura2014_page().replace(GOOD, BAD), encoding="utf-8")
    for held in ({}, {"workers": 2}):
        portfolio = esrdata.read(folder, **held)  # type: ignore[arg-type]
        assert codes(portfolio) == [GOOD, BAD, "S20407"]
        (file,) = (str(f) for f in portfolio.files["file"] if "ty" in Path(str(f)).name)
        assert file.endswith(r"/ty\xf6 \\ 1.txt")
        file.encode("utf-8")
        shown = portfolio.explain(BAD, "projects.name")
        assert len(shown.context) > 1
        # Given back as it is shown, the name leads to the file.
        assert codes(esrdata.read(file)) == [BAD]


def test_a_file_that_goes_between_listing_and_reading(folder: Path) -> None:
    def gone(done: int, total: int, path: str) -> None:
        (folder / "c.txt").unlink(missing_ok=True)

    portfolio = esrdata.read(folder, progress=gone)
    assert codes(portfolio) == [GOOD]
    assert "file_unreadable" in set(portfolio.issues["code"])


def test_signals_have_names() -> None:
    assert signal.SIGKILL.name == "SIGKILL" if os.name == "posix" else True
    assert isinstance(attempt(lambda: 1 / 0), Failure)


# ---- each limit by name


def breaking() -> dict[str, tuple[str, bytes, dict[str, float]]]:
    """For each limit a file that is beyond it, and a value that the good files are within."""
    page = eura2014_page(code="S20409")
    nested = MIMEText(page)
    for _ in range(6):
        outer = MIMEMultipart()
        outer.attach(nested)
        nested = outer
    text = "x" * (17 * 2**20)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", page + text)
    cell = '<c t="inlineStr"><is><t>' + "a b " * 2000 + "</t></is></c>"
    sheet = ("<row>" + cell * 10 + "</row>") * 220
    return {
        "file_size": ("b.txt", page.encode() + b"x" * 100_000, {"file_size": 50_000}),
        "characters": ("b.txt", page.encode() + b"x" * 100_000, {"characters": 50_000}),
        "pages": ("b.pdf", attacks.pdf(4, b"BT /F1 9 Tf (a) Tj ET"), {"pages": 3}),
        "nesting": ("b.eml", nested.as_bytes(), {"nesting": 5}),
        "archive_ratio": ("b.zip", held.getvalue(), {"archive_ratio": 100}),
        "text_ratio": ("b.xlsx", attacks.xlsx(sheet), {"archive_ratio": 10**6, "text_ratio": 10}),
    }


@pytest.mark.parametrize("name", sorted(set(names()) - {"seconds", "memory"}))
def test_each_limit_is_a_finding_that_names_it_and_costs_one_file(folder: Path, name: str) -> None:
    file, data, given = breaking()[name]
    (folder / file).write_bytes(data)
    portfolio = esrdata.read(folder, limits=Limits(**given))  # type: ignore[arg-type]
    found = portfolio.issues[portfolio.issues["code"] == "limit_reached"]
    assert [str(raw).partition(" = ")[0] for raw in found["raw"]] == [name]
    assert list(found["raw"]) == [f"{name} = {given[name]}"]
    # Of a zip folder it is the file in it.
    assert f"/{file}" in str(found["file"].iloc[0])
    assert codes(portfolio) == [GOOD, "S20407"]
