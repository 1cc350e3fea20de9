"""How much memory small files take that were packed or repeated to fill it.

    python benchmarks/memory.py [MEGABYTES] [WORD OF A CASE]

Every case is a file of so many megabytes (0.9 unless said otherwise), filled up with noise where
it packs to less, since the bounds of packed files go by their size. Each is read in a process of
its own, which says how much memory it took at most beyond what it has when a page of ours is read,
in how much time of the processor, and what became of the file. Linux keeps that peak of each
process (`ru_maxrss` begins with what the parent took). Exit code 1 where a file takes more than
`MOST` megabytes of memory and a hundred and fifty times its size.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import attacks

#: Megabytes of memory that any file may take, and so many times its size.
MOST, TIMES = 400, 150
MEGABYTE = 2**20
_NOTHING = "<row/>"


def repeated(unit: str, unpacked: int) -> str:
    return unit * (unpacked // len(unit))


def many_sheets(rows: str, sheets: int) -> bytes:
    """A workbook with the same sheet many times."""
    import io

    with zipfile.ZipFile(io.BytesIO(attacks.xlsx(rows, "<si><t>a</t></si>"))) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    sheet, links, book = (
        parts.pop("xl/worksheets/sheet1.xml"),
        parts["xl/_rels/workbook.xml.rels"],
        parts["xl/workbook.xml"],
    )
    kinds = parts["[Content_Types].xml"]
    for n in range(1, sheets + 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet
    one = links[links.index("<Relationship Id") : links.index('<Relationship Id="rId2"')]
    more = "".join(
        one.replace("rId1", f"r{n}").replace("sheet1", f"sheet{n}") for n in range(2, sheets + 1)
    )
    parts["xl/_rels/workbook.xml.rels"] = links.replace(one, one + more)
    named = book[book.index("<sheet ") : book.index("</sheets>")]
    more = "".join(
        named.replace("rId1", f"r{n}")
        .replace('"a"', f'"a{n}"')
        .replace('sheetId="1"', f'sheetId="{n}"')
        for n in range(2, sheets + 1)
    )
    parts["xl/workbook.xml"] = book.replace(named, named + more)
    kind = kinds[
        kinds.index('<Override PartName="/xl/worksheets') : kinds.index(
            '<Override PartName="/xl/shared'
        )
    ]
    parts["[Content_Types].xml"] = kinds.replace(
        kind, "".join(kind.replace("sheet1", f"sheet{n}") for n in range(1, sheets + 1))
    )
    return attacks.zipped(dict(parts))


def styled(styles: str) -> bytes:
    """A workbook with styles."""
    import io

    held = io.BytesIO(attacks.xlsx("<row><c><v>1</v></c></row>"))
    with zipfile.ZipFile(held) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    main = f"{attacks.OOXML}/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/styles.xml" ContentType="{kind}"/></Types>'
    )
    relation = f"{attacks.OOXML}/officeDocument/2006/relationships/styles"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rs" Type="{relation}" Target="styles.xml"/></Relationships>',
    )
    return attacks.zipped(dict(parts))


def cases(size: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Names of files, and what makes them; packed ones unpack to what the bounds allow."""
    most = int(0.95 * 200 * size)
    row = "<row><c><v>1</v></c></row>"
    yield "rows.xlsx", lambda: many_sheets(repeated(row, 26 * 10**6), max(1, most // (26 * 10**6)))
    yield (
        "empty rows.xlsx",
        lambda: many_sheets(repeated(_NOTHING, 6 * 10**6) + row, max(1, most // (6 * 10**6))),
    )
    yield (
        "cells.xlsx",
        lambda: attacks.xlsx(repeated(f"<row>{'<c><v>1</v></c>' * 1000}</row>", most)),
    )
    yield (
        "wide.xlsx",
        lambda: attacks.xlsx(
            repeated('<row><c r="XFD1"><v>1</v></c></row>', min(most, 30 * 10**6))
        ),
    )
    yield "shared strings.xlsx", lambda: attacks.xlsx(row, repeated("<si><t>a</t></si>", most))
    yield "empty strings.xlsx", lambda: attacks.xlsx(row, repeated("<si/>", most))
    yield (
        "one string.xlsx",
        lambda: attacks.xlsx(
            repeated('<row><c t="s"><v>0</v></c></row>', most // 2),
            f"<si><t>{'a' * 30000}</t></si>",
        ),
    )
    yield (
        "runs of a string.xlsx",
        lambda: attacks.xlsx(row, f"<si>{repeated('<r><t>a</t></r>', most)}</si>"),
    )
    yield "formulas.xlsx", lambda: attacks.xlsx(repeated('<row><c r="A1"><f>A</f></c></row>', most))
    yield "formats.xlsx", lambda: styled(f"<cellXfs>{repeated('<xf/>', most)}</cellXfs>")
    yield (
        "number formats.xlsx",
        lambda: styled(
            "<numFmts>" + repeated("<numFmt numFmtId='200' formatCode='a'/>", most) + "</numFmts>"
        ),
    )
    table = '<table:table table:name="{}">{}</table:table>'
    yield (
        "repeated rows.ods",
        lambda: attacks.odf(
            "spreadsheet",
            "".join(
                table.format(
                    n,
                    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell>'
                    "<text:p>a</text:p></table:table-cell></table:table-row>",
                )
                for n in range(40)
            ),
        ),
    )
    yield (
        "repeated cells.ods",
        lambda: attacks.odf(
            "spreadsheet",
            table.format(
                "a",
                '<table:table-row table:number-rows-repeated="100000"><table:table-cell '
                'table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell>'
                "</table:table-row>",
            ),
        ),
    )
    yield (
        "rows.ods",
        lambda: attacks.odf(
            "spreadsheet",
            table.format(
                "a", repeated("<table:table-row><table:table-cell/></table:table-row>", most)
            ),
        ),
    )
    yield (
        "paragraphs.docx",
        lambda: attacks.docx(repeated("<w:p><w:r><w:t>a</w:t></w:r></w:p>", most)),
    )
    yield "empty paragraphs.docx", lambda: attacks.docx(repeated("<w:p/>", most))
    yield (
        "cells.docx",
        lambda: attacks.docx(
            f"<w:tbl><w:tr>{repeated('<w:tc><w:p/></w:tc>', most)}</w:tr></w:tbl>"
        ),
    )
    yield (
        "deep.docx",
        lambda: attacks.docx(repeated("<w:p>", most // 4) + repeated("</w:p>", most // 4)),
    )
    yield "paragraphs.odt", lambda: attacks.odf("text", repeated("<text:p>a</text:p>", most))
    yield (
        "rows.odt",
        lambda: attacks.odf(
            "text",
            repeated(
                '<table:table><table:table-row table:number-rows-repeated="1000000">'
                "<table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>",
                size // 4,
            ),
        ),
    )
    yield "files.zip", lambda: attacks.zipped({f"{n}.txt": "a\n" for n in range(size // 130)})
    yield (
        "entities.xml",
        lambda: (
            '<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">'
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
            + "]><a><b>&a8;</b></a>"
        ).encode(),
    )
    yield (
        "one entity.xml",
        lambda: (
            f'<!DOCTYPE a [<!ENTITY b "{"a" * (size // 2)}">]><a>{"<c>&b;</c>" * (size // 20)}</a>'
        ).encode(),
    )
    yield "elements.xml", lambda: f"<a>{repeated('<b/>', size)}</a>".encode()
    yield "rows.xml", lambda: f"<a>{repeated('<b><c>1</c></b>', size)}</a>".encode()
    yield (
        "attributes.xml",
        lambda: ("<a><b " + " ".join(f"a{n}='1'" for n in range(size // 11)) + "/></a>").encode(),
    )
    yield (
        "columns.xml",
        lambda: (
            "<a>" + f"<r>{''.join(f'<c{n}>1</c{n}>' for n in range(size // 60))}</r>" * 2 + "</a>"
        ).encode(),
    )
    yield "lines.txt", lambda: b"a\n" * (size // 2)
    yield "tags.html", lambda: b"<!DOCTYPE html><html><body>" + b"<p>" * (size // 3)
    yield "cells.html", lambda: b"<!DOCTYPE html><html><body><table>" + b"<td>a" * (size // 5)
    yield "cells.csv", lambda: b";" * size
    yield "rows.csv", lambda: b"a;b;c\n" + b"1;2;3\n" * (size // 6)
    yield "objects.json", lambda: b"[" + b'{"a":1},' * (size // 8) + b"{}]"
    yield "lists.json", lambda: b"[" + b"[]," * (size // 3) + b"[]]"
    yield "groups.rtf", lambda: b"{\\rtf1 " + b"{\\b a}" * (size // 6) + b"}"


def filled(data: bytes, name: str, size: int) -> bytes:
    """A packed file with noise in it, so that it is of a size."""
    if not name.endswith(("xlsx", "docx", "ods", "odt")) or len(data) >= size:
        return data
    import io

    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("noise.bin", random.Random(1).randbytes(size - len(data)))
    return held.getvalue()


_READ = """
import sys, time
from pathlib import Path
from esrdata.reading.dispatch import read_files
def most():
    lines = Path("/proc/self/status").read_text().split("\\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
ours, path = sys.argv[1:]
read_files(ours, contacts=False)
Path("/proc/self/clear_refs").write_text("5")
before, start = most(), time.process_time()
found = [f"{f.code} {f.raw or ''}" for r in read_files(path, contacts=False) for f in r.findings]
spent = time.process_time() - start
taken = most() - before
print(taken // 1024, round(spent, 1), " | ".join(dict.fromkeys(found))[:120], sep="\\t")
"""


def main(size: int, word: str) -> int:
    bad = 0
    print("| file | MB | memory, MB | s | findings |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as place:
        for name, make in cases(size):
            if word not in name:
                continue
            path = Path(place) / name
            path.write_bytes(filled(make(), name, size))
            made = path.stat().st_size / MEGABYTE
            ours = Path(place) / "ours.txt"
            ours.write_text(attacks.PAGE, encoding="utf-8")
            given = [sys.executable, "-c", _READ, str(ours), str(path)]
            start = time.perf_counter()
            done = subprocess.run(given, capture_output=True, text=True, preexec_fn=held)
            if done.returncode:
                bad += 1
                last = done.stderr.strip().split("\n")[-1][:100]
                spent = time.perf_counter() - start
                print(f"| {name} | {made:.1f} | FAILED {done.returncode} | {spent:.1f} | {last} |")
            else:
                memory, seconds, found = done.stdout.rstrip("\n").split("\t")
                much = int(memory) > max(MOST, TIMES * made)
                bad += much
                mark = " TOO MUCH" if much else ""
                print(f"| {name} | {made:.1f} | {memory}{mark} | {seconds} | {found} |", flush=True)
            path.unlink()
    return int(bad > 0)


def held() -> None:
    """No more than eight gigabytes, or five minutes, for a file."""
    resource.setrlimit(resource.RLIMIT_DATA, (8 * 2**30, 8 * 2**30))
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))


if __name__ == "__main__":
    given = sys.argv[1:]
    wanted = int(float(given[0]) * MEGABYTE) if given else int(0.9 * MEGABYTE)
    sys.exit(main(wanted, given[1] if len(given) > 1 else ""))
