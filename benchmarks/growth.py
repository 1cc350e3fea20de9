"""How the time to read a file grows with its size, where the file repeats what is hard to read.

    python benchmarks/growth.py [SIZE] [WORD OF A CASE]

Every case is read at a size, at twice and at four times that size; the processor's time for each
is printed with the greater of the two factors. Linear is 2, quadratic is 4; what stays under some
hundredths of a second in all is left out of the judgement. Exit code 1 where a factor is 2.5 or
more.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from pages import eura2014_page

from esrdata.reading.claims.find import find_claims
from esrdata.reading.dispatch import read_files

PAGE = eura2014_page()
UNITS = (
    "1 ", "1.1 ", "1,1 ", "1. ", "1.1.2015 ", "2015-", "1-", "noin 20 ", "yli ", "9", "0", "1.000.",
    " ", "\t", "\n", " \n", "a ", "a. ", "A", "Aa ", "Oy ", "a-", "a@", "a.", "+358 ", "(", "[", "**",
    "kaksi", "kaksi ", "tuhat ", "miljoona ", "euroa ", "1 € ", "% ", "/", "=", "=E4", "&", "&#", "Ã",
    "\u00a0", "\u00ad", "\u0301", "e\u0301", "\U0001f600", "\ufeff", "- ", "• a\n", "> ", "| ", "Hanke ",
    "Hankekoodi: ", "S20001 ", "1 Hanke\n", "Tiivistelmä\n", "http://a ", "www.", "ja ", "vuonna ", "\"",
    "tammi-", "1/", "noin ", "20 henkilöä ", "puolet ", "_",
)  # fmt: skip
TAGS = (
    "<!-- >", "<!--", "<textarea>", "<title>", "<iframe>", "<script ", "<script>", "<style>", "<a href='",
    "<p>", "<p>a", "<div>", "<b>", "<table><tr><td>", "<table><tr><td>a", "<h2>a<table><tr><td>",
    "<h1>a</h1><table><tr><th>a", "<tr>", "<td>a", "<ul><li>a", "<dl><dt>a<dd>b", "<br>", "<span>a</span> ",
    "<nav>a", "<section>", "&nbsp;", "&amp;", "&#8203;", "<", "<a ", "</p>", "<p a='", "<sup>1", "<meta ",
    " ", "\t", "\n", "a ", "1 ", "<li>1 ", "<pre>\n", "<main>", "<![CDATA[", "<svg>", "</", "<p class=",
    "<nav>a</nav>", "<div class='menu'>a", "<h1>a</h1><nav>b</nav>", "<footer>1 €", "<div></ul>",
)  # fmt: skip


def filled(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def numbered(line: str, size: int) -> str:
    """Lines of which none is as another."""
    return "".join(line.format(n, n) for n in range(size // len(line)))


def in_prose(text: str) -> str:
    head, title, rest = PAGE.partition("\nTiivistelmä")
    return f"{head}{title}\n\n{text}\n{rest}" if title else f"{PAGE}\n{text}"


def html(text: str) -> str:
    return f"<!DOCTYPE html><html><body>{text}</body></html>"


def description_html(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in in_prose("@@").split("\n"))
    return html(lines.replace("@@", text))


def mht(text: str) -> str:
    return f"MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body>{text}</body></html>"


_PARTS = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"


def xml(size: int) -> str:
    columns = max(size // 100, 1)
    row = "".join(f"<c{n}>1</c{n}>" for n in range(columns))
    return f"<lista><r>{row}</r><r>{row}</r></lista>"


def cases() -> Iterator[tuple[str, Callable[[int], str]]]:
    for unit in UNITS:
        yield f"prose {unit!r}.txt", lambda n, u=unit: in_prose(filled(u, n))
        yield f"text {unit!r}.txt", lambda n, u=unit: filled(u, n)
    for unit in TAGS:
        yield f"page {unit!r}.html", lambda n, u=unit: html(filled(u, n))
        yield f"form {unit!r}.html", lambda n, u=unit: description_html(filled(u, n))
        yield f"archive {unit!r}.mht", lambda n, u=unit: mht(filled(u, n))
    for unit in ("1 ", "9", "a ", " ", "\t", "1.1 "):
        yield f"page text {unit!r}.html", lambda n, u=unit: html(f"<p>{filled(u, n)}</p>")
    for line in (
        "Hanke {}\nSiinä tehdään työtä {}.\n",
        "## Silta {}\n",
        "Kesto 1.1.2015–{}.12.2016\n",
        # A paragraph that is wrapped without an end.
        "Kuljetaan kylästä toiseen ja takaisin yhdessä niin kauan, ja {}\n",
    ):
        yield f"lines {line!r}.txt", lambda n, u=line: numbered(u, n)
        yield (
            f"lines {line!r}.html",
            lambda n, u=line: html(
                "".join(f"<h2>{line}</h2><p>{line}</p>" for line in numbered(u, n).splitlines())
            ),
        )
    yield "columns.xml", xml
    yield "elements.xml", lambda n: "<lista>" + filled("<r><c>1</c>", n)
    yield "rows.xml", lambda n: "<lista>" + filled("<r><c>1</c></r>", n) + "</lista>"
    yield "comments.xml", lambda n: "<lista><r><c>1</c></r>" + filled("<!-- ", n)
    yield "objects.json", lambda n: "[" + ",".join(['{"a": 1}'] * (n // 9)) + "]"
    yield "deep.json", lambda n: '[{"a": ' * (n // 100) + "1" + "}]" * (n // 100)
    yield "quotes.csv", lambda n: "a;b;c;d;e;f\n" + filled('"a;', n)
    yield "rows.csv", lambda n: "a;b;c;d;e;f\n" + filled("1;2;3;4;5;6\n", n)
    for unit in (" ", ",", "1,", "a, ", "\t", "1 ", '"', "a"):
        yield f"end of a row {unit!r}.csv", lambda n, u=unit: rows(end=f"{filled(u, n)}x")
        yield f"name {unit!r}.csv", lambda n, u=unit: rows(name=f"a{filled(u, n)}x")
        yield f"texts {unit!r}.csv", lambda n, u=unit: rows("x", *[f"a{filled(u, n // 2)}x"] * 2)
    yield "parts.eml", lambda n: _PARTS + filled("--b\nContent-Type: text/plain\n\na\n", n)
    yield "boundaries.eml", lambda n: _PARTS + filled("--b\n", n)
    yield "folded.eml", lambda n: "Subject: a\n" + filled(" b\n", n) + "\nHei."
    yield "words.eml", lambda n: "Subject: " + filled("=?utf-8?q?a?= ", n) + "\n\nHei."
    for unit in ("# ", "*a", "[a](", "|a|b|\n|-|-|\n", "`", "> ", "a\n=\n"):
        yield f"text {unit!r}.md", lambda n, u=unit: filled(u, n)
    yield "groups.rtf", lambda n: "{\\rtf1 " + filled("{\\b a}", n) + "}"
    yield "open.rtf", lambda n: "{\\rtf1 " + filled("{\\b ", n)
    yield "words.rtf", lambda n: "{\\rtf1 " + filled("\\cell ", n)


_HEADING = (
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan tila,Aloituspvm,"
    "Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion "
    "rahoitus,Suunniteltu julkinen rahoitus yhteensä,Toteutunut julkinen rahoitus yhteensä"
)
_ROW = (
    "S10001,ESR,{},Etelä-Suomen suuralueosio,1,Testikeskus,Toiminta päättynyt,1.4.2008,31.12.2010,"
    "{},1,2,3,4"
)


def rows(end: str = "", name: str = "Hanke", applicant: str = "Testi ry") -> str:
    """A list of one row, with something behind it or in its texts."""
    return f"{_HEADING}\n{_ROW.format(name, applicant)}{end}\n"


def seconds(path: Path, text: str) -> float:
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    for read in read_files(str(path), contacts=False):
        for record in read.records:
            for name, value in record.values.items():
                if name.startswith("narratives.") and isinstance(value.content, str):
                    for _ in find_claims(value.content):
                        pass
    return time.process_time() - start


def main(size: int, word: str) -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        seconds(Path(place) / "warm.txt", PAGE)
        seconds(Path(place) / "warm.html", description_html("a"))
        print(
            "| case | size | s | twice | four times | factor |\n| --- | --- | --- | --- | --- | --- |"
        )
        for name, text in cases():
            if word not in name:
                continue
            path = Path(place) / f"a.{name.rpartition('.')[2]}"
            times = [seconds(path, text(size))]
            for times_ in (2, 4):
                # A slow case is not made slower still.
                if times[-1] < 20:
                    times.append(seconds(path, text(times_ * size)))
            factor = times[-1] / times[-2] if times[-1] > 0.08 else 0.0
            for _ in range(4):
                # What else the machine does makes one of a pair longer; the best pair counts.
                if factor >= 2.5:
                    twice = seconds(path, text(2 ** (len(times) - 2) * size))
                    again = seconds(path, text(2 ** (len(times) - 1) * size)) / twice
                    factor = min(factor, again)
            bad += factor >= 2.5
            cells = " | ".join(f"{t:.3f}" for t in times)
            if factor >= 2.5 or len(sys.argv) < 4:
                print(f"| {name} | {size} | {cells} | {factor:.1f} |", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 4000, given[1] if len(given) > 1 else ""))
